package dev.orchestrator.api.model.apiextensions;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Which names a custom kind was given, and whether it is served. */
@Model
public record CustomResourceDefinitionStatus(
        CustomResourceDefinitionNames acceptedNames,
        List<CustomResourceDefinitionCondition> conditions,
        @Nullable Long observedGeneration,
        List<String> storedVersions) {

    /** With nothing set. */
    public static final CustomResourceDefinitionStatus EMPTY =
            CustomResourceDefinitionStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CustomResourceDefinitionStatus {
        acceptedNames = requireNonNullElse(acceptedNames, CustomResourceDefinitionNames.EMPTY);
        conditions = Immutables.list(conditions);
        storedVersions = Immutables.list(storedVersions);
    }
}
