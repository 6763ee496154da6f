package dev.orchestrator.memory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * Makes the driver itself go wrong: its calls fail, hang or take long, its events get lost.
 *
 * <pre>{@code
 * driver.faults().on(Operation.START_CONTAINER).times(3).fail(Reason.UNAVAILABLE, "no answer");
 * driver.faults().on(Operation.RUN_SANDBOX).ofPod("web-1").hang();
 * driver.faults().loseEvents();
 * }</pre>
 *
 * <p>What goes wrong inside a pod or with a node is the matter of {@link SimulatedContainer} and {@link SimulatedNode}.
 */
public final class Faults {

    /** How events fare. */
    private enum Events {
        DELIVERED,
        LOST
    }

    private final Cluster cluster;
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private volatile Events events = Events.DELIVERED;

    Faults(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Begins to say how the next calls of an operation go wrong. */
    public Fault on(Operation operation) {
        return new Fault(this, requireNonNull(operation, "operation is null"));
    }

    /** Ends all faults of calls; those that hang go on and do what they were asked to. */
    public void clear() {
        for (Fault fault : faults) {
            fault.clear();
        }
    }

    /** Loses all events from now on without telling anybody. */
    public void loseEvents() {
        events = Events.LOST;
    }

    /** Delivers events again without telling anybody that some were lost. */
    public void deliverEvents() {
        events = Events.DELIVERED;
    }

    /**
     * Breaks the event stream and opens it again: delivers events from now on and says that some may have been lost.
     */
    public void reconnectEvents() {
        events = Events.DELIVERED;
        cluster.eventsLost();
    }

    boolean deliversEvents() {
        return events == Events.DELIVERED;
    }

    /**
     * Lets a call of an operation suffer the faults that are set for it.
     *
     * @param pod the name of the pod that it is about; empty for none
     */
    void apply(Operation operation, String pod) throws InterruptedException {
        if (!faults.isEmpty()) {
            for (Fault fault : faults) {
                if (fault.takes(operation, pod)) {
                    fault.strike();
                    cluster.requireOpen();
                }
            }
        }
    }

    Cluster cluster() {
        return cluster;
    }

    void add(Fault fault) {
        faults.add(fault);
    }

    void remove(Fault fault) {
        faults.remove(fault);
    }

    /** How the next calls of one operation go wrong. Nothing happens before its effect has been named. */
    public static final class Fault {

        private final Faults owner;
        private final Operation operation;
        private final AtomicInteger left = new AtomicInteger(1);
        private String pod = "";
        private Effect effect = () -> {};
        private @Nullable Completion released;

        /** What a fault does to a call. */
        private interface Effect {
            void strike() throws InterruptedException;
        }

        private Fault(Faults owner, Operation operation) {
            this.owner = owner;
            this.operation = operation;
        }

        /** Only calls about a pod of this name go wrong. */
        public Fault ofPod(String name) {
            pod = requireNonNull(name, "name is null");
            return this;
        }

        /** So many calls go wrong; one unless said. */
        public Fault times(int count) {
            left.set(count);
            return this;
        }

        /** All calls go wrong until {@link #clear()}. */
        public Fault always() {
            return times(Integer.MAX_VALUE);
        }

        /** Lets the calls fail before they have changed anything. */
        public Fault fail(Reason reason, String message) {
            requireNonNull(reason, "reason is null");
            return set(() -> {
                throw new DriverException(reason, message);
            });
        }

        /** Lets the calls hang until {@link #clear()}, or until the caller is interrupted. */
        public Fault hang() {
            var completion = new Completion(owner.cluster().time());
            released = completion;
            return set(completion::await);
        }

        /** Lets the calls take longer, on the orchestrator's time. */
        public Fault delay(Duration duration) {
            requireNonNull(duration, "duration is null");
            return set(() -> owner.cluster().time().sleep(duration));
        }

        /** Ends this fault; calls that hang go on and do what they were asked to. */
        public void clear() {
            owner.remove(this);
            left.set(0);
            if (released != null) {
                released.complete();
            }
        }

        private Fault set(Effect named) {
            effect = named;
            owner.add(this);
            return this;
        }

        private boolean takes(Operation called, String calledPod) {
            return called == operation
                    && (pod.isEmpty() || pod.equals(calledPod))
                    && left.getAndUpdate(count -> Math.max(0, count - (count == Integer.MAX_VALUE ? 0 : 1))) > 0;
        }

        private void strike() throws InterruptedException {
            effect.strike();
        }
    }
}
