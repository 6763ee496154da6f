package dev.orchestrator.runtime.admission;

import java.util.List;
import java.util.stream.Stream;

import dev.orchestrator.runtime.admission.kind.BuiltInPlugin;
import dev.orchestrator.runtime.admission.kind.StoredObjects;
import dev.orchestrator.runtime.admission.pod.PodPlugins;

/** The built-in plug-ins in the order Kubernetes asks them. */
final class BuiltInPlugins {

    private BuiltInPlugins() {}

    static List<BuiltInPlugin> of(StoredObjects objects) {
        return Stream.concat(
                        Stream.of(new NamespaceLifecycle(objects), new CustomLifecycle(objects)),
                        PodPlugins.all(objects).stream())
                .toList();
    }
}
