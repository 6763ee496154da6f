package dev.orchestrator.runtime.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionBuilder;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionCondition;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionConditionBuilder;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionStatusBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

/** How the deletion of a custom resource definition begins: it stays until its objects are gone. */
final class DefinitionDeletion {

    private static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";
    private static final String TERMINATING = "Terminating";

    private DefinitionDeletion() {}

    /** {@return a definition that waits for its objects; the same instance when it is on its way already} */
    static CustomResourceDefinition begun(CustomResourceDefinition definition, Instant now) {
        if (definition.metadata().isTerminating()) {
            return definition;
        }
        List<String> finalizers = new ArrayList<>(definition.metadata().finalizers());
        if (!finalizers.contains(CLEANUP)) {
            finalizers.add(CLEANUP);
        }
        List<CustomResourceDefinitionCondition> conditions =
                new ArrayList<>(definition.status().conditions());
        conditions.removeIf(condition -> condition.type().equals(TERMINATING));
        conditions.add(CustomResourceDefinitionConditionBuilder.builder()
                .type(TERMINATING)
                .status("True")
                .reason("InstanceDeletionPending")
                .message("CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon")
                .lastTransitionTime(now)
                .build());
        return CustomResourceDefinitionBuilder.builder(definition)
                .metadata(ObjectMetaBuilder.builder(definition.metadata())
                        .finalizers(finalizers)
                        .build())
                .status(CustomResourceDefinitionStatusBuilder.builder(definition.status())
                        .conditions(conditions)
                        .build())
                .build();
    }
}
