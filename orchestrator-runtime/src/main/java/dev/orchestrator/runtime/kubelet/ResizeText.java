package dev.orchestrator.runtime.kubelet;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

/** What events about a resize say: which resources which container is to have, as JSON. */
final class ResizeText {

    private ResizeText() {}

    /**
     * {@return such as <code>Pod resize started: {"containers":[{"name":"app","resources":{}}],"generation":2}</code>}
     *
     * @param error what stands in the way; null for nothing
     */
    static String of(String what, Pod pod, @Nullable String error) {
        var parts = new StringJoiner(",", what + ": {", "}");
        List<Container> sidecars =
                pod.spec().initContainers().stream().filter(PodView::isSidecar).toList();
        if (!sidecars.isEmpty()) {
            parts.add("\"initContainers\":" + containers(sidecars));
        }
        parts.add("\"containers\":" + containers(pod.spec().containers()));
        parts.add("\"generation\":" + pod.metadata().generation());
        if (error != null) {
            parts.add("\"error\":" + GoText.quote(error));
        }
        return parts.toString();
    }

    private static String containers(List<Container> containers) {
        var all = new StringJoiner(",", "[", "]");
        for (Container container : containers) {
            var resources = new StringJoiner(",", "{", "}");
            if (!container.resources().limits().isEmpty()) {
                resources.add("\"limits\":" + amounts(container.resources().limits()));
            }
            if (!container.resources().requests().isEmpty()) {
                resources.add("\"requests\":" + amounts(container.resources().requests()));
            }
            all.add("{\"name\":" + GoText.quote(container.name()) + ",\"resources\":" + resources + "}");
        }
        return all.toString();
    }

    private static String amounts(Map<String, Quantity> amounts) {
        var all = new StringJoiner(",", "{", "}");
        new TreeMap<>(amounts).forEach((name, amount) -> all.add(GoText.quote(name) + ":\"" + amount + '"'));
        return all.toString();
    }
}
