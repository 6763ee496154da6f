package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** A template of pods as an object of its own. */
@Model
public record PodTemplate(ObjectMeta metadata, PodTemplateSpec template) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodTemplate {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        template = requireNonNullElse(template, PodTemplateSpec.EMPTY);
    }

    @Override
    public ResourceType<PodTemplate> resourceType() {
        return ResourceTypes.POD_TEMPLATE;
    }

    @Override
    public PodTemplate withMetadata(ObjectMeta metadata) {
        return PodTemplateBuilder.builder(this).metadata(metadata).build();
    }
}
