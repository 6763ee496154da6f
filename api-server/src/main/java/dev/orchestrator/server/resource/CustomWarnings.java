package dev.orchestrator.server.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import dev.orchestrator.api.model.apiextensions.CustomResourceValidation;
import dev.orchestrator.api.model.apiextensions.JSONSchemaProps;
import dev.orchestrator.api.model.apiextensions.JSONSchemaPropsOrBool;
import org.jspecify.annotations.Nullable;

/** What clients are told about custom kinds beside the answers they get. */
public final class CustomWarnings {

    private CustomWarnings() {}

    /** {@return what is to be said to those who use a version that is deprecated} */
    public static Optional<String> ofVersion(ResourceType<?> type) {
        CustomResourceDefinition definition = type.definition();
        if (definition == null) {
            return Optional.empty();
        }
        return definition
                .version(type.version())
                .filter(CustomResourceDefinitionVersion::deprecated)
                .map(version -> version.deprecationWarning() == null
                        ? type.apiVersion() + " " + type.kind() + " is deprecated"
                        : version.deprecationWarning());
    }

    /** {@return the rules of a definition that are kept, but not evaluated: nobody should rely on them} */
    static List<String> ofRules(Resource object) {
        var warnings = new ArrayList<String>();
        if (object instanceof CustomResourceDefinition definition) {
            List<CustomResourceDefinitionVersion> versions = definition.spec().versions();
            for (int i = 0; i < versions.size(); i++) {
                CustomResourceValidation schema = versions.get(i).schema();
                if (schema != null) {
                    rules(schema.openAPIV3Schema(), "spec.versions[" + i + "].schema.openAPIV3Schema", warnings);
                }
            }
        }
        return warnings;
    }

    private static void rules(@Nullable JSONSchemaProps schema, String path, List<String> warnings) {
        if (schema == null) {
            return;
        }
        if (!schema.validations().isEmpty()) {
            warnings.add(path + ".x-kubernetes-validations: this server does not evaluate CEL rules, objects that break"
                    + " them are accepted");
        }
        new TreeMap<>(schema.properties())
                .forEach((name, property) -> rules(property, path + ".properties[" + name + "]", warnings));
        rules(schema.items(), path + ".items", warnings);
        JSONSchemaPropsOrBool more = schema.additionalProperties();
        if (more != null) {
            rules(more.schema(), path + ".additionalProperties", warnings);
        }
    }
}
