package dev.orchestrator.runtime.admission.workload;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.pod.PodSpecs;
import org.jspecify.annotations.Nullable;

/** The rules of the kinds that make pods from templates. */
public final class WorkloadRules {

    private WorkloadRules() {}

    /**
     * {@return the rules of a kind if it is one that makes pods, or a controller revision; each call makes them anew}
     */
    public static @Nullable KindRules<?> of(ResourceType<?> type, PodSpecs specs) {
        return switch (type.kind()) {
            case "ReplicationController" -> ReplicationControllerRules.of(specs);
            case "ReplicaSet" -> ReplicaSetRules.of(specs);
            case "Deployment" -> DeploymentRules.of(specs);
            case "StatefulSet" -> StatefulSetRules.of(specs);
            case "DaemonSet" -> DaemonSetRules.of(specs);
            case "ControllerRevision" -> ControllerRevisionRules.create();
            case "Job" -> JobRules.of(specs);
            case "CronJob" -> CronJobRules.of(specs);
            default -> null;
        };
    }
}
