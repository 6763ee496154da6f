package dev.orchestrator.runtime.admission.custom;

import java.util.Locale;

import dev.orchestrator.api.model.apiextensions.CustomResourceConversionBuilder;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionBuilder;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionNames;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionNamesBuilder;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionSpecBuilder;
import dev.orchestrator.runtime.admission.field.Zero;

/** The names and the conversion that a definition leaves out. */
final class DefinitionDefaults {

    private DefinitionDefaults() {}

    static CustomResourceDefinition withDefaults(CustomResourceDefinition given) {
        CustomResourceDefinitionNames names = names(given.spec().names());
        if (names.equals(given.spec().names()) && given.spec().conversion() != null) {
            return given;
        }
        var spec = CustomResourceDefinitionSpecBuilder.builder(given.spec()).names(names);
        if (given.spec().conversion() == null) {
            spec.conversion(
                    CustomResourceConversionBuilder.builder().strategy("None").build());
        }
        return CustomResourceDefinitionBuilder.builder(given).spec(spec.build()).build();
    }

    private static CustomResourceDefinitionNames names(CustomResourceDefinitionNames given) {
        var names = CustomResourceDefinitionNamesBuilder.builder(given);
        if (Zero.isEmpty(given.singular())) {
            names.singular(given.kind().toLowerCase(Locale.ROOT));
        }
        if (Zero.isEmpty(given.listKind()) && !given.kind().isEmpty()) {
            names.listKind(given.kind() + "List");
        }
        return names.build();
    }
}
