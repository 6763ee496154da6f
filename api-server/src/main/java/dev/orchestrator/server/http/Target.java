package dev.orchestrator.server.http;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a path below {@code /api} or {@code /apis} is about.
 *
 * @param apiVersion the group version, such as {@code apps/v1}
 * @param namespace the namespace; null for all, or for resources of the cluster
 * @param plural the resource
 * @param name the object; null for all
 * @param subresource the part of the object; null for the object itself
 * @param rest what follows the subresource
 */
public record Target(
        String apiVersion,
        @Nullable String namespace,
        String plural,
        @Nullable String name,
        @Nullable String subresource,
        List<String> rest) {

    /** {@return what a path is about; null when it is not about a resource} */
    public static @Nullable Target parse(List<String> path) {
        int start = path.isEmpty()
                ? 0
                : path.getFirst().equals("api") ? 2 : path.getFirst().equals("apis") ? 3 : 0;
        if (start == 0 || path.size() <= start) {
            return null;
        }
        String apiVersion = String.join("/", path.subList(1, start));
        List<String> steps = path.subList(start, path.size());
        boolean namespaced = steps.getFirst().equals("namespaces")
                && steps.size() > 2
                && !(steps.size() == 3 && isPartOfNamespace(steps.get(2)));
        String namespace = namespaced ? steps.get(1) : null;
        List<String> own = namespaced ? steps.subList(2, steps.size()) : steps;
        return new Target(
                apiVersion,
                namespace,
                own.getFirst(),
                own.size() > 1 ? own.get(1) : null,
                own.size() > 2 ? own.get(2) : null,
                own.size() > 3 ? List.copyOf(own.subList(3, own.size())) : List.of());
    }

    private static boolean isPartOfNamespace(String step) {
        return step.equals("status") || step.equals("finalize");
    }
}
