package dev.orchestrator.runtime.kubelet;

import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EphemeralContainer;
import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/** The containers of a pod, of whichever sort. */
final class Containers {

    private Containers() {}

    /** {@return the container of that name; null when the pod has none} */
    static @Nullable Container find(Pod pod, String name) {
        Container main = find(pod.spec().containers(), name);
        if (main != null) {
            return main;
        }
        Container init = find(pod.spec().initContainers(), name);
        if (init != null) {
            return init;
        }
        for (EphemeralContainer ephemeral : pod.spec().ephemeralContainers()) {
            if (ephemeral.name().equals(name)) {
                return ephemeral.asContainer();
            }
        }
        return null;
    }

    private static @Nullable Container find(List<Container> containers, String name) {
        for (Container container : containers) {
            if (container.name().equals(name)) {
                return container;
            }
        }
        return null;
    }
}
