package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** The AppArmor profile that a container runs under. */
@Model
public record AppArmorProfile(
        @Nullable String localhostProfile, @Required String type) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public AppArmorProfile {
        type = Immutables.text(type);
    }
}
