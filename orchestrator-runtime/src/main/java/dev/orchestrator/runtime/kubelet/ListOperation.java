package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.orchestrator.spi.SandboxState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the driver for everything it has, and again until it answers. */
final class ListOperation extends Operation {

    /** Takes the answer. */
    interface Taker {

        /**
         * Tells each pod its part.
         *
         * @param sequence orders this answer among others
         */
        void take(long sequence, List<SandboxState> all);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ListOperation.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final PodServices services;
    private final Taker taker;
    private final AtomicBoolean isWaiting;

    /**
     * Prepares a list.
     *
     * @param isWaiting set while a list has not begun yet, so that one more is not needed
     */
    ListOperation(PodServices services, Taker taker, AtomicBoolean isWaiting) {
        super(services);
        this.services = services;
        this.taker = taker;
        this.isWaiting = isWaiting;
    }

    /** Sees to it that a list begins after now. */
    void start() {
        if (isWaiting.compareAndSet(false, true)) {
            services.runners().start("kubelet/list", () -> {
                isWaiting.set(false);
                Outcome outcome = execute();
                if (outcome != null) {
                    ended(outcome);
                }
            });
        }
    }

    @Override
    Outcome run() throws InterruptedException {
        long sequence = services.sequence().incrementAndGet();
        List<SandboxState> all =
                call("listing pod sandboxes", () -> services.driver().sandboxes());
        if (isWanted()) {
            taker.take(sequence, all);
        }
        return new Outcome.Done();
    }

    @Override
    void ended(Outcome outcome) {
        if (!(outcome instanceof Outcome.Done) && !services.runners().isClosed()) {
            LOG.warn("the driver does not say which sandboxes it has, is asked again in {}: {}", RETRY, outcome);
            services.time().schedule(RETRY, () -> new ListOperation(services, taker, isWaiting).start());
        }
    }
}
