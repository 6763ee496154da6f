package dev.orchestrator.server.discovery;

import java.util.List;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.runtime.schema.ModelTypes;

/** The names that Kubernetes' own documents give to types, which clients look for. */
final class SchemaNames {

    static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    private static final String EXTENSIONS = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";

    private SchemaNames() {}

    /** {@return the name of the schema of a custom kind: its group backwards, its version and its kind} */
    static String ofCustom(ResourceType<?> type) {
        List<String> domain = List.of(type.group().split("\\.", -1)).reversed();
        return String.join(".", domain) + "." + type.version() + "." + type.kind();
    }

    static String of(Class<?> type) {
        String group = ModelTypes.group(type);
        if (group.equals("apiextensions")) {
            return EXTENSIONS + type.getSimpleName();
        }
        return group.equals("meta")
                ? META + type.getSimpleName()
                : "io.k8s.api." + group + "." + ModelTypes.version(type) + "." + type.getSimpleName();
    }
}
