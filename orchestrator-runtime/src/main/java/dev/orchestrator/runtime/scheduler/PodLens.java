package dev.orchestrator.runtime.scheduler;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Affinity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.api.model.core.Toleration;
import dev.orchestrator.api.model.core.TopologySpreadConstraint;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.scheduler.framework.PodDemand;
import dev.orchestrator.runtime.scheduler.framework.PodGroup;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.PodTerms;
import org.jspecify.annotations.Nullable;

/**
 * Looks at pods, and remembers what they take by the identity of their containers.
 *
 * <p>The pods of one template share the very list of containers, also after they are bound, so thousands of pods cost
 * one computation. Its weak maps are of the JDK alone: it is made at every start, and a library's would have to be
 * loaded for it.
 */
final class PodLens {

    /** More templates than are scheduled at a time; two that meet in one place are computed again and again. */
    private static final int PLACES = 1024;

    private final AtomicReferenceArray<@Nullable Known> byContainers = new AtomicReferenceArray<>(PLACES);
    private final AtomicReferenceArray<@Nullable KnownTerms> termsOfSpecs = new AtomicReferenceArray<>(PLACES);
    private final ConcurrentMap<Object, Group> groups = new ConcurrentHashMap<>();
    private final ReferenceQueue<PodGroup> forgotten = new ReferenceQueue<>();

    /** What the pods of one list of containers take, for as long as the list is alive. */
    private static final class Known extends WeakReference<List<Container>> {
        private final List<Container> initContainers;
        private final Map<String, Quantity> overhead;
        private final @Nullable ResourceRequirements podLevel;
        private final PodDemand demand;

        Known(PodSpec spec, PodDemand demand) {
            super(spec.containers());
            this.initContainers = spec.initContainers();
            this.overhead = spec.overhead();
            this.podLevel = spec.resources();
            this.demand = demand;
        }

        boolean isOf(PodSpec spec) {
            return refersTo(spec.containers())
                    && initContainers.equals(spec.initContainers())
                    && overhead.equals(spec.overhead())
                    && Objects.equals(podLevel, spec.resources());
        }
    }

    /** What pods want of the places of others, with all that it depends on. */
    private static final class KnownTerms {
        private final @Nullable Affinity affinity;
        private final List<TopologySpreadConstraint> spread;
        private final Map<String, String> nodeSelector;
        private final List<Toleration> tolerations;
        private final String namespace;
        private final Map<String, String> labels;
        private final PodTerms terms;

        KnownTerms(Pod pod, PodTerms terms) {
            this.affinity = pod.spec().affinity();
            this.spread = pod.spec().topologySpreadConstraints();
            this.nodeSelector = pod.spec().nodeSelector();
            this.tolerations = pod.spec().tolerations();
            this.namespace = pod.metadata().namespaceOrEmpty();
            this.labels = pod.metadata().labels();
            this.terms = terms;
        }

        boolean isOf(Pod pod) {
            return Objects.equals(affinity, pod.spec().affinity())
                    && spread.equals(pod.spec().topologySpreadConstraints())
                    && nodeSelector.equals(pod.spec().nodeSelector())
                    && tolerations.equals(pod.spec().tolerations())
                    && namespace.equals(pod.metadata().namespaceOrEmpty())
                    && labels.equals(pod.metadata().labels());
        }
    }

    /** A group for as long as one of its pods is known. */
    private static final class Group extends WeakReference<PodGroup> {
        private final Object key;

        Group(Object key, PodGroup group, ReferenceQueue<PodGroup> queue) {
            super(group, queue);
            this.key = key;
        }
    }

    private record Labelled(String namespace, Map<String, String> labels) {}

    /** {@return the pod with its demand and its group} */
    PodInfo infoOf(Pod pod) {
        return new PodInfo(pod, demandOf(pod.spec()), groupOf(pod.metadata()), termsOf(pod));
    }

    private PodTerms termsOf(Pod pod) {
        if (PodTerms.wantsNothing(pod)) {
            return PodTerms.NONE;
        }
        var spec = pod.spec();
        int place =
                (System.identityHashCode(spec.affinity()) ^ System.identityHashCode(spec.topologySpreadConstraints()))
                        & (PLACES - 1);
        KnownTerms known = termsOfSpecs.get(place);
        if (known != null && known.isOf(pod)) {
            return known.terms;
        }
        var terms = PodTerms.of(pod);
        termsOfSpecs.set(place, new KnownTerms(pod, terms));
        return terms;
    }

    /**
     * Pods of one controller are one group. Pods without a controller are one when their labels are the same, since the
     * same services then select them.
     */
    private @Nullable PodGroup groupOf(ObjectMeta metadata) {
        for (OwnerReference owner : metadata.ownerReferences()) {
            if (Boolean.TRUE.equals(owner.controller())) {
                return group(owner.uid());
            }
        }
        return metadata.labels().isEmpty() ? null : group(new Labelled(metadata.namespaceOrEmpty(), metadata.labels()));
    }

    private PodGroup group(Object key) {
        while (forgotten.poll() instanceof Group gone) {
            groups.remove(gone.key, gone);
        }
        while (true) {
            Group known = groups.get(key);
            PodGroup group = known == null ? null : known.get();
            if (group != null) {
                return group;
            }
            var created = new PodGroup();
            var reference = new Group(key, created, forgotten);
            boolean isNew =
                    known == null ? groups.putIfAbsent(key, reference) == null : groups.replace(key, known, reference);
            if (isNew) {
                return created;
            }
        }
    }

    private PodDemand demandOf(PodSpec spec) {
        int place = System.identityHashCode(spec.containers()) & (PLACES - 1);
        Known known = byContainers.get(place);
        if (known != null && known.isOf(spec)) {
            return known.demand;
        }
        var demand = PodDemand.of(spec);
        byContainers.set(place, new Known(spec, demand));
        return demand;
    }
}
