package dev.orchestrator.server.resource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import dev.orchestrator.api.model.apiextensions.CustomResourceSubresourceScale;
import dev.orchestrator.api.model.apiextensions.CustomResourceSubresources;
import dev.orchestrator.api.model.autoscaling.Scale;
import dev.orchestrator.api.model.autoscaling.ScaleSpec;
import dev.orchestrator.api.model.autoscaling.ScaleStatus;
import dev.orchestrator.server.http.Statuses;
import org.jspecify.annotations.Nullable;

/** The number of replicas of custom objects, where their definition says it is. */
final class CustomScales {

    private CustomScales() {}

    private static CustomResourceSubresourceScale paths(ResourceType<?> type) {
        return java.util.Optional.ofNullable(type.definition())
                .flatMap(definition -> definition.version(type.version()))
                .map(CustomResourceDefinitionVersion::subresources)
                .map(CustomResourceSubresources::scale)
                .orElseThrow(Statuses::noSuchResource);
    }

    private static String[] steps(String path) {
        return path.substring(1).split("\\.", -1);
    }

    static Scale of(CustomObject owner) {
        CustomResourceSubresourceScale paths = paths(owner.resourceType());
        Integer wanted = number(owner, paths.specReplicasPath());
        if (wanted == null) {
            throw ApiException.of(
                    ApiException.Reason.INTERNAL_ERROR,
                    "Internal error occurred: the spec replicas field \"" + paths.specReplicasPath()
                            + "\" does not exist");
        }
        Integer present = number(owner, paths.statusReplicasPath());
        String labels = paths.labelSelectorPath();
        String selector = labels == null || labels.isEmpty()
                ? null
                : owner.find(steps(labels))
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .orElse(null);
        return Scales.scale(owner, new ScaleSpec(wanted), new ScaleStatus(present == null ? 0 : present, selector));
    }

    private static @Nullable Integer number(CustomObject owner, String path) {
        return owner.find(steps(path))
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).intValue())
                .orElse(null);
    }

    static CustomObject applied(CustomObject owner, int replicas) {
        return owner.with((long) replicas, steps(paths(owner.resourceType()).specReplicasPath()));
    }

    /** {@return the part of an object that the spec of a scale stands for} */
    static Map<String, Object> wanted(ResourceType<?> type, Map<?, ?> spec) {
        Object replicas = spec.get("replicas");
        if (replicas == null) {
            return Map.of();
        }
        Object part = replicas;
        for (String step : List.of(steps(paths(type).specReplicasPath())).reversed()) {
            var outer = new LinkedHashMap<String, Object>();
            outer.put(step, part);
            part = outer;
        }
        var whole = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) part).forEach((key, value) -> whole.put((String) key, value));
        return whole;
    }
}
