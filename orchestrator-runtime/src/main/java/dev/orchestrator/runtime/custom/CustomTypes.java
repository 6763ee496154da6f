package dev.orchestrator.runtime.custom;

import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import dev.orchestrator.api.model.apiextensions.CustomResourceValidation;
import dev.orchestrator.api.model.apiextensions.JSONSchemaProps;
import dev.orchestrator.runtime.codec.JsonNull;
import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/** The custom kinds that a store has definitions of. */
public final class CustomTypes {

    /** What a definition says once its objects can be stored. */
    public static final String ESTABLISHED = "Established";

    /** What a definition says while it is being deleted. */
    public static final String TERMINATING = "Terminating";

    private CustomTypes() {}

    /** {@return the name of the definition of a kind} */
    public static ObjectKey definitionOf(ResourceType<?> type) {
        return ObjectKey.cluster(type.plural() + "." + type.group());
    }

    /** {@return a custom kind in a version that is served, by its name in manifests, if it is established} */
    public static Optional<ResourceType<CustomObject>> find(ObjectStore store, String apiVersion, String kind) {
        for (CustomResourceDefinition definition : store.list(ResourceTypes.CUSTOM_RESOURCE_DEFINITION)) {
            if (definition.spec().names().kind().equals(kind)
                    && apiVersion.startsWith(definition.spec().group() + "/")
                    && definition.is(ESTABLISHED)) {
                String version = apiVersion.substring(definition.spec().group().length() + 1);
                Optional<CustomResourceDefinitionVersion> served =
                        definition.version(version).filter(CustomResourceDefinitionVersion::served);
                if (served.isPresent()) {
                    return Optional.of(definition.typeOf(version));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * {@return a kind as the store knows it now}
     *
     * @throws ApiException with reason {@code NOT_FOUND} if it is a custom one that nothing defines
     */
    @SuppressWarnings("unchecked") // a custom type is one of custom objects
    public static <R extends Resource> ResourceType<R> known(ObjectStore store, ResourceType<R> type) {
        if (!type.isCustom()) {
            return type;
        }
        return (ResourceType<R>) find(store, type.apiVersion(), type.kind())
                .orElseThrow(() -> ApiException.of(
                        ApiException.Reason.NOT_FOUND,
                        "no matches for kind \"" + type.kind() + "\" in version \"" + type.apiVersion() + "\""));
    }

    /** {@return the schema of a custom kind; null when it has none, or is not known} */
    public static @Nullable JSONSchemaProps schema(ResourceType<?> type) {
        CustomResourceDefinition definition = type.definition();
        if (definition == null) {
            return null;
        }
        return definition
                .version(type.version())
                .map(CustomResourceDefinitionVersion::schema)
                .map(CustomResourceValidation::openAPIV3Schema)
                .orElse(null);
    }

    /** {@return whether a schema takes fields that it does not name} */
    public static boolean keepsUnknown(JSONSchemaProps schema) {
        return Boolean.TRUE.equals(schema.preserveUnknownFields());
    }

    /** {@return whether a value of a tree is an explicit null} */
    public static boolean isNull(Object value) {
        return value == JsonNull.NULL;
    }

    /** {@return a value of a tree as JSON} */
    public static String json(Object value) {
        return JsonText.write(value);
    }
}
