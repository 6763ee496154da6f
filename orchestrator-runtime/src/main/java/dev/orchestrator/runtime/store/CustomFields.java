package dev.orchestrator.runtime.store;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import org.jspecify.annotations.Nullable;

/** The fields of custom kinds that a field selector may name: those that their definitions list. */
final class CustomFields {

    private CustomFields() {}

    static void check(ResourceType<?> type, String field) {
        boolean isKnown = field.equals(Fields.NAME)
                || (field.equals(Fields.NAMESPACE) && type.isNamespaced())
                || isSelectable(type, field);
        if (!isKnown) {
            throw ApiException.of(ApiException.Reason.BAD_REQUEST, "field label not supported: " + field);
        }
    }

    private static boolean isSelectable(ResourceType<?> type, String field) {
        CustomResourceDefinition definition = type.definition();
        return definition != null
                && definition.version(type.version()).stream()
                        .flatMap(version -> version.selectableFields().stream())
                        .anyMatch(selectable -> selectable.jsonPath().equals("." + field));
    }

    static @Nullable String value(CustomObject object, String field) {
        return object.find(field.split("\\.", -1)).map(String::valueOf).orElse(null);
    }
}
