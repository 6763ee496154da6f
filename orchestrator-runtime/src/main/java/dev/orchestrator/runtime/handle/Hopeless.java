package dev.orchestrator.runtime.handle;

import java.util.Optional;
import java.util.stream.Stream;

import dev.orchestrator.api.model.core.ContainerStateWaiting;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;

/** Tells when a pod can never become ready as it is. */
final class Hopeless {

    private Hopeless() {}

    /** {@return why the pod can never become ready, if so} */
    static Optional<String> why(Pod pod) {
        String phase = pod.status().phase();
        if ("Failed".equals(phase) || "Succeeded".equals(phase)) {
            String reason =
                    pod.status().reason() == null ? "" : ": " + pod.status().reason();
            return Optional.of("pod " + pod.key() + " has ended: phase " + phase + reason);
        }
        return Stream.concat(pod.status().initContainerStatuses().stream(), pod.status().containerStatuses().stream())
                .flatMap(status -> invalidImage(pod, status).stream())
                .findFirst();
    }

    private static Optional<String> invalidImage(Pod pod, ContainerStatus status) {
        ContainerStateWaiting waiting = status.state().waiting();
        if (waiting == null || !"InvalidImageName".equals(waiting.reason())) {
            return Optional.empty();
        }
        return Optional.of("container " + status.name() + " of pod " + pod.key() + " has an invalid image name: "
                + status.image());
    }
}
