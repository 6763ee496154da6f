package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** A raw device inside a container. */
@Model
public record VolumeDevice(
        @Required String devicePath, @Required String name) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public VolumeDevice {
        devicePath = Immutables.text(devicePath);
        name = Immutables.text(name);
    }
}
