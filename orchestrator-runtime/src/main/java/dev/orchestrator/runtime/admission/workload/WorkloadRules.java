package dev.orchestrator.runtime.admission.workload;

import java.util.List;

import dev.orchestrator.runtime.admission.kind.KindRules;

/** The rules of the kinds that make pods from templates. */
public final class WorkloadRules {

    private WorkloadRules() {}

    /** {@return the rules of replication controllers, replica sets, deployments and the others} */
    public static List<KindRules<?>> all() {
        return List.of();
    }
}
