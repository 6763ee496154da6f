package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** Which image a volume shows. */
@Model
public record ImageVolumeStatus(@Required String imageRef) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ImageVolumeStatus {
        imageRef = Immutables.text(imageRef);
    }
}
