package dev.orchestrator.runtime.controller.daemonset;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.DaemonSetBuilder;
import dev.orchestrator.api.model.apps.DaemonSetSpecBuilder;
import dev.orchestrator.api.model.apps.DaemonSetUpdateStrategy;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeBuilder;
import dev.orchestrator.api.model.core.NodeSpecBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.TaintBuilder;
import dev.orchestrator.api.model.core.Toleration;
import dev.orchestrator.api.model.core.TolerationBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.orchestrator.runtime.controller.daemonset.DaemonSets.set;
import static dev.orchestrator.runtime.controller.daemonset.DaemonSets.state;
import static org.assertj.core.api.Assertions.assertThat;

class DaemonSetPlanTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            every wanted node gets one              | aW bT cU | ''                  | +a
            an unwanted node loses its own          | aW bT cU | a:nA b:nA c:nA      | -c:nA
            of several the oldest stays             | aW       | a:nA a:nA a:oA      | -a:nA -a:oA
            a terminating one is waited for         | aW       | a:nT                | ''
            a failed one is deleted                 | aW bT    | a:nF b:nF           | -a:nF -b:nF
            a succeeded one too                     | aW       | a:nS                | -a:nS
            one for a node that has gone            | aW       | a:nA x:nU           | -x:nU
            """)
    void givesEveryNodeItsPod(String scenario, String nodes, String pods, String plan) {
        assertThat(DaemonSets.text(DaemonSetPlan.manage(state(set("1", "0"), nodes, pods), Map.of())))
                .as(scenario)
                .isEqualTo(plan);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            the old one stays until the new is available | aW | a:oA a:nU      | ''
            and until it is available for long enough    | aW | a:oA a:nR      | ''
            then it goes                                 | aW | a:oA a:nA      | -a:oA
            an unready old one gives way at once         | aW | a:oU a:nU      | -a:oU
            one of each is enough                        | aW | a:oA a:nU a:nU a:oA | -a:nU -a:oA
            one that ends is replaced before it has      | aW | a:nT           | +a
            but not on a node that is only tolerated     | aT | a:nT           | ''
            what has failed goes first                   | aW | a:nF           | -a:nF
            """)
    void keepsTwoOnANodeWhileOneTakesOver(String scenario, String nodes, String pods, String plan) {
        assertThat(DaemonSets.text(DaemonSetPlan.manage(state(set("0", "1"), nodes, pods), Map.of())))
                .as(scenario)
                .isEqualTo(plan);
    }

    @Test
    void leavesAFailedPodAloneWhileItsNodeWaits() {
        var waits = Map.of("a", Duration.ofSeconds(3));

        assertThat(DaemonSets.text(DaemonSetPlan.manage(state(set("1", "0"), "aW bW", "a:nF b:nF"), waits)))
                .isEqualTo("-b:nF");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            one at a time                           | 1   | a:oA b:oA c:oA d:oA | -a:oA
            one is missing                          | 1   | b:oA c:oA d:oA      | ''
            one is ending                           | 1   | a:oT b:oA c:oA d:oA | ''
            a new one is not ready                  | 1   | a:nU b:oA c:oA d:oA | ''
            a new one is not available              | 1   | a:nR b:oA c:oA d:oA | ''
            a new one is available                  | 1   | a:nA b:oA c:oA d:oA | -b:oA
            unavailable old ones go in any case     | 1   | a:oU b:oA c:oR d:nU | -a:oU -c:oR
            and count as well                       | 1   | a:oU b:oA c:oA d:oA | -a:oU
            a half is two of four                   | 50% | a:oA b:oA c:oA d:oA | -a:oA -b:oA
            percentages are rounded up              | 30% | a:oA b:oA c:oA d:oA | -a:oA -b:oA
            two on one node are no candidates       | 1   | a:oA a:oA b:oA c:oA d:oA | ''
            all is new                              | 4   | a:nA b:nA c:nA d:nA | ''
            """)
    void replacesOldOnesWithinMaxUnavailable(String scenario, String maxUnavailable, String pods, String plan) {
        assertThat(DaemonSets.text(DaemonSetPlan.update(state(set(maxUnavailable, "0"), "aW bW cW dW", pods))))
                .as(scenario)
                .isEqualTo(plan);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            one at a time                           | 1   | a:oA b:oA c:oA      | +a
            the new one is not available            | 1   | a:oA a:nU b:oA c:oA | ''
            the new one is available                | 1   | a:oA a:nA b:oA c:oA | +b -a:oA
            nodes without an available one are free | 1   | a:oA b:oU c:oU      | +b +c +a
            two at a time                           | 2   | a:oA a:nR b:oA c:oA | +b
            a node in disorder counts               | 1   | a:oA a:oA b:oA c:oA | ''
            """)
    void putsNewOnesBesideOldOnesWithinMaxSurge(String scenario, String maxSurge, String pods, String plan) {
        assertThat(DaemonSets.text(DaemonSetPlan.update(state(set("0", maxSurge), "aW bW cW", pods))))
                .as(scenario)
                .isEqualTo(plan);
    }

    @Test
    void leavesUpdatesToTheUserOnDelete() {
        DaemonSet set = set("1", "0");
        DaemonSet onDelete = DaemonSetBuilder.builder(set)
                .spec(DaemonSetSpecBuilder.builder(set.spec())
                        .updateStrategy(new DaemonSetUpdateStrategy(null, "OnDelete"))
                        .build())
                .build();

        assertThat(DaemonSetPlan.update(state(onDelete, "aW", "a:oU"))).isEqualTo(DaemonSetPlan.NOTHING);
    }

    // ---- nodes ----

    private static Node node(String name, Map<String, String> labels, String... taints) {
        return NodeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).labels(labels).build())
                .spec(NodeSpecBuilder.builder()
                        .taints(List.of(taints).stream()
                                .map(taint -> TaintBuilder.builder()
                                        .key(taint.split(":", -1)[0])
                                        .effect(taint.split(":", -1)[1])
                                        .build())
                                .toList())
                        .build())
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "node.kubernetes.io/not-ready:NoExecute, WANTED",
        "node.kubernetes.io/unreachable:NoExecute, WANTED",
        "node.kubernetes.io/unschedulable:NoSchedule, WANTED",
        "node.kubernetes.io/disk-pressure:NoSchedule, WANTED",
        "node.kubernetes.io/memory-pressure:NoSchedule, WANTED",
        "node.kubernetes.io/pid-pressure:NoSchedule, WANTED",
        "node.kubernetes.io/network-unavailable:NoSchedule, TOLERATED",
        "dedicated:PreferNoSchedule, WANTED",
        "dedicated:NoSchedule, TOLERATED",
        "dedicated:NoExecute, UNWANTED",
    })
    void toleratesWhatMayBeWrongWithANode(String taint, NodeChoice.Place place) {
        assertThat(NodeChoice.of(set("1", "0")).place(node("a", Map.of(), taint)))
                .isEqualTo(place);
    }

    private static DaemonSet with(java.util.function.UnaryOperator<PodSpecBuilder> change) {
        DaemonSet set = set("1", "0");
        PodTemplateSpec template = set.spec().template();
        return DaemonSetBuilder.builder(set)
                .spec(DaemonSetSpecBuilder.builder(set.spec())
                        .template(new PodTemplateSpec(
                                template.metadata(),
                                change.apply(PodSpecBuilder.builder(template.spec()))
                                        .build()))
                        .build())
                .build();
    }

    @Test
    void selectsNodesByLabelAndName() {
        var labelled = NodeChoice.of(with(spec -> spec.nodeSelector(Map.of("disk", "ssd"))));
        assertThat(labelled.place(node("a", Map.of("disk", "ssd")))).isEqualTo(NodeChoice.Place.WANTED);
        assertThat(labelled.place(node("a", Map.of()))).isEqualTo(NodeChoice.Place.UNWANTED);

        var named = NodeChoice.of(with(spec -> spec.nodeName("b")));
        assertThat(named.place(node("a", Map.of()))).isEqualTo(NodeChoice.Place.UNWANTED);
        assertThat(named.place(node("b", Map.of()))).isEqualTo(NodeChoice.Place.WANTED);

        var onHost = NodeChoice.of(with(spec -> spec.hostNetwork(true)));
        assertThat(onHost.place(node("a", Map.of(), "node.kubernetes.io/network-unavailable:NoSchedule")))
                .isEqualTo(NodeChoice.Place.WANTED);
    }

    @Test
    void pinsAPodToItsNode() {
        Pod pod = DaemonPod.of(
                with(spec -> spec.tolerations(
                        List.of(toleration("node.kubernetes.io/not-ready", 300L), toleration("mine", null)))),
                "hash",
                "a");

        assertThat(DaemonPod.node(pod)).contains("a");
        assertThat(pod.metadata().labels()).containsEntry("controller-revision-hash", "hash");
        assertThat(pod.spec().tolerations())
                .hasSize(7)
                .anyMatch(toleration -> "mine".equals(toleration.key()))
                .noneMatch(toleration -> toleration.tolerationSeconds() != null);
    }

    private static Toleration toleration(String key, @Nullable Long seconds) {
        return TolerationBuilder.builder()
                .key(key)
                .operator("Exists")
                .effect("NoExecute")
                .tolerationSeconds(seconds)
                .build();
    }

    // ---- back-off ----

    @Test
    void failedPodsStayLongerEachTime() {
        var failed = new FailedPods();
        var now = DaemonSets.NOW;
        for (long expected : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900}) {
            assertThat(failed.left("set", "a", now)).isEmpty();
            failed.replaced("set", "a", now);
            assertThat(failed.left("set", "a", now)).contains(Duration.ofSeconds(expected));
            now = now.plusSeconds(expected);
        }
        now = now.plus(Duration.ofMinutes(30)).plusMillis(1);
        failed.replaced("set", "a", now);
        assertThat(failed.left("set", "a", now)).as("long forgotten").contains(Duration.ofSeconds(1));
        failed.forget("set");
        assertThat(failed.left("set", "a", now)).isEmpty();
    }

    // ---- what always holds ----

    static LongStream seeds() {
        return LongStream.range(0, 2_000);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverTakesMoreNodesOutOfServiceThanAllowed(long seed) {
        var random = new SplittableRandom(seed);
        int maxUnavailable = random.nextInt(3);
        boolean surges = maxUnavailable == 0;
        var pods = new StringBuilder();
        for (char node = 'a'; node < 'g'; node++) {
            for (int i = random.nextInt(5) == 0 ? 2 : random.nextInt(6) == 0 ? 0 : 1; i > 0; i--) {
                pods.append(node)
                        .append(':')
                        .append("on".charAt(random.nextInt(2)))
                        .append("AAAARUTFS".charAt(random.nextInt(9)))
                        .append(' ');
            }
        }
        DaemonSet set = set(Integer.toString(maxUnavailable), surges ? "2" : "0");
        DaemonSetState state = state(set, "aW bW cW dW eW fW", pods.toString());

        DaemonSetPlan plan = DaemonSetPlan.update(state);

        String as = "seed " + seed + ": " + pods + ": " + DaemonSets.text(plan);
        var gone = new HashSet<>(plan.delete());
        int down = 0;
        int taken = 0;
        for (String node : state.places().keySet()) {
            boolean was = state.podsOf(node).stream().anyMatch(pod -> isUp(state, pod));
            boolean is = state.podsOf(node).stream().anyMatch(pod -> isUp(state, pod) && !gone.contains(pod));
            taken += was && !is ? 1 : 0;
            down += is ? 0 : 1;
        }
        assertThat(plan.create()).as(as).doesNotHaveDuplicates();
        assertThat(plan.delete())
                .as(as)
                .doesNotHaveDuplicates()
                .noneMatch(pod -> pod.metadata().isTerminating());
        if (surges) {
            assertThat(taken).as(as).isZero();
        } else if (taken > 0) {
            assertThat(plan.create()).as(as).isEmpty();
            assertThat(down).as(as).isLessThanOrEqualTo(maxUnavailable);
        }
    }

    private static boolean isUp(DaemonSetState state, Pod pod) {
        return state.isAvailable(pod) && !pod.metadata().isTerminating();
    }
}
