package dev.orchestrator.runtime.controller.statefulset;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import dev.orchestrator.api.model.apps.StatefulSetUpdateStrategy;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.PersistentVolumeClaimBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.orchestrator.runtime.controller.statefulset.Sets.rolling;
import static dev.orchestrator.runtime.controller.statefulset.Sets.set;
import static dev.orchestrator.runtime.controller.statefulset.Sets.startingAt;
import static dev.orchestrator.runtime.controller.statefulset.Sets.state;
import static dev.orchestrator.runtime.controller.statefulset.Sets.with;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

class StatefulSetPlanTest {

    private static final String ORDERED = "OrderedReady";
    private static final String PARALLEL = "Parallel";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            the first comes alone                        | 3 | ''                  | +0n
            the second waits for the first               | 3 | 0nU                 | ''
            the second waits until the first is available | 3 | 0nR                | ''
            the second comes                             | 3 | 0nA                 | +1n
            a gap is filled before the rest goes on      | 3 | 0nA 2nA             | +1n
            a terminating pod is waited for              | 3 | 0nT 1nA             | ''
            a failed pod is deleted                      | 3 | 0nA 1nF 2nA         | -1
            a succeeded pod is deleted                   | 3 | 0nA 1nS 2nA         | -1
            the highest goes first                       | 1 | 0nA 1nA 2nA         | -2
            the next waits for the last to end           | 1 | 0nA 1nA 2nT         | ''
            none goes while a wanted one is not well     | 1 | 0nU 1nA 2nA         | ''
            the only unwell one may go                   | 1 | 0nA 1nA 2nU         | -2
            one waits for a lower one that is not well   | 1 | 0nA 1nU 2nA         | -2
            two unwell ones wait for the lower           | 1 | 0nA 1nU 2nU         | ''
            scaled to nothing                            | 0 | 0nA                 | -0
            all is well                                  | 2 | 0nA 1nA             | ''
            names of others do not count                 | 1 | 0nA                 | ''
            the highest old one is replaced              | 3 | 0oA 1oA 2oA         | -2
            the next waits for the new one               | 3 | 0oA 1oA 2nU         | ''
            the next waits until it is available         | 3 | 0oA 1oA 2nR         | ''
            the next is replaced                         | 3 | 0oA 1oA 2nA         | -1
            a broken old one blocks, as documented       | 3 | 0oA 1oU 2oA         | ''
            scaling comes before updating                | 2 | 0oA 1oA 2oA         | -2
            """)
    void keepsOrder(String scenario, int replicas, String pods, String steps) {
        assertThat(Sets.text(StatefulSetPlan.of(state(set(replicas, ORDERED), pods))))
                .as(scenario)
                .isEqualTo(steps);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            all come at once                             | 3 | 1 | ''              | +0n +1n +2n
            all that miss come                           | 4 | 1 | 1nU             | +0n +2n +3n
            failed ones are deleted                      | 2 | 1 | 0nF 1nS         | -0 -1
            all that are too many go at once             | 1 | 1 | 0nU 1nA 2nT 3nU | -3 -1
            one at a time is updated                     | 3 | 1 | 0oA 1oA 2oA     | -2
            two may be out of service                    | 4 | 2 | 0oA 1oA 2oA 3oA | -3 -2
            one already is                               | 4 | 2 | 0oA 1oA 2oA 3nU | -2
            one is on its way out                        | 4 | 2 | 0oA 1oA 2oA 3oT | -2
            two already are                              | 4 | 2 | 0oA 1oA 2nU 3nR | ''
            a broken old one costs nothing               | 3 | 1 | 0oA 1oU 2oA     | -1
            but waits for the new one on its way         | 3 | 1 | 0oU 1oA 2nU     | ''
            a missing one counts                         | 3 | 1 | 0oA 1oA         | +2n
            a half is rounded down                       | 5 | 50% | 0oA 1oA 2oA 3oA 4oA | -4 -3
            and is never nothing                         | 3 | 10% | 0oA 1oA 2oA     | -2
            """)
    void goesInParallel(String scenario, int replicas, String maxUnavailable, String pods, String steps) {
        StatefulSet set = with(set(replicas, PARALLEL), spec -> spec.updateStrategy(rolling(0, maxUnavailable)));

        assertThat(Sets.text(StatefulSetPlan.of(state(set, pods)))).as(scenario).isEqualTo(steps);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            above the partition pods are updated         | 3 | 0 | 2 | 0oA 1oA 2oA | -2
            below it they stay                           | 3 | 0 | 2 | 0oA 1oA 2nA | ''
            below it they are made old                   | 3 | 0 | 2 | 0oA         | +1o
            above it they are made new                   | 3 | 0 | 2 | 0oA 1oA     | +2n
            the partition counts from the first ordinal  | 3 | 5 | 2 | 5oA 6oA     | +7n
            so do the replicas                           | 2 | 5 | 0 | 4oA 5nA 6nA | -4
            the start has moved up                       | 2 | 1 | 0 | 0nA 1nA     | +2n
            """)
    void respectsPartitionAndStart(String scenario, int replicas, int start, int partition, String pods, String steps) {
        StatefulSet set =
                startingAt(with(set(replicas, ORDERED), spec -> spec.updateStrategy(rolling(partition, "1"))), start);

        assertThat(Sets.text(StatefulSetPlan.of(state(set, pods)))).as(scenario).isEqualTo(steps);
    }

    @Test
    void leavesUpdatesToTheUserOnDelete() {
        StatefulSet set =
                with(set(2, ORDERED), spec -> spec.updateStrategy(new StatefulSetUpdateStrategy(null, "OnDelete")));

        assertThat(StatefulSetPlan.of(state(set, "0oA 1oA"))).isEmpty();
        assertThat(Sets.text(StatefulSetPlan.of(state(set, "0oA")))).isEqualTo("+1n");
    }

    @Test
    void doesNothingForASetThatIsBeingDeleted() {
        StatefulSet set = set(3, ORDERED);
        StatefulSet going = set.withMetadata(ObjectMetaBuilder.builder(set.metadata())
                .deletionTimestamp(Sets.NOW)
                .build());

        assertThat(StatefulSetPlan.of(state(going, "0oA"))).isEmpty();
    }

    @Test
    void mendsTheLabelsOfAnAdoptedPod() {
        StatefulSet set = set(1, ORDERED);
        Pod adopted = Sets.pods(set, "0nA").getFirst();
        Pod bare = adopted.withMetadata(ObjectMetaBuilder.builder(adopted.metadata())
                .labels(Map.of("app", "web", "controller-revision-hash", "web-new"))
                .build());
        var state = new StatefulSetState(set, Sets.OLD, Sets.NEW, List.of(bare), Map.of(), Sets.NOW);

        assertThat(Sets.text(StatefulSetPlan.of(state))).isEqualTo("mend0");
        assertThat(PodIdentity.mended(set, bare, 0)).isEqualTo(adopted);
    }

    // ---- claims ----

    private static PersistentVolumeClaim claim(String name, OwnerReference... owners) {
        return PersistentVolumeClaimBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .namespace("default")
                        .ownerReferences(List.of(owners))
                        .build())
                .build();
    }

    private static StatefulSet withClaims(int replicas, String whenDeleted, String whenScaled) {
        return with(
                set(replicas, ORDERED),
                spec -> spec.volumeClaimTemplates(List.of(claim("data")))
                        .persistentVolumeClaimRetentionPolicy(
                                new StatefulSetPersistentVolumeClaimRetentionPolicy(whenDeleted, whenScaled)));
    }

    private static OwnerReference owner(String apiVersion, String kind, String name, String uid) {
        return new OwnerReference(apiVersion, true, true, kind, name, uid);
    }

    private static final OwnerReference BY_SET = owner("apps/v1", "StatefulSet", "web", "set");
    private static final OwnerReference BY_POD = owner("v1", "Pod", "web-1", "pod1");

    /** Pod 1 and its claim, while it is wanted and when it is not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Retain | Retain | -   | -
            Delete | Retain | set | set
            Retain | Delete | -   | pod
            Delete | Delete | set | pod
            """)
    void givesClaimsTheOwnersThatThePolicyWants(
            String whenDeleted, String whenScaled, String whileWanted, String otherwise) {
        StatefulSet set = withClaims(2, whenDeleted, whenScaled);
        Pod pod = Sets.pods(set, "1nA").getFirst();
        for (PersistentVolumeClaim claim :
                List.of(claim("data-web-1"), claim("data-web-1", BY_SET), claim("data-web-1", BY_POD))) {
            assertThat(ClaimRetention.owners(set, pod, true, claim)).isEqualTo(owners(whileWanted));
            assertThat(ClaimRetention.owners(set, pod, false, claim)).isEqualTo(owners(otherwise));
        }
        var stranger = owner("v1", "ConfigMap", "keeper", "x");
        assertThat(ClaimRetention.owners(set, pod, true, claim("data-web-1", stranger)))
                .as("somebody else's claim stays somebody else's")
                .containsExactly(stranger);
    }

    private static List<OwnerReference> owners(String who) {
        return switch (who) {
            case "set" -> List.of(BY_SET);
            case "pod" -> List.of(BY_POD);
            default -> List.of();
        };
    }

    @Test
    void waitsUntilTheClaimOfAnEarlierPodIsGone() {
        StatefulSet set = withClaims(2, "Retain", "Delete");
        var stale = claim("data-web-1", owner("v1", "Pod", "web-1", "earlier"));

        assertThat(StatefulSetPlan.of(state(set, "0nA", claim("data-web-0"), stale)))
                .isEmpty();
        assertThat(Sets.text(StatefulSetPlan.of(state(set, "0nA", claim("data-web-0")))))
                .isEqualTo("+1n");
    }

    @Test
    void handsTheClaimsOfAPodThatGoesToThePod() {
        StatefulSet set = withClaims(1, "Retain", "Delete");

        assertThat(Sets.text(StatefulSetPlan.of(state(set, "0nA 1nA", claim("data-web-0"), claim("data-web-1")))))
                .isEqualTo("retain1 -1");
    }

    @Test
    void makesTheClaimsThatAPendingPodMisses() {
        StatefulSet set = withClaims(1, "Retain", "Retain");

        assertThat(Sets.text(StatefulSetPlan.of(state(set, "0nP")))).isEqualTo("claims0");
    }

    @Test
    void mountsTheClaimsOfItsOrdinal() {
        StatefulSet set = withClaims(1, "Retain", "Retain");
        Pod pod = PodIdentity.pod(set, Sets.NEW, 7);

        assertThat(pod.spec().volumes()).singleElement().satisfies(volume -> {
            assertThat(volume.name()).isEqualTo("data");
            assertThat(requireNonNull(volume.persistentVolumeClaim()).claimName())
                    .isEqualTo("data-web-7");
        });
        assertThat(pod.spec().hostname()).isEqualTo("web-7");
        assertThat(pod.spec().subdomain()).isEqualTo("web");
        assertThat(PodIdentity.claims(set, 7).getFirst().metadata().labels()).containsEntry("app", "web");
    }

    // ---- names ----

    @ParameterizedTest
    @CsvSource({
        "web-0, 0",
        "web-12, 12",
        "web-01, -1",
        "web-, -1",
        "web, -1",
        "other-1, -1",
        "web-x, -1",
        "web-99999999999, -1",
        "web-2147483648, -1"
    })
    void knowsItsPodsByTheirNames(String name, int ordinal) {
        Pod pod = Sets.pods(set(1, ORDERED), "0nA").getFirst();
        Pod named = pod.withMetadata(
                ObjectMetaBuilder.builder(pod.metadata()).name(name).build());

        assertThat(PodIdentity.ordinal(set(1, ORDERED), named).orElse(-1)).isEqualTo(ordinal);
    }

    // ---- what always holds ----

    static LongStream seeds() {
        return LongStream.range(0, 2_000);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neverTakesMoreOutOfServiceThanAllowed(long seed) {
        var random = new SplittableRandom(seed);
        int replicas = random.nextInt(6);
        int maxUnavailable = 1 + random.nextInt(3);
        boolean ordered = random.nextBoolean();
        StatefulSet set = with(
                set(replicas, ordered ? ORDERED : PARALLEL),
                spec -> spec.updateStrategy(rolling(random.nextInt(3), "" + maxUnavailable)));
        var pods = new StringBuilder();
        for (int ordinal = 0; ordinal < 7; ordinal++) {
            if (random.nextInt(5) > 0) {
                pods.append(ordinal)
                        .append("on".charAt(random.nextInt(2)))
                        .append("AAAARUPTFS".charAt(random.nextInt(10)))
                        .append(' ');
            }
        }
        StatefulSetState state = state(set, pods.toString());

        List<Step> steps = StatefulSetPlan.of(state);

        String as = "seed " + seed + ": " + replicas + " of " + pods + ": " + Sets.text(steps);
        var touched = new HashSet<String>();
        int taken = 0;
        int down = replicas;
        for (Pod pod : state.pods()) {
            int ordinal = PodIdentity.ordinal(set, pod).orElseThrow();
            down -= ordinal < replicas && state.isHealthy(pod) ? 1 : 0;
        }
        for (Step step : steps) {
            switch (step) {
                case Step.CreatePod create -> {
                    int ordinal = create.ordinal();
                    assertThat(touched.add("web-" + ordinal)).as(as).isTrue();
                    assertThat(state.pods())
                            .as(as)
                            .noneMatch(pod -> PodIdentity.ordinal(set, pod).orElseThrow() == ordinal);
                    assertThat(ordinal).as(as).isLessThan(replicas);
                }
                case Step.DeletePod(Pod pod) -> {
                    assertThat(touched.add(pod.metadata().nameOrEmpty())).as(as).isTrue();
                    assertThat(pod.metadata().isTerminating()).as(as).isFalse();
                    boolean isWanted = PodIdentity.ordinal(set, pod).orElseThrow() < replicas;
                    taken += isWanted && state.isHealthy(pod) ? 1 : 0;
                }
                default -> assertThat(step).as(as).isInstanceOf(Step.Mend.class);
            }
        }
        if (taken > 0) {
            assertThat(down + taken).as(as).isLessThanOrEqualTo(maxUnavailable);
        }
        if (ordered && maxUnavailable == 1) {
            assertThat(steps).as(as).hasSizeLessThanOrEqualTo(1);
        }
    }
}
