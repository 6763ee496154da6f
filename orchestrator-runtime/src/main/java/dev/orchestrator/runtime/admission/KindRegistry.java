package dev.orchestrator.runtime.admission;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.runtime.admission.cluster.ClusterRules;
import dev.orchestrator.runtime.admission.config.ConfigRules;
import dev.orchestrator.runtime.admission.custom.CustomRules;
import dev.orchestrator.runtime.admission.discovery.DiscoveryRules;
import dev.orchestrator.runtime.admission.kind.Defaulter;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.StoredObjects;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.admission.networking.NetworkingRules;
import dev.orchestrator.runtime.admission.pod.PodRules;
import dev.orchestrator.runtime.admission.pod.PodSpecs;
import dev.orchestrator.runtime.admission.rbac.RbacRules;
import dev.orchestrator.runtime.admission.scaling.ScalingRules;
import dev.orchestrator.runtime.admission.service.ServiceRules;
import dev.orchestrator.runtime.admission.storage.StorageRules;
import dev.orchestrator.runtime.admission.workload.WorkloadRules;
import org.jspecify.annotations.Nullable;

/** The rules of all kinds, each made when the first object of its kind comes along: most programs use a few. */
final class KindRegistry {

    private final Map<ResourceType<?>, KindRules<?>> rules = new ConcurrentHashMap<>();
    private final PodSpecs specs = new PodSpecs();
    private final StoredObjects objects;
    private final IntPredicate isFreeOnHost;

    /**
     * Makes no rules yet.
     *
     * @param objects what is stored
     * @param isFreeOnHost whether a port of this machine can be listened on
     */
    KindRegistry(StoredObjects objects, IntPredicate isFreeOnHost) {
        this.objects = objects;
        this.isFreeOnHost = isFreeOnHost;
    }

    /** {@return the rules of a kind; for an unknown kind rules that check only metadata} */
    @SuppressWarnings("unchecked") // the key of each entry is the type its rules are for
    <R extends Resource> KindRules<R> rulesOf(ResourceType<R> type) {
        if (type.isCustom()) {
            return CustomRules.of(type, objects);
        }
        KindRules<?> known = rules.get(type);
        return (KindRules<R>) (known == null ? rules.computeIfAbsent(type, this::make) : known);
    }

    private KindRules<?> make(ResourceType<?> type) {
        KindRules<?> found = switch (type.group()) {
            case "" -> core(type);
            case "apps", "batch" -> WorkloadRules.of(type, specs);
            case "apiextensions.k8s.io" -> CustomRules.ofDefinitions();
            case "autoscaling", "policy" -> ScalingRules.of(type);
            case "discovery.k8s.io" -> DiscoveryRules.of(type);
            case "networking.k8s.io" -> NetworkingRules.of(type);
            case "rbac.authorization.k8s.io" -> RbacRules.of(type);
            case "storage.k8s.io" -> StorageRules.of(type);
            default -> ClusterRules.of(type);
        };
        return found == null ? KindRules.of(type, Defaulter.none(), Validator.none()) : found;
    }

    private @Nullable KindRules<?> core(ResourceType<?> type) {
        return switch (type.kind()) {
            case "Pod", "PodTemplate" -> PodRules.of(type, specs);
            case "ReplicationController" -> WorkloadRules.of(type, specs);
            case "Service" -> ServiceRules.of(type, objects, isFreeOnHost);
            case "Endpoints" -> DiscoveryRules.of(type);
            case "Namespace", "ConfigMap", "Secret" -> ConfigRules.of(type);
            case "PersistentVolume", "PersistentVolumeClaim" -> StorageRules.of(type);
            default -> ClusterRules.of(type);
        };
    }
}
