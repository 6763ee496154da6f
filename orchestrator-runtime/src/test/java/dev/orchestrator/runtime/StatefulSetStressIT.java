package dev.orchestrator.runtime;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.OrchestratorOptions;
import dev.orchestrator.api.StatefulSetHandle;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.autoscaling.AutoscalingOptions;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.RollingUpdateStatefulSetStrategy;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.apps.StatefulSetBuilder;
import dev.orchestrator.api.model.apps.StatefulSetOrdinals;
import dev.orchestrator.api.model.apps.StatefulSetSpecBuilder;
import dev.orchestrator.api.model.apps.StatefulSetUpdateStrategy;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.scheduling.SchedulerPlugins;
import dev.orchestrator.memory.InMemoryDriver;
import dev.orchestrator.runtime.handle.ClusterView;
import dev.orchestrator.runtime.store.WatchQuery;
import dev.orchestrator.runtime.stress.OrdinalWitness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.orchestrator.api.draft.Drafts.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Users edit a stateful set and pods are killed at any moment; what is promised is checked at every revision. A run can
 * be repeated with its seed.
 */
class StatefulSetStressIT {

    private static final int STEPS = 40;

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("orchestrator.seeds", 20));
    }

    private final ManualClock clock = new ManualClock();
    private final OrdinalWitness witness = new OrdinalWitness(clock);
    private final InMemoryDriver driver = new InMemoryDriver()
            .image("db:1", witness.program(Duration.ofSeconds(4)))
            .image("db:2", witness.program(Duration.ofSeconds(1)))
            .image("db:3", witness.program(Duration.ofSeconds(9)))
            .missingImage("db:broken");

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void podsComeAndGoInOrderWhateverHappens(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        var options = new OrchestratorOptions(
                driver,
                clock,
                "sets",
                "default",
                AdmissionPlugins.NONE,
                SchedulerPlugins.NONE,
                AutoscalingOptions.STANDARD,
                Duration.ofSeconds(30),
                null);
        try (var parts = new Parts(options, null)) {
            var context = parts.handleContext();
            parts.start();
            var cluster = new ClusterView(context, "default");
            context.store().watch(WatchQuery.of(ResourceTypes.POD, ResourceTypes.STATEFUL_SET), witness);
            String policy = random.nextBoolean() ? "OrderedReady" : "Parallel";
            cluster.apply(statefulSet("db")
                    .replicas(3)
                    .serviceName("db")
                    .minReady(Duration.ofSeconds(random.nextInt(3)))
                    .spec(spec -> spec.podManagementPolicy(policy))
                    .container("app", c -> c.image("db:1").envFromField(OrdinalWitness.POD_UID, "metadata.uid")));
            for (int i = 0; i < STEPS; i++) {
                act(cluster, random);
                clock.advance(Duration.ofMillis(random.nextInt(8_000)));
            }
            repair(cluster);

            assertThat(witness.problems()).as("seed %d", seed).isEmpty();
            StatefulSet set = cluster.statefulSets().named("db").get();
            assertThat(set.isComplete()).as("seed %d: %s", seed, set.status()).isTrue();
            assertThat(cluster.pods().list())
                    .as("seed %d", seed)
                    .extracting(pod -> pod.metadata().nameOrEmpty())
                    .containsExactlyInAnyOrderElementsOf(names(set));
        }
    }

    private static List<String> names(StatefulSet set) {
        return IntStream.range(0, set.desiredReplicas())
                .mapToObj(i -> "db-" + (set.firstOrdinal() + i))
                .toList();
    }

    private void act(ClusterView cluster, SplittableRandom random) {
        StatefulSetHandle db = cluster.statefulSets().named("db");
        switch (random.nextInt(10)) {
            case 0 -> db.scale(random.nextInt(6));
            case 1 -> db.setImage("app", "db:" + (1 + random.nextInt(3)));
            case 2 -> db.setImage("app", "db:broken");
            case 3 -> edit(db, set -> set.ordinals(new StatefulSetOrdinals(random.nextInt(3))));
            case 4 -> strategy(db, random.nextInt(4), 1 + random.nextInt(2));
            case 5 -> db.restartRollout();
            case 6 -> undo(db);
            case 7, 8 -> delete(cluster, random);
            default -> kill(cluster, random);
        }
    }

    private static void undo(StatefulSetHandle db) {
        if (db.rolloutHistory().size() > 1) {
            db.undoRollout();
        }
    }

    private static void edit(StatefulSetHandle db, java.util.function.UnaryOperator<StatefulSetSpecBuilder> change) {
        db.edit(set -> StatefulSetBuilder.builder(set)
                .spec(change.apply(StatefulSetSpecBuilder.builder(set.spec())).build())
                .build());
    }

    private static void strategy(StatefulSetHandle db, int partition, int maxUnavailable) {
        edit(
                db,
                spec -> spec.updateStrategy(new StatefulSetUpdateStrategy(
                        new RollingUpdateStatefulSetStrategy(IntOrString.of(maxUnavailable), partition),
                        "RollingUpdate")));
    }

    /** Never at once: who deletes by force says that the pod has ended, and Kubernetes takes his word for it. */
    private void delete(ClusterView cluster, SplittableRandom random) {
        List<Pod> pods = cluster.pods().list();
        if (!pods.isEmpty()) {
            Pod pod = pods.get(random.nextInt(pods.size()));
            witness.willDelete(pod.metadata().uidOrEmpty());
            cluster.pods().named(pod.metadata().nameOrEmpty()).delete();
        }
    }

    private void kill(ClusterView cluster, SplittableRandom random) {
        List<Pod> running = cluster.pods().list().stream().filter(Pod::isReady).toList();
        if (!running.isEmpty()) {
            String pod = running.get(random.nextInt(running.size())).metadata().nameOrEmpty();
            try {
                driver.container(pod, "app").kill();
            } catch (IllegalArgumentException ended) {
                // It has just ended by itself.
            }
        }
    }

    /** A template that works, everywhere; the pods of one that does not are deleted, as Kubernetes demands. */
    private void repair(ClusterView cluster) throws InterruptedException {
        StatefulSetHandle db = cluster.statefulSets().named("db");
        db.setImage("app", "db:2");
        strategy(db, 0, 1);
        clock.advance(Duration.ofMinutes(10));
        for (int i = 0; i < 10 && !db.get().isComplete(); i++) {
            for (Pod pod : cluster.pods().list()) {
                if (!pod.isReady()) {
                    witness.willDelete(pod.metadata().uidOrEmpty());
                    deleteIfThere(cluster, pod);
                }
            }
            clock.advance(Duration.ofMinutes(5));
        }
    }

    private static void deleteIfThere(ClusterView cluster, Pod pod) {
        try {
            cluster.pods().named(pod.metadata().nameOrEmpty()).delete();
        } catch (ApiException e) {
            if (e.reason() != ApiException.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }
}
