package dev.orchestrator.api.model.apiextensions;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One version of a custom kind. */
@Model
public record CustomResourceDefinitionVersion(
        List<CustomResourceColumnDefinition> additionalPrinterColumns,
        boolean deprecated,
        @Nullable String deprecationWarning,
        @Required String name,
        @Nullable CustomResourceValidation schema,
        List<SelectableField> selectableFields,
        @Required boolean served,
        @Required boolean storage,
        @Nullable CustomResourceSubresources subresources) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CustomResourceDefinitionVersion {
        additionalPrinterColumns = Immutables.list(additionalPrinterColumns);
        name = Immutables.text(name);
        selectableFields = Immutables.list(selectableFields);
    }
}
