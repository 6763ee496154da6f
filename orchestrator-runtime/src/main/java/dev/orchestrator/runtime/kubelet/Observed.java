package dev.orchestrator.runtime.kubelet;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;

/**
 * What the driver has of a pod.
 *
 * @param current its sandbox; null when it has none
 * @param retired the sandbox before, kept for its logs and exit codes; null when there is none
 */
record Observed(@Nullable SandboxState current, @Nullable SandboxState retired) {

    static final Observed NOTHING = new Observed(null, null);

    /** {@return whether there is a sandbox that can run containers} */
    boolean isReady() {
        return current != null && current.ready();
    }

    /** {@return the newest container of that name, in the current sandbox or else the one before} */
    @Nullable
    ContainerState latest(String name) {
        ContainerState latest = latestCurrent(name);
        return latest != null ? latest : newest(retired, name, Integer.MAX_VALUE);
    }

    /** {@return the newest container of that name in the current sandbox} */
    @Nullable
    ContainerState latestCurrent(String name) {
        return newest(current, name, Integer.MAX_VALUE);
    }

    /** {@return the container with that id} */
    Optional<ContainerState> find(ContainerId id) {
        return Stream.of(Optional.ofNullable(current), Optional.ofNullable(retired))
                .flatMap(Optional::stream)
                .flatMap(sandbox -> sandbox.containers().stream())
                .filter(state -> state.id().equals(id))
                .findFirst();
    }

    /** {@return the newest container of that name before the one with the given attempt} */
    @Nullable
    ContainerState before(String name, int attempt) {
        ContainerState before = newest(current, name, attempt);
        return before != null ? before : newest(retired, name, attempt);
    }

    private static @Nullable ContainerState newest(@Nullable SandboxState sandbox, String name, int before) {
        ContainerState newest = null;
        for (ContainerState state : sandbox == null ? List.<ContainerState>of() : sandbox.containers()) {
            if (state.name().equals(name)
                    && state.attempt() < before
                    && (newest == null || state.attempt() > newest.attempt())) {
                newest = state;
            }
        }
        return newest;
    }
}
