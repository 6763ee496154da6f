package dev.orchestrator.api.model.coordination;

import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Who holds a lease, since when and for how long. */
@Model
public record LeaseSpec(
        @Nullable MicroTime acquireTime,
        @Nullable String holderIdentity,
        @Nullable Integer leaseDurationSeconds,
        @Nullable Integer leaseTransitions,
        @Nullable String preferredHolder,
        @Nullable MicroTime renewTime,
        @Nullable String strategy) {

    /** With nothing set. */
    public static final LeaseSpec EMPTY = LeaseSpecBuilder.builder().build();
}
