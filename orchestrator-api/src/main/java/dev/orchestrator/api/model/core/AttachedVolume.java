package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** A volume attached to a node. */
@Model
public record AttachedVolume(
        @Required String devicePath, @Required String name) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public AttachedVolume {
        devicePath = Immutables.text(devicePath);
        name = Immutables.text(name);
    }
}
