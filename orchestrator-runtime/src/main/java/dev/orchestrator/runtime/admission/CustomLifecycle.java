package dev.orchestrator.runtime.admission;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.admission.AdmissionReview;
import dev.orchestrator.api.admission.AdmissionReview.Operation;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.runtime.admission.kind.BuiltInPlugin;
import dev.orchestrator.runtime.admission.kind.StoredObjects;
import dev.orchestrator.runtime.custom.CustomTypes;

/** Lets no object of a custom kind come to be whose definition is going. */
final class CustomLifecycle implements BuiltInPlugin {

    private final StoredObjects objects;

    CustomLifecycle(StoredObjects objects) {
        this.objects = objects;
    }

    @Override
    public boolean concerns(ResourceType<?> type) {
        return type.isCustom();
    }

    @Override
    public Resource mutate(AdmissionReview review, Resource object) {
        boolean isGoing = review.operation() == Operation.CREATE
                && objects.find(ResourceTypes.CUSTOM_RESOURCE_DEFINITION, CustomTypes.definitionOf(review.type()))
                        .filter(definition -> definition.is(CustomTypes.TERMINATING))
                        .isPresent();
        if (isGoing) {
            throw ApiException.of(
                    ApiException.Reason.METHOD_NOT_ALLOWED,
                    "create not allowed while custom resource definition is terminating");
        }
        return object;
    }
}
