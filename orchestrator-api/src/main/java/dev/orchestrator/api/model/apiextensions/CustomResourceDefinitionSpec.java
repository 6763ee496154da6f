package dev.orchestrator.api.model.apiextensions;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What a custom kind is called, where its objects live and what they look like in each version. */
@Model
public record CustomResourceDefinitionSpec(
        @Nullable CustomResourceConversion conversion,
        @Required String group,
        @Required CustomResourceDefinitionNames names,
        boolean preserveUnknownFields,
        @Required String scope,
        @Required List<CustomResourceDefinitionVersion> versions) {

    /** With nothing set. */
    public static final CustomResourceDefinitionSpec EMPTY =
            CustomResourceDefinitionSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CustomResourceDefinitionSpec {
        group = Immutables.text(group);
        names = requireNonNullElse(names, CustomResourceDefinitionNames.EMPTY);
        scope = Immutables.text(scope);
        versions = Immutables.list(versions);
    }
}
