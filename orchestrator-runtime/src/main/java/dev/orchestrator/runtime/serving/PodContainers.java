package dev.orchestrator.runtime.serving;

import java.util.List;
import java.util.stream.Stream;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EphemeralContainer;
import dev.orchestrator.api.model.core.Pod;

/** Which container of a pod a request is about. */
final class PodContainers {

    private PodContainers() {}

    /**
     * {@return the container that is meant: the one that is named, or the only one}
     *
     * @param asked its name; empty when the request names none
     * @throws ApiException if the pod has no container of that name, or several and none is named
     */
    static String chosen(Pod pod, String asked) {
        String name = pod.metadata().nameOrEmpty();
        List<String> main =
                pod.spec().containers().stream().map(Container::name).toList();
        if (!asked.isEmpty()) {
            if (all(pod).noneMatch(asked::equals)) {
                throw ApiException.of(Reason.BAD_REQUEST, "container " + asked + " is not valid for pod " + name);
            }
            return asked;
        }
        if (main.size() == 1) {
            return main.getFirst();
        }
        String choice = main.isEmpty() ? "" : ", choose one of: " + go(main) + alternatives(pod);
        throw ApiException.of(Reason.BAD_REQUEST, "a container name must be specified for pod " + name + choice);
    }

    private static String alternatives(Pod pod) {
        List<String> init =
                pod.spec().initContainers().stream().map(Container::name).toList();
        return init.isEmpty() ? "" : " or one of the init containers: " + go(init);
    }

    private static String go(List<String> names) {
        return "[" + String.join(" ", names) + "]";
    }

    private static Stream<String> all(Pod pod) {
        return Stream.concat(
                Stream.concat(pod.spec().containers().stream(), pod.spec().initContainers().stream())
                        .map(Container::name),
                pod.spec().ephemeralContainers().stream().map(EphemeralContainer::name));
    }
}
