package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Something that takes time, done for a pod on a virtual thread: it has a deadline, and it may be given up.
 *
 * <p>An operation that is given up is over for the pod at once; its thread is interrupted, and whatever it brings later
 * goes to {@link #late}.
 */
abstract class Operation {

    /** How long a cancelled operation has to notice it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private enum State {
        RUNNING,
        CANCELLED,
        GIVEN_UP,
        ENDED
    }

    /** How an operation ended for its own thread. */
    enum End {
        /** Its outcome counts. */
        CLEAN,
        /** Its outcome counts, but the thread may still be interrupted. */
        CANCELLED,
        /** Nobody waits for its outcome. */
        GIVEN_UP
    }

    /** A call of the driver. */
    interface Call<T> {
        T run() throws InterruptedException;
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final PodServices services;
    private volatile Instant deadline = Instant.MAX;
    private volatile Instant slowAt;
    private volatile String doing = "starting";
    private volatile @Nullable Thread thread;

    /** Prepares an operation that nobody asks how far it is. */
    Operation(PodServices services) {
        this(services, Instant.MAX);
    }

    /**
     * Prepares an operation.
     *
     * @param slowAt when to call {@link #slow} if it has not ended by then
     */
    Operation(PodServices services, Instant slowAt) {
        this.services = services;
        this.slowAt = slowAt;
    }

    /** {@return what came of it; failures of the driver that it has no better answer to may be thrown} */
    abstract Outcome run() throws InterruptedException;

    /** Takes an outcome that came after the operation was given up; nothing by default. */
    void late(Outcome outcome) {}

    /** Tells the pod that this takes long; called at most once. Does nothing by default. */
    void slow() {}

    /** {@return what comes of a failure that {@link #run} had no answer to}; the failure itself by default. */
    Outcome failed(Outcome.Failed failure) {
        return failure;
    }

    /** {@return what comes of a call that took too long}; that of any failure by default. Called by another thread. */
    Outcome timedOut(Outcome.Failed failure) {
        return failed(failure);
    }

    /** Tells the pod that this has ended with the given outcome, from another thread than the one that ran it. */
    abstract void ended(Outcome outcome);

    /** Makes a call that may take as long as calls may. */
    final <T> T call(String what, Call<T> call) throws InterruptedException {
        return call(what, services.options().callTimeout(), call);
    }

    /** Makes a call that may take that long. */
    final <T> T call(String what, Duration limit, Call<T> call) throws InterruptedException {
        if (isGivenUp() || services.runners().isClosed()) {
            // A driver that does not listen to interruption has come back: what follows is not this one's any more.
            throw new InterruptedException("given up before " + what);
        }
        doing = what;
        deadline = services.time().instant().plus(limit);
        services.watchdog().due(deadline);
        T result = call.run();
        deadline = Instant.MAX;
        return result;
    }

    /** {@return whether anybody still waits for the outcome} */
    final boolean isWanted() {
        return state.get() == State.RUNNING;
    }

    /** {@return whether somebody else does by now what this was to do} */
    final boolean isGivenUp() {
        return state.get() == State.GIVEN_UP;
    }

    /** Asks the operation to end early. */
    final void cancel() {
        // Until it has ended this counts as work, even if the driver had given up its own to wait.
        services.time().workStarted();
        if (!state.compareAndSet(State.RUNNING, State.CANCELLED)) {
            services.time().workFinished();
            return;
        }
        deadline = services.time().instant().plus(PATIENCE);
        services.watchdog().due(deadline);
        Thread runner = thread;
        if (runner != null) {
            runner.interrupt();
        }
    }

    /** Runs on the calling thread and reports. {@return the outcome when the thread may go on with the pod} */
    final @Nullable Outcome execute() {
        thread = Thread.currentThread();
        services.watchdog().begin(this);
        Outcome outcome;
        try {
            outcome = state.get() == State.CANCELLED ? new Outcome.Cancelled() : run();
        } catch (InterruptedException e) {
            outcome = new Outcome.Cancelled();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            outcome = isGivenUp() ? new Outcome.Cancelled() : failed(Outcome.Failed.of(e));
        } finally {
            services.watchdog().end();
        }
        return switch (end()) {
            case CLEAN -> outcome;
            case CANCELLED -> {
                ended(outcome);
                services.time().workFinished();
                yield null;
            }
            case GIVEN_UP -> {
                late(outcome);
                yield null;
            }
        };
    }

    private End end() {
        State last = state.getAndSet(State.ENDED);
        return switch (last) {
            case RUNNING -> End.CLEAN;
            case CANCELLED -> End.CANCELLED;
            case GIVEN_UP, ENDED -> End.GIVEN_UP;
        };
    }

    /** {@return when the watchdog is to look at this} */
    final Instant dueAt() {
        Instant slow = slowAt;
        return slow.isBefore(deadline) ? slow : deadline;
    }

    /** Called by the watchdog when this is due. */
    final void look(Instant now) {
        if (!slowAt.isAfter(now)) {
            slowAt = Instant.MAX;
            slow();
        }
        if (!deadline.isAfter(now)) {
            deadline = Instant.MAX;
            giveUp();
        }
    }

    private void giveUp() {
        State last = state.get();
        if ((last == State.RUNNING || last == State.CANCELLED) && state.compareAndSet(last, State.GIVEN_UP)) {
            Outcome outcome = timedOut(new Outcome.Failed(doing + ": context deadline exceeded", true, false));
            Thread runner = thread;
            if (runner != null) {
                runner.interrupt();
            }
            ended(outcome);
            if (last == State.CANCELLED) {
                services.time().workFinished();
            }
        }
    }
}
