package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Sets the number of replicas of a workload by metrics. */
@Model
public record HorizontalPodAutoscaler(
        ObjectMeta metadata, @Required HorizontalPodAutoscalerSpec spec, HorizontalPodAutoscalerStatus status)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public HorizontalPodAutoscaler {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, HorizontalPodAutoscalerSpec.EMPTY);
        status = requireNonNullElse(status, HorizontalPodAutoscalerStatus.EMPTY);
    }

    @Override
    public ResourceType<HorizontalPodAutoscaler> resourceType() {
        return ResourceTypes.HORIZONTAL_POD_AUTOSCALER;
    }

    @Override
    public HorizontalPodAutoscaler withMetadata(ObjectMeta metadata) {
        return HorizontalPodAutoscalerBuilder.builder(this).metadata(metadata).build();
    }
}
