package dev.orchestrator.runtime.controller.daemonset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.core.Affinity;
import dev.orchestrator.api.model.core.AffinityBuilder;
import dev.orchestrator.api.model.core.NodeAffinity;
import dev.orchestrator.api.model.core.NodeAffinityBuilder;
import dev.orchestrator.api.model.core.NodeSelector;
import dev.orchestrator.api.model.core.NodeSelectorRequirement;
import dev.orchestrator.api.model.core.NodeSelectorTerm;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.Toleration;
import dev.orchestrator.api.model.core.TolerationBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.claim.Claimer;
import dev.orchestrator.runtime.revision.Revisions;
import org.jspecify.annotations.Nullable;

/** What makes a pod the one of its node: the scheduler may place it nowhere else, and it stays when the node ails. */
final class DaemonPod {

    private static final String NODE_NAME = "metadata.name";
    private static final String NO_SCHEDULE = "NoSchedule";

    private static final List<Toleration> ALWAYS = List.of(
            toleration("node.kubernetes.io/not-ready", "NoExecute"),
            toleration("node.kubernetes.io/unreachable", "NoExecute"),
            toleration("node.kubernetes.io/disk-pressure", NO_SCHEDULE),
            toleration("node.kubernetes.io/memory-pressure", NO_SCHEDULE),
            toleration("node.kubernetes.io/pid-pressure", NO_SCHEDULE),
            toleration("node.kubernetes.io/unschedulable", NO_SCHEDULE));

    private static final Toleration WITHOUT_NETWORK = toleration("node.kubernetes.io/network-unavailable", NO_SCHEDULE);

    private DaemonPod() {}

    private static Toleration toleration(String key, String effect) {
        return TolerationBuilder.builder()
                .key(key)
                .operator("Exists")
                .effect(effect)
                .build();
    }

    /** {@return the pod of a node, to be created} */
    static Pod of(DaemonSet set, String hash, String node) {
        var template = set.spec().template();
        var labels = new HashMap<>(template.metadata().labels());
        labels.put(Revisions.POD_LABEL, hash);
        var metadata = ObjectMetaBuilder.builder()
                .generateName(set.metadata().nameOrEmpty() + "-")
                .namespace(set.metadata().namespace())
                .labels(labels)
                .annotations(template.metadata().annotations())
                .finalizers(template.metadata().finalizers())
                .ownerReferences(List.of(Claimer.reference(set)))
                .build();
        var spec = PodSpecBuilder.builder(template.spec())
                .tolerations(tolerations(template.spec()))
                .affinity(pinned(template.spec().affinity(), node))
                .build();
        return PodBuilder.builder().metadata(metadata).spec(spec).build();
    }

    /** {@return what the pods of a template tolerate: what it says, and all that may be wrong with a node} */
    static List<Toleration> tolerations(PodSpec spec) {
        var tolerations = new ArrayList<>(spec.tolerations());
        ALWAYS.forEach(toleration -> add(tolerations, toleration));
        if (spec.hostNetwork()) {
            add(tolerations, WITHOUT_NETWORK);
        }
        return tolerations;
    }

    /** One that says the same, if for a time only, gives way. */
    private static void add(List<Toleration> tolerations, Toleration toleration) {
        tolerations.removeIf(present -> Objects.equals(present.key(), toleration.key())
                && Objects.equals(present.effect(), toleration.effect())
                && Objects.equals(present.operator(), toleration.operator())
                && isEmpty(present.value()));
        tolerations.add(toleration);
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    /** The terms of the template have chosen the node already: its name takes their place. */
    private static Affinity pinned(@Nullable Affinity affinity, String node) {
        var name = new NodeSelectorRequirement(NODE_NAME, "In", List.of(node));
        var required = new NodeSelector(List.of(new NodeSelectorTerm(List.of(), List.of(name))));
        NodeAffinity present = affinity == null ? null : affinity.nodeAffinity();
        var pinned = (present == null ? NodeAffinityBuilder.builder() : NodeAffinityBuilder.builder(present))
                .requiredDuringSchedulingIgnoredDuringExecution(required)
                .build();
        return (affinity == null ? AffinityBuilder.builder() : AffinityBuilder.builder(affinity))
                .nodeAffinity(pinned)
                .build();
    }

    /** {@return the node that a pod runs on or is meant for} */
    static Optional<String> node(Pod pod) {
        String bound = pod.spec().nodeName();
        if (bound != null && !bound.isEmpty()) {
            return Optional.of(bound);
        }
        Affinity affinity = pod.spec().affinity();
        NodeAffinity nodes = affinity == null ? null : affinity.nodeAffinity();
        NodeSelector required = nodes == null ? null : nodes.requiredDuringSchedulingIgnoredDuringExecution();
        if (required == null) {
            return Optional.empty();
        }
        return required.nodeSelectorTerms().stream()
                .flatMap(term -> term.matchFields().stream())
                .filter(field -> field.key().equals(NODE_NAME)
                        && field.operator().equals("In")
                        && field.values().size() == 1)
                .map(field -> field.values().getFirst())
                .findFirst();
    }

    static boolean isBound(Pod pod) {
        return !isEmpty(pod.spec().nodeName());
    }
}
