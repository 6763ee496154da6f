package dev.orchestrator.runtime.admission.custom;

import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionBuilder;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionStatusBuilder;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import dev.orchestrator.runtime.admission.kind.Preparation;

/** Remembers in the status of a definition in which versions objects have ever been kept. */
final class DefinitionPreparation implements Preparation<CustomResourceDefinition> {

    @Override
    public CustomResourceDefinition forCreate(CustomResourceDefinition definition) {
        return withStored(definition);
    }

    @Override
    public CustomResourceDefinition forUpdate(CustomResourceDefinition old, CustomResourceDefinition updated) {
        return old.spec().equals(updated.spec()) ? updated : withStored(updated);
    }

    private static CustomResourceDefinition withStored(CustomResourceDefinition definition) {
        List<String> stored = new ArrayList<>(definition.status().storedVersions());
        definition
                .storageVersion()
                .map(CustomResourceDefinitionVersion::name)
                .filter(name -> !stored.contains(name))
                .ifPresent(stored::add);
        if (stored.size() == definition.status().storedVersions().size()) {
            return definition;
        }
        return CustomResourceDefinitionBuilder.builder(definition)
                .status(CustomResourceDefinitionStatusBuilder.builder(definition.status())
                        .storedVersions(stored)
                        .build())
                .build();
    }
}
