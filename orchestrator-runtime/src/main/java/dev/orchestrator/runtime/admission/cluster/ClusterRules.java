package dev.orchestrator.runtime.admission.cluster;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.runtime.admission.kind.Defaulter;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.Validator;
import org.jspecify.annotations.Nullable;

/** The rules of the kinds that describe the cluster itself and what may be used of it. */
public final class ClusterRules {

    private ClusterRules() {}

    /**
     * {@return the rules of a kind if it is one of nodes, events, leases, priorities, service accounts, limits and
     * quotas; each call makes them anew}
     */
    public static @Nullable KindRules<?> of(ResourceType<?> type) {
        return switch (type.kind()) {
            case "Node" -> KindRules.of(ResourceTypes.NODE, NodeDefaults::withDefaults, new NodeValidation());
            case "Event" -> KindRules.of(ResourceTypes.EVENT, Defaulter.none(), new EventValidation());
            case "Lease" -> KindRules.of(ResourceTypes.LEASE, Defaulter.none(), new LeaseValidation());
            case "PriorityClass" ->
                KindRules.of(
                        ResourceTypes.PRIORITY_CLASS,
                        PriorityClassValidation::withDefaults,
                        new PriorityClassValidation());
            case "ServiceAccount" -> KindRules.of(ResourceTypes.SERVICE_ACCOUNT, Defaulter.none(), Validator.none());
            case "LimitRange" ->
                KindRules.of(ResourceTypes.LIMIT_RANGE, LimitRangeDefaults::withDefaults, new LimitRangeValidation());
            case "ResourceQuota" ->
                KindRules.of(ResourceTypes.RESOURCE_QUOTA, Defaulter.none(), new ResourceQuotaValidation());
            default -> null;
        };
    }
}
