package dev.orchestrator.runtime.admission.pod;

import java.util.List;

import dev.orchestrator.runtime.admission.kind.BuiltInPlugin;
import dev.orchestrator.runtime.admission.kind.StoredObjects;

/** The built-in plug-ins for pods in the order Kubernetes asks them. */
public final class PodPlugins {

    private PodPlugins() {}

    /**
     * {@return the plug-ins}
     *
     * @param objects where limit ranges, service accounts and priority classes are found
     */
    public static List<BuiltInPlugin> all(StoredObjects objects) {
        return List.of(
                new LimitRanges(objects),
                new ServiceAccounts(objects),
                new Priorities(objects),
                new DefaultTolerations());
    }
}
