package dev.orchestrator.runtime.admission;

import java.util.List;

import dev.orchestrator.runtime.admission.kind.StoredObjects;

/** The built-in plug-ins in the order Kubernetes asks them. */
final class BuiltInPlugins {

    private BuiltInPlugins() {}

    static List<BuiltInPlugin> of(StoredObjects objects) {
        return List.of(new NamespaceLifecycle(objects));
    }
}
