package dev.orchestrator.runtime.scheduler;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import dev.orchestrator.api.model.core.Affinity;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeAffinityBuilder;
import dev.orchestrator.api.model.core.NodeBuilder;
import dev.orchestrator.api.model.core.NodeSelector;
import dev.orchestrator.api.model.core.NodeSelectorRequirement;
import dev.orchestrator.api.model.core.NodeSelectorTerm;
import dev.orchestrator.api.model.core.NodeSpecBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodAffinity;
import dev.orchestrator.api.model.core.PodAffinityTerm;
import dev.orchestrator.api.model.core.PodAntiAffinity;
import dev.orchestrator.api.model.core.Toleration;
import dev.orchestrator.api.model.core.TopologySpreadConstraint;
import dev.orchestrator.api.model.core.WeightedPodAffinityTerm;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.LabelSelectorRequirement;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.story.Objects;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.story.Objects.with;

/** Random nodes and pods, small enough that their wishes meet often. */
final class RandomPlacement {

    private static final List<String> KEYS = List.of("kubernetes.io/hostname", "zone", "rack");
    private static final List<String> LABELS = List.of("app", "tier");

    private final SplittableRandom random;
    private int created;

    RandomPlacement(SplittableRandom random) {
        this.random = random;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private <T> @Nullable T perhaps(int percent, Supplier<T> value) {
        return chance(percent) ? value.get() : null;
    }

    private <T> List<T> upTo(int most, Supplier<T> value) {
        var list = new ArrayList<T>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(value.get());
        }
        return list;
    }

    Node node() {
        String name = "n" + random.nextInt(8);
        var labels = new HashMap<String, String>();
        labels.put("kubernetes.io/hostname", name);
        if (chance(85)) {
            labels.put("zone", "z" + random.nextInt(3));
        }
        if (chance(60)) {
            labels.put("rack", "r" + random.nextInt(4));
        }
        Node node = Objects.node(name, "cpu=64");
        node = NodeBuilder.builder(node)
                .metadata(ObjectMetaBuilder.builder(node.metadata())
                        .labels(labels)
                        .build())
                .spec(NodeSpecBuilder.builder(node.spec()).unschedulable(false).build())
                .build();
        return chance(15) ? Objects.tainted(node, "dedicated", "x", "NoSchedule") : node;
    }

    Map<String, String> labels() {
        var labels = new HashMap<String, String>();
        for (String key : LABELS) {
            if (chance(75)) {
                labels.put(key, value());
            }
        }
        return labels;
    }

    private String value() {
        return "v" + random.nextInt(3);
    }

    String namespace() {
        return "ns" + random.nextInt(3);
    }

    private LabelSelector selector() {
        if (chance(70)) {
            return new LabelSelector(List.of(), Map.of(one(LABELS), value()));
        }
        String operator = one(List.of("In", "NotIn", "Exists", "DoesNotExist"));
        List<String> values = operator.endsWith("In") ? List.of(value(), value()) : List.of();
        return new LabelSelector(List.of(new LabelSelectorRequirement(one(LABELS), operator, values)), Map.of());
    }

    private PodAffinityTerm term() {
        LabelSelector namespaces = perhaps(20, () -> new LabelSelector(List.of(), labels()));
        List<String> names = chance(25) ? List.of(namespace()) : List.of();
        return new PodAffinityTerm(perhaps(95, this::selector), List.of(), List.of(), namespaces, names, one(KEYS));
    }

    private WeightedPodAffinityTerm weighted() {
        return new WeightedPodAffinityTerm(term(), 1 + random.nextInt(100));
    }

    private TopologySpreadConstraint constraint() {
        return new TopologySpreadConstraint(
                selector(),
                chance(20) ? List.of(one(LABELS)) : List.of(),
                1 + random.nextInt(2),
                perhaps(20, () -> 1 + random.nextInt(4)),
                perhaps(30, () -> one(List.of("Honor", "Ignore"))),
                perhaps(40, () -> one(List.of("Honor", "Ignore"))),
                one(KEYS),
                one(List.of("DoNotSchedule", "DoNotSchedule", "ScheduleAnyway")));
    }

    private Affinity affinity() {
        var term = new NodeSelectorTerm(
                List.of(new NodeSelectorRequirement("zone", one(List.of("In", "NotIn")), List.of("z1"))), List.of());
        return new Affinity(
                perhaps(
                        20,
                        () -> NodeAffinityBuilder.builder()
                                .requiredDuringSchedulingIgnoredDuringExecution(new NodeSelector(List.of(term)))
                                .build()),
                perhaps(40, () -> new PodAffinity(upTo(2, this::weighted), upTo(2, this::term))),
                perhaps(60, () -> new PodAntiAffinity(upTo(2, this::weighted), upTo(2, this::term))));
    }

    Pod pod() {
        String name = "p" + created++;
        Pod pod = Objects.pod(name, "cpu=10m");
        pod = with(
                pod,
                spec -> spec.affinity(chance(60) ? affinity() : null)
                        .topologySpreadConstraints(chance(50) ? upTo(2, this::constraint) : List.of())
                        .nodeSelector(chance(10) ? Map.of("zone", "z0") : Map.of())
                        .tolerations(
                                chance(30)
                                        ? List.of(new Toleration("NoSchedule", "dedicated", "Exists", null, null))
                                        : List.of()));
        return pod.withMetadata(ObjectMetaBuilder.builder(pod.metadata())
                .namespace(namespace())
                .uid("uid-" + name)
                .labels(labels())
                .build());
    }

    Pod relabelled(Pod pod) {
        return pod.withMetadata(
                ObjectMetaBuilder.builder(pod.metadata()).labels(labels()).build());
    }

    static Pod terminating(Pod pod) {
        return pod.withMetadata(ObjectMetaBuilder.builder(pod.metadata())
                .deletionTimestamp(Instant.EPOCH)
                .build());
    }
}
