package dev.orchestrator.api.model.core;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Required;

/** Bounds and defaults for one kind of object. */
@Model
public record LimitRangeItem(
        @JsonProperty("default") Map<String, Quantity> defaults,
        Map<String, Quantity> defaultRequest,
        Map<String, Quantity> max,
        Map<String, Quantity> maxLimitRequestRatio,
        Map<String, Quantity> min,
        @Required String type) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public LimitRangeItem {
        defaults = Immutables.map(defaults);
        defaultRequest = Immutables.map(defaultRequest);
        max = Immutables.map(max);
        maxLimitRequestRatio = Immutables.map(maxLimitRequestRatio);
        min = Immutables.map(min);
        type = Immutables.text(type);
    }
}
