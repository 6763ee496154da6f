package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** What a pod's own claim is made from. */
@Model
public record PersistentVolumeClaimTemplate(
        ObjectMeta metadata, @Required PersistentVolumeClaimSpec spec) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PersistentVolumeClaimTemplate {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, PersistentVolumeClaimSpec.EMPTY);
    }
}
