package dev.orchestrator.api.model.apiextensions;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What a value has to look like, in OpenAPI 3.0 with the extensions of Kubernetes. */
@Model
public record JSONSchemaProps(
        @JsonProperty("$ref") @Nullable String ref,
        @JsonProperty("$schema") @Nullable String schema,
        @Nullable JSONSchemaPropsOrBool additionalItems,
        @Nullable JSONSchemaPropsOrBool additionalProperties,
        List<JSONSchemaProps> allOf,
        List<JSONSchemaProps> anyOf,
        @JsonProperty("default") @Nullable Object defaultValue,
        Map<String, JSONSchemaProps> definitions,
        Map<String, Object> dependencies,
        @Nullable String description,
        @JsonProperty("enum") List<Object> values,
        @Nullable Object example,
        boolean exclusiveMaximum,
        boolean exclusiveMinimum,
        @Nullable ExternalDocumentation externalDocs,
        @Nullable String format,
        @Nullable String id,
        @Nullable JSONSchemaProps items,
        @Nullable Long maxItems,
        @Nullable Long maxLength,
        @Nullable Long maxProperties,
        @Nullable Double maximum,
        @Nullable Long minItems,
        @Nullable Long minLength,
        @Nullable Long minProperties,
        @Nullable Double minimum,
        @Nullable Double multipleOf,
        @Nullable JSONSchemaProps not,
        boolean nullable,
        List<JSONSchemaProps> oneOf,
        @Nullable String pattern,
        Map<String, JSONSchemaProps> patternProperties,
        Map<String, JSONSchemaProps> properties,
        List<String> required,
        @Nullable String title,
        @Nullable String type,
        boolean uniqueItems,
        @JsonProperty("x-kubernetes-embedded-resource") boolean embeddedResource,
        @JsonProperty("x-kubernetes-int-or-string") boolean intOrString,
        @JsonProperty("x-kubernetes-list-map-keys") List<String> listMapKeys,
        @JsonProperty("x-kubernetes-list-type") @Nullable String listType,
        @JsonProperty("x-kubernetes-map-type") @Nullable String mapType,

        @JsonProperty("x-kubernetes-preserve-unknown-fields") @Nullable
        Boolean preserveUnknownFields,

        @JsonProperty("x-kubernetes-validations") List<ValidationRule> validations) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public JSONSchemaProps {
        allOf = Immutables.list(allOf);
        anyOf = Immutables.list(anyOf);
        definitions = Immutables.map(definitions);
        dependencies = Immutables.map(dependencies);
        values = Immutables.list(values);
        oneOf = Immutables.list(oneOf);
        patternProperties = Immutables.map(patternProperties);
        properties = Immutables.map(properties);
        required = Immutables.list(required);
        listMapKeys = Immutables.list(listMapKeys);
        validations = Immutables.list(validations);
    }
}
