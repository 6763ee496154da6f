package dev.orchestrator.server.discovery;

import dev.orchestrator.runtime.schema.ModelTypes;

/** The names that Kubernetes' own documents give to types, which clients look for. */
final class SchemaNames {

    static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    private SchemaNames() {}

    static String of(Class<?> type) {
        String group = ModelTypes.group(type);
        return group.equals("meta")
                ? META + type.getSimpleName()
                : "io.k8s.api." + group + "." + ModelTypes.version(type) + "." + type.getSimpleName();
    }
}
