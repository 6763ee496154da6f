package dev.orchestrator.runtime.scheduler;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentMap;

import com.google.common.collect.MapMaker;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.scheduler.framework.PodDemand;
import dev.orchestrator.runtime.scheduler.framework.PodGroup;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import org.jspecify.annotations.Nullable;

/**
 * Looks at pods, and remembers what they take by the identity of their containers.
 *
 * <p>The pods of one template share the very list of containers, also after they are bound, so thousands of pods cost
 * one computation.
 */
final class PodLens {

    private record Entry(
            List<Container> initContainers,
            Map<String, Quantity> overhead,
            @Nullable ResourceRequirements podLevel,
            PodDemand demand) {

        boolean isOf(PodSpec spec) {
            return initContainers.equals(spec.initContainers())
                    && overhead.equals(spec.overhead())
                    && Objects.equals(podLevel, spec.resources());
        }
    }

    private record Labelled(String namespace, Map<String, String> labels) {}

    private final ConcurrentMap<List<Container>, Entry> byContainers =
            new MapMaker().weakKeys().makeMap();
    private final ConcurrentMap<Object, PodGroup> groups =
            new MapMaker().weakValues().makeMap();

    /** {@return the pod with its demand and its group} */
    PodInfo infoOf(Pod pod) {
        return new PodInfo(pod, demandOf(pod.spec()), groupOf(pod.metadata()));
    }

    /**
     * Pods of one controller are one group. Pods without a controller are one when their labels are the same, since the
     * same services then select them.
     */
    private @Nullable PodGroup groupOf(ObjectMeta metadata) {
        for (OwnerReference owner : metadata.ownerReferences()) {
            if (Boolean.TRUE.equals(owner.controller())) {
                return groups.computeIfAbsent(owner.uid(), uid -> new PodGroup());
            }
        }
        return metadata.labels().isEmpty()
                ? null
                : groups.computeIfAbsent(
                        new Labelled(metadata.namespaceOrEmpty(), metadata.labels()), labels -> new PodGroup());
    }

    private PodDemand demandOf(PodSpec spec) {
        Entry known = byContainers.get(spec.containers());
        if (known != null && known.isOf(spec)) {
            return known.demand();
        }
        var demand = PodDemand.of(spec);
        byContainers.put(
                spec.containers(), new Entry(spec.initContainers(), spec.overhead(), spec.resources(), demand));
        return demand;
    }
}
