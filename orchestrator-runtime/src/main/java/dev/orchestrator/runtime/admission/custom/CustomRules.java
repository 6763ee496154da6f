package dev.orchestrator.runtime.admission.custom;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.StoredObjects;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.custom.CustomTypes;
import dev.orchestrator.runtime.custom.Defaulting;
import dev.orchestrator.runtime.custom.Pruning;

/** The rules of definitions, and those that definitions make for their objects. */
public final class CustomRules {

    private CustomRules() {}

    /** {@return the rules of custom resource definitions} */
    public static KindRules<CustomResourceDefinition> ofDefinitions() {
        return new KindRules<>(
                ResourceTypes.CUSTOM_RESOURCE_DEFINITION,
                DefinitionDefaults::withDefaults,
                new DefinitionPreparation(),
                new DefinitionValidation());
    }

    /**
     * {@return the rules of a custom kind as it is defined now}
     *
     * @throws ApiException with reason {@code NOT_FOUND} if nothing defines it
     */
    @SuppressWarnings("unchecked") // a custom type is one of custom objects
    public static <R extends Resource> KindRules<R> of(ResourceType<R> type, StoredObjects objects) {
        ResourceType<CustomObject> current = current(type, objects);
        KindRules<CustomObject> rules = KindRules.of(
                current, object -> Defaulting.of(Pruning.of(object.as(current)).object()), new ObjectValidator());
        return (KindRules<R>) (KindRules<?>) rules;
    }

    private static ResourceType<CustomObject> current(ResourceType<?> type, StoredObjects objects) {
        CustomResourceDefinition definition = objects.find(
                        ResourceTypes.CUSTOM_RESOURCE_DEFINITION, CustomTypes.definitionOf(type))
                .filter(found -> found.spec().names().kind().equals(type.kind()))
                .orElseThrow(CustomRules::unknown);
        // An object kept in a version that is gone is looked at as one of the version that objects are kept in now.
        return definition.typeOf(definition
                .version(type.version())
                .or(definition::storageVersion)
                .orElseThrow(CustomRules::unknown)
                .name());
    }

    private static ApiException unknown() {
        return ApiException.of(ApiException.Reason.NOT_FOUND, "the server could not find the requested resource");
    }

    /** Checks objects against the schema of their type. */
    private static final class ObjectValidator implements Validator<CustomObject> {

        @Override
        public void validateCreate(CustomObject object, FieldErrors errors) {
            SchemaValidation.validate(object, errors);
        }

        @Override
        public void validateUpdate(CustomObject old, CustomObject updated, FieldErrors errors) {
            SchemaValidation.validate(updated, errors);
        }

        @Override
        public void validateStatusUpdate(CustomObject old, CustomObject updated, FieldErrors errors) {
            SchemaValidation.validate(updated, errors);
        }
    }
}
