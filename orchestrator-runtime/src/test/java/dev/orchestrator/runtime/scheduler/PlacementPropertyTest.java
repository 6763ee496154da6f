package dev.orchestrator.runtime.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.LongStream;

import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.scheduler.framework.FilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.Rejection;
import dev.orchestrator.runtime.scheduler.framework.ScorePlugin;
import dev.orchestrator.runtime.scheduler.plugin.InterPodAffinity;
import dev.orchestrator.runtime.scheduler.plugin.PodTopologySpread;
import dev.orchestrator.runtime.scheduler.topology.TopologyIndex;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever happens to nodes, pods and namespaces: the index says what counting everything anew would say. */
class PlacementPropertyTest {

    private static final int STEPS = 120;

    private final TopologyIndex index = new TopologyIndex();
    private final ClusterSnapshot snapshot = new ClusterSnapshot(index);
    private final PodLens lens = new PodLens();
    private final InterPodAffinity affinity = new InterPodAffinity(index);
    private final PodTopologySpread spread = new PodTopologySpread(index);
    private final NaivePlacement naive = new NaivePlacement();

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theIndexAgreesWithCountingAnew(long seed) {
        var random = new RandomPlacement(new SplittableRandom(seed));
        for (int i = 0; i < 6; i++) {
            put(random.node());
        }
        for (int step = 0; step < STEPS; step++) {
            change(random);
            Pod pod = random.pod();
            PodInfo info = lens.infoOf(pod);
            int at = step;
            Supplier<String> about = () -> "seed " + seed + ", step " + at + ", pod " + pod.spec();
            var feasible = new ArrayList<Node>();
            for (Node node : naive.nodes.values()) {
                String near = reason(affinity, info, node);
                assertThat(near).as(about).isEqualTo(naive.affinityRefusal(pod, node));
                String even = reason(spread, info, node);
                assertThat(even).as(about).isEqualTo(naive.spreadRefusal(pod, node));
                if (near == null && even == null && NaivePlacement.matches(node, pod)) {
                    feasible.add(node);
                }
            }
            compareScores(pod, info, feasible, about);
            if (!feasible.isEmpty() && random.chance(70)) {
                place(pod, random.one(feasible).metadata().nameOrEmpty());
            }
        }
    }

    private void compareScores(Pod pod, PodInfo info, List<Node> feasible, Supplier<String> about) {
        List<NodeInfo> nodes = feasible.stream().map(this::info).toList();
        var near = affinity.scorerFor(info, nodes);
        var even = spread.scorerFor(info, nodes);
        for (Node node : feasible) {
            long expected = naive.affinityScore(pod, node);
            assertThat(near == null ? 0 : near.score(info(node))).as(about).isEqualTo(expected);
            if (even != null && tolerates(pod, node)) {
                Long rated = naive.spreadScore(pod, node, feasible);
                assertThat(even.score(info(node))).as(about).isEqualTo(rated == null ? -1 : rated);
            }
        }
        assertThat(normalized(near, nodes)).as(about).allSatisfy(PlacementPropertyTest::isScore);
        assertThat(normalized(even, nodes)).as(about).allSatisfy(PlacementPropertyTest::isScore);
    }

    private static void isScore(long score) {
        assertThat(score).isBetween(0L, ScorePlugin.MAX_SCORE);
    }

    private static List<Long> normalized(ScorePlugin.@Nullable NodeScorer scorer, List<NodeInfo> nodes) {
        if (scorer == null) {
            return List.of();
        }
        long[] scores = nodes.stream().mapToLong(scorer::score).toArray();
        scorer.normalize(scores);
        return LongStream.of(scores).boxed().toList();
    }

    private static boolean tolerates(Pod pod, Node node) {
        return node.spec().taints().isEmpty() || !pod.spec().tolerations().isEmpty();
    }

    private NodeInfo info(Node node) {
        return java.util.Objects.requireNonNull(snapshot.find(node.metadata().nameOrEmpty()));
    }

    private @Nullable String reason(FilterPlugin plugin, PodInfo pod, Node node) {
        var filter = plugin.filterFor(pod);
        Rejection rejection = filter == null ? null : filter.check(info(node));
        return rejection == null ? null : rejection.reasons().getFirst();
    }

    private void change(RandomPlacement random) {
        if (random.chance(12)) {
            put(random.node());
        }
        if (random.chance(5) && naive.nodes.size() > 1) {
            String name = random.one(List.copyOf(naive.nodes.keySet()));
            naive.nodes.remove(name);
            snapshot.removeNode(name);
        }
        if (random.chance(10)) {
            Map<String, String> labels = random.labels();
            String namespace = random.namespace();
            naive.namespaces.put(namespace, labels);
            snapshot.relabel(namespace, labels);
        }
        if (random.chance(50) && !naive.pods.isEmpty()) {
            changeOne(random, random.one(List.copyOf(naive.pods.values())));
        }
    }

    private void changeOne(RandomPlacement random, NaivePlacement.Placed placed) {
        if (random.chance(50)) {
            naive.pods.remove(placed.pod().metadata().uidOrEmpty());
            snapshot.release(placed.pod().metadata().uidOrEmpty());
        } else if (random.chance(50)) {
            place(RandomPlacement.terminating(placed.pod()), placed.node());
        } else {
            place(random.relabelled(placed.pod()), placed.node());
        }
    }

    private void put(Node node) {
        naive.nodes.put(node.metadata().nameOrEmpty(), node);
        snapshot.put(node);
    }

    private void place(Pod pod, String node) {
        naive.pods.put(pod.metadata().uidOrEmpty(), new NaivePlacement.Placed(pod, node));
        snapshot.place(lens.infoOf(pod), node);
    }
}
