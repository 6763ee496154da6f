package dev.orchestrator.runtime.controller;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentStrategy;
import dev.orchestrator.api.model.apps.RollingUpdateDeployment;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.store.StoreEvent;
import dev.orchestrator.runtime.store.WatchCursor;
import dev.orchestrator.runtime.store.WatchQuery;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.orchestrator.runtime.controller.ControlPlane.deployment;
import static dev.orchestrator.runtime.controller.ControlPlane.template;
import static org.assertj.core.api.Assertions.assertThat;

/** Reads every revision of a deployment's life and holds each against the promise of a rolling update. */
class RolloutPromiseStoryTest {

    private static final int STEPS = 40;

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void holdsAtEveryRevision(long seed) throws InterruptedException {
        try (var cluster = new ControlPlane();
                var witness = new Witness(cluster, seed)) {
            var random = new SplittableRandom(seed);
            cluster.create(deployment(1 + random.nextInt(10), 1, 1));
            for (int step = 0; step < STEPS; step++) {
                disturb(cluster, random);
                cluster.settle();
                witness.checkAll();
            }
            cluster.editSpec(spec -> spec.paused(false));
            cluster.finishRollout();
            witness.checkAll();
            assertThat(cluster.web().isComplete()).as("seed %d ends", seed).isTrue();
        }
    }

    private static void disturb(ControlPlane cluster, SplittableRandom random) throws InterruptedException {
        List<Pod> pods = cluster.pods().stream().filter(Pod::isActive).toList();
        switch (random.nextInt(12)) {
            case 0 -> cluster.editSpec(spec -> spec.replicas(random.nextInt(13)));
            case 1, 2 -> {
                String image = "app:" + random.nextInt(4);
                cluster.editSpec(spec -> spec.template(template(image)));
            }
            case 3 -> cluster.editSpec(spec -> spec.strategy(strategy(random.nextInt(4), random.nextInt(4))));
            case 4 -> cluster.editSpec(spec -> spec.paused(!cluster.spec().paused()));
            case 5 -> pick(pods, random, pod -> cluster.end(pod, "Failed"));
            case 6 -> pick(pods, random, cluster::delete);
            case 7 -> pick(pods, random, pod -> cluster.ready(pod, false));
            case 8 -> cluster.advance(Duration.ofSeconds(random.nextInt(100)));
            default -> {
                for (Pod pod : pods) {
                    if (random.nextBoolean()) {
                        cluster.readyIfThere(pod);
                    }
                }
            }
        }
    }

    private static DeploymentStrategy strategy(int maxSurge, int maxUnavailable) {
        return new DeploymentStrategy(
                new RollingUpdateDeployment(IntOrString.of(maxSurge), IntOrString.of(maxUnavailable)), "RollingUpdate");
    }

    private interface Deed {
        void to(Pod pod);
    }

    private static void pick(List<Pod> pods, SplittableRandom random, Deed deed) {
        if (!pods.isEmpty()) {
            deed.to(pods.get(random.nextInt(pods.size())));
        }
    }

    /** Follows the store revision by revision. */
    private static final class Witness implements AutoCloseable {

        private final ControlPlane cluster;
        private final long seed;
        private final WatchCursor cursor;
        private final Map<String, Pod> active = new HashMap<>();
        private int mostAllowed;
        private int leastAllowed;
        private int most;
        private int least;

        Witness(ControlPlane cluster, long seed) {
            this.cluster = cluster;
            this.seed = seed;
            this.cursor = cluster.store.watch(WatchQuery.of());
        }

        /** Everything is settled: what was allowed before the last edit is no longer, if it has been used up. */
        void checkAll() {
            for (StoreEvent event = cursor.poll(); event != null; event = cursor.poll()) {
                check(event);
            }
            int wanted = cluster.store.list(ResourceTypes.REPLICA_SET).stream()
                    .mapToInt(set -> set.desiredReplicas())
                    .sum();
            if (wanted <= most) {
                mostAllowed = most;
            }
            leastAllowed = least;
        }

        private void check(StoreEvent event) {
            if (event.object() instanceof Deployment web) {
                edited(web);
            } else if (event.object() instanceof Pod pod) {
                changed(pod, event.kind() == StoreEvent.Kind.DELETED, event.revision());
            }
        }

        private void edited(Deployment web) {
            int replicas = web.desiredReplicas();
            RollingUpdateDeployment rolling = web.spec().strategy().rollingUpdate();
            int surge = rolling == null || rolling.maxSurge() == null
                    ? 0
                    : rolling.maxSurge().number();
            int unavailable = rolling == null || rolling.maxUnavailable() == null
                    ? 0
                    : rolling.maxUnavailable().number();
            most = replicas + surge;
            least = Math.max(0, replicas - (surge == 0 && unavailable == 0 ? 1 : unavailable));
            mostAllowed = Math.max(mostAllowed, most);
            leastAllowed = Math.min(leastAllowed, least);
        }

        private void changed(Pod pod, boolean gone, long revision) {
            String uid = pod.metadata().uidOrEmpty();
            Pod before = active.get(uid);
            if (gone || !pod.isActive()) {
                active.remove(uid);
                boolean byController = before != null && before.isReady() && !pod.isFinished();
                if (byController && !cluster.wasKilled(uid)) {
                    assertThat(available())
                            .as("seed %d, revision %d: available pods", seed, revision)
                            .isGreaterThanOrEqualTo(leastAllowed);
                }
                return;
            }
            active.put(uid, pod);
            if (before == null) {
                assertThat(active.size())
                        .as("seed %d, revision %d: pods", seed, revision)
                        .isLessThanOrEqualTo(mostAllowed);
            }
        }

        private int available() {
            return (int) active.values().stream().filter(Pod::isReady).count();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
