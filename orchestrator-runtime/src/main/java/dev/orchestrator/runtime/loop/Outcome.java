package dev.orchestrator.runtime.loop;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/** When a reconciler wants to look at a key again. */
public sealed interface Outcome {

    /** Not before something changes. */
    record Done() implements Outcome {

        private static final Done INSTANCE = new Done();
    }

    /**
     * After a while, whatever happens.
     *
     * @param delay how long
     */
    record After(Duration delay) implements Outcome {

        /** Refuses null. */
        public After {
            requireNonNull(delay, "delay is null");
        }
    }

    /** Soon, and later each time: something is in the way that passes, no error. */
    record Retry() implements Outcome {

        private static final Retry INSTANCE = new Retry();
    }

    /** {@return not before something changes} */
    static Outcome done() {
        return Done.INSTANCE;
    }

    /** {@return after a while, whatever happens} */
    static Outcome after(Duration delay) {
        return new After(delay);
    }

    /** {@return soon, and later each time} */
    static Outcome retry() {
        return Retry.INSTANCE;
    }
}
