package dev.orchestrator.api.model.apiextensions;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** The names by which a custom kind is known. */
@Model
public record CustomResourceDefinitionNames(
        List<String> categories,
        @Required String kind,
        @Nullable String listKind,
        @Required String plural,
        List<String> shortNames,
        @Nullable String singular) {

    /** With nothing set. */
    public static final CustomResourceDefinitionNames EMPTY =
            CustomResourceDefinitionNamesBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CustomResourceDefinitionNames {
        categories = Immutables.list(categories);
        kind = Immutables.text(kind);
        plural = Immutables.text(plural);
        shortNames = Immutables.list(shortNames);
    }
}
