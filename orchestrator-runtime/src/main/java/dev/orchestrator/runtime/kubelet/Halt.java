package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.spi.ContainerState;
import org.jspecify.annotations.Nullable;

/**
 * The next thing to do to stop a running container.
 *
 * @param container what runs
 * @param state as it runs now
 * @param isHook whether its preStop hook is to be run; it is told to end otherwise
 * @param grace how long it has until it is killed
 * @param message what is reported about it; null when it has been reported
 */
record Halt(
        Container container,
        ContainerState state,
        boolean isHook,
        Duration grace,
        @Nullable String message) {

    /** Even a container whose hook has used up its grace period gets this long. */
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    /** What a pod that was deleted by force gives its containers. */
    private static final Duration FORCED = Duration.ofSeconds(1);

    static String stopping(Container container) {
        return "Stopping container " + container.name();
    }

    /**
     * {@return the next thing to do, or null when there is nothing to do but wait}
     *
     * @param since when the grace period began
     * @param grace how long it is; zero when the deletion is forced
     * @param isItsTurn whether it may be told to end already
     */
    static @Nullable Halt next(PodView view, Running running, Instant since, Duration grace, boolean isItsTurn) {
        Container container = running.container;
        ContainerMemory memory = view.memory().of(container.name());
        boolean isKnown = memory.isAbout(running.state.attempt());
        Duration effective = grace.isZero() ? FORCED : grace;
        Duration left = Duration.between(view.now(), since.plus(effective));
        if (isKnown && view.now().isBefore(memory.stopRetryAt)) {
            return null;
        }
        Halt signal = new Halt(container, running.state, false, atLeast(left, grace), null);
        return switch (isKnown ? memory.stop : ContainerMemory.Stop.NONE) {
            case NONE -> {
                if (hasPreStop(container) && !grace.isZero()) {
                    yield new Halt(container, running.state, true, left, running.message);
                }
                yield isItsTurn ? signal.saying(running.message) : null;
            }
            case HOOK -> null;
            case HOOK_DONE -> isItsTurn ? signal : null;
            case SIGNALLED -> {
                // One whose time is up already is being killed: saying so again would change nothing.
                boolean isShortened = memory.killAt != null
                        && memory.killAt.isAfter(view.now())
                        && since.plus(effective).isBefore(memory.killAt);
                yield isShortened ? new Halt(container, running.state, false, positive(left), null) : null;
            }
        };
    }

    /**
     * {@return how to end a container without its preStop hook, or null when there is nothing to do but wait}
     *
     * @param grace how long it has until it is killed
     */
    static @Nullable Halt atOnce(PodView view, Running running, Duration grace) {
        ContainerMemory memory = view.memory().of(running.container.name());
        boolean isKnown = memory.isAbout(running.state.attempt());
        boolean isBegun = isKnown && memory.stop == ContainerMemory.Stop.SIGNALLED;
        return isBegun || (isKnown && view.now().isBefore(memory.stopRetryAt))
                ? null
                : new Halt(running.container, running.state, false, grace, running.message);
    }

    /** {@return when stopping a container is tried again after it had no effect; null when that is not awaited} */
    static @Nullable Instant retryAt(PodView view, ContainerMemory memory) {
        return memory.stopRetryAt.isAfter(view.now()) ? memory.stopRetryAt : null;
    }

    private Halt saying(String what) {
        return new Halt(container, state, isHook, grace, what);
    }

    private static Duration atLeast(Duration left, Duration grace) {
        return grace.isZero() ? FORCED : left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }

    private static Duration positive(Duration left) {
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static boolean hasPreStop(Container container) {
        return container.lifecycle() != null && container.lifecycle().preStop() != null;
    }

    /**
     * A container that is to be stopped.
     *
     * @param message what is reported when it begins
     */
    record Running(Container container, ContainerState state, String message) {}
}
