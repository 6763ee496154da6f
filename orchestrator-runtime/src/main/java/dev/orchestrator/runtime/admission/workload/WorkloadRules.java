package dev.orchestrator.runtime.admission.workload;

import java.util.List;

import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.pod.PodSpecs;

/** The rules of the kinds that make pods from templates. */
public final class WorkloadRules {

    private WorkloadRules() {}

    /** {@return the rules of replication controllers, replica sets, deployments and the others} */
    public static List<KindRules<?>> all(PodSpecs specs) {
        return List.of(
                ReplicationControllerRules.of(specs),
                ReplicaSetRules.of(specs),
                DeploymentRules.of(specs),
                StatefulSetRules.of(specs),
                DaemonSetRules.of(specs),
                ControllerRevisionRules.create(),
                JobRules.of(specs),
                CronJobRules.of(specs));
    }
}
