package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** The bounds and defaults of a limit range. */
@Model
public record LimitRangeSpec(@Required List<LimitRangeItem> limits) {

    /** With nothing set. */
    public static final LimitRangeSpec EMPTY = LimitRangeSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public LimitRangeSpec {
        limits = Immutables.list(limits);
    }
}
