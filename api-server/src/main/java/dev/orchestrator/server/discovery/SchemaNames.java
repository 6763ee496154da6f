package dev.orchestrator.server.discovery;

import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.autoscaling.Scale;
import dev.orchestrator.api.model.autoscaling.ScaleSpec;
import dev.orchestrator.api.model.autoscaling.ScaleStatus;
import dev.orchestrator.runtime.schema.Descriptions;

import static java.util.stream.Collectors.toUnmodifiableMap;

/** The names that Kubernetes' own documents give to types, which clients look for. */
final class SchemaNames {

    static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    private static final Set<Class<?>> AUTOSCALING_V1 = Set.of(Scale.class, ScaleSpec.class, ScaleStatus.class);
    private static final Map<String, String> VERSIONS = ResourceTypes.stored().stream()
            .collect(toUnmodifiableMap(
                    type -> Descriptions.group(type.javaType()), ResourceType::version, (one, same) -> one));

    private SchemaNames() {}

    static String of(Class<?> type) {
        String group = Descriptions.group(type);
        if (group.equals("meta")) {
            return META + type.getSimpleName();
        }
        String version = AUTOSCALING_V1.contains(type) ? "v1" : VERSIONS.getOrDefault(group, "v1");
        return "io.k8s.api." + group + "." + version + "." + type.getSimpleName();
    }
}
