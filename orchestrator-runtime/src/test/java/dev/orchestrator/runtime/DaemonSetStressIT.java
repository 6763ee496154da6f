package dev.orchestrator.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

import dev.orchestrator.api.DaemonSetHandle;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.OrchestratorOptions;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.autoscaling.AutoscalingOptions;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.DaemonSetBuilder;
import dev.orchestrator.api.model.apps.DaemonSetSpecBuilder;
import dev.orchestrator.api.model.apps.DaemonSetUpdateStrategy;
import dev.orchestrator.api.model.apps.RollingUpdateDaemonSet;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.scheduling.SchedulerPlugins;
import dev.orchestrator.memory.ContainerScript;
import dev.orchestrator.memory.InMemoryDriver;
import dev.orchestrator.runtime.handle.ClusterView;
import dev.orchestrator.runtime.store.StoreEvent;
import dev.orchestrator.runtime.store.WatchListener;
import dev.orchestrator.runtime.store.WatchQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.orchestrator.api.draft.Drafts.daemonSet;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Users edit a daemon set and its nodes and pods are killed at any moment; what is promised is checked at every
 * revision. A run can be repeated with its seed.
 */
class DaemonSetStressIT {

    private static final int STEPS = 40;

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("orchestrator.seeds", 20));
    }

    private final ManualClock clock = new ManualClock();
    private final Witness witness = new Witness();
    private final InMemoryDriver driver = InMemoryDriver.builder()
            .node("a", node -> node.label("agent", "yes"))
            .node("b", node -> node.label("agent", "yes"))
            .node("c", node -> node.label("agent", "yes"))
            .node("d", node -> node.label("agent", "yes"))
            .image("agent:1", ContainerScript.runs().startDelay(Duration.ofSeconds(4)))
            .image("agent:2", ContainerScript.runs().startDelay(Duration.ofSeconds(1)))
            .image("agent:3", ContainerScript.runs().startDelay(Duration.ofSeconds(9)))
            .missingImage("agent:broken")
            .build();

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noMoreNodesAreWithoutAPodThanAllowed(long seed) throws Exception {
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
            context.store()
                    .watch(WatchQuery.of(ResourceTypes.POD, ResourceTypes.NODE, ResourceTypes.DAEMON_SET), witness);
            cluster.apply(daemonSet("agent")
                    .nodeSelector("agent", "yes")
                    .minReady(Duration.ofSeconds(random.nextInt(3)))
                    .container("app", c -> c.image("agent:1")));
            for (int i = 0; i < STEPS; i++) {
                act(cluster, random);
                clock.advance(Duration.ofMillis(random.nextInt(8_000)));
            }
            DaemonSetHandle agent = cluster.daemonSets().named("agent");
            agent.setImage("app", "agent:2");
            clock.advance(Duration.ofMinutes(30));

            assertThat(witness.problems).as("seed %d", seed).isEmpty();
            assertThat(agent.get().isComplete())
                    .as("seed %d: %s", seed, agent.get().status())
                    .isTrue();
            assertThat(cluster.pods().count())
                    .as("seed %d", seed)
                    .isEqualTo(agent.get().status().desiredNumberScheduled());
        }
    }

    private void act(ClusterView cluster, SplittableRandom random) {
        DaemonSetHandle agent = cluster.daemonSets().named("agent");
        var node = cluster.nodes().named("abcd".substring(random.nextInt(4)).substring(0, 1));
        switch (random.nextInt(9)) {
            case 0 -> agent.setImage("app", "agent:" + (1 + random.nextInt(3)));
            case 1 -> agent.setImage("app", "agent:broken");
            case 2 -> strategy(agent, random.nextBoolean(), 1 + random.nextInt(2));
            case 3 -> agent.restartRollout();
            case 4 -> node.label("agent", random.nextBoolean() ? "yes" : "no");
            case 5 -> node.cordon();
            case 6 -> node.uncordon();
            case 7 -> delete(cluster, random);
            default -> kill(cluster, random);
        }
    }

    private static void strategy(DaemonSetHandle agent, boolean surges, int count) {
        var rolling =
                new RollingUpdateDaemonSet(IntOrString.of(surges ? count : 0), IntOrString.of(surges ? 0 : count));
        agent.edit(set -> DaemonSetBuilder.builder(set)
                .spec(DaemonSetSpecBuilder.builder(set.spec())
                        .updateStrategy(new DaemonSetUpdateStrategy(rolling, "RollingUpdate"))
                        .build())
                .build());
    }

    private void delete(ClusterView cluster, SplittableRandom random) {
        List<Pod> pods = cluster.pods().list();
        if (!pods.isEmpty()) {
            Pod pod = pods.get(random.nextInt(pods.size()));
            witness.deletedByUser.add(pod.metadata().uidOrEmpty());
            cluster.pods().named(pod.metadata().nameOrEmpty()).delete();
        }
    }

    private void kill(ClusterView cluster, SplittableRandom random) {
        List<Pod> running = cluster.pods().list().stream().filter(Pod::isReady).toList();
        if (!running.isEmpty()) {
            Pod pod = running.get(random.nextInt(running.size()));
            try {
                driver.container(pod.metadata().nameOrEmpty(), "app").kill();
            } catch (IllegalArgumentException ended) {
                // It has just ended by itself.
            }
        }
    }

    /** Looks at every revision. */
    private final class Witness implements WatchListener {

        final List<String> problems = new ArrayList<>();
        final Set<String> deletedByUser = ConcurrentHashMap.newKeySet();
        private final Map<String, Pod> pods = new HashMap<>();
        private final Map<String, Node> nodes = new HashMap<>();
        private @Nullable DaemonSet set;

        @Override
        public void onEvent(StoreEvent event) {
            String name = event.object().metadata().nameOrEmpty();
            boolean isGone = event.kind() == StoreEvent.Kind.DELETED;
            if (event.object() instanceof DaemonSet changed) {
                set = changed;
            } else if (event.object() instanceof Node node) {
                nodes.put(name, node);
            } else if (event.object() instanceof Pod pod) {
                Pod before = isGone ? pods.remove(name) : pods.put(name, pod);
                DaemonSet wanted = set;
                boolean ends = (isGone || pod.metadata().isTerminating())
                        && !deletedByUser.contains(pod.metadata().uidOrEmpty());
                if (ends
                        && wanted != null
                        && before != null
                        && !before.metadata().isTerminating()) {
                    ended(wanted, before, event.revision());
                }
            }
        }

        private boolean isWanted(String node) {
            Node known = nodes.get(node);
            return known != null && "yes".equals(known.metadata().labels().get("agent"));
        }

        private boolean isUp(DaemonSet wanted, Pod pod) {
            return !pod.metadata().isTerminating()
                    && pod.isAvailable(Duration.ofSeconds(wanted.spec().minReadySeconds()), clock.instant());
        }

        private boolean isServed(DaemonSet wanted, String node) {
            return pods.values().stream().anyMatch(pod -> node.equals(pod.spec().nodeName()) && isUp(wanted, pod));
        }

        private boolean hasOlder(String node, Pod than) {
            Instant created = Objects.requireNonNull(than.metadata().creationTimestamp());
            return pods.values().stream()
                    .filter(pod -> node.equals(pod.spec().nodeName())
                            && !pod.metadata().isTerminating())
                    .anyMatch(pod -> !created.isBefore(
                            Objects.requireNonNull(pod.metadata().creationTimestamp())));
        }

        private void ended(DaemonSet wanted, Pod before, long revision) {
            String node = before.spec().nodeName();
            if (node == null || !isWanted(node) || !isUp(wanted, before) || isServed(wanted, node)) {
                return;
            }
            if (hasOlder(node, before)) {
                // Without a surge the oldest of several stays, whatever its state.
                return;
            }
            long down = nodes.keySet().stream()
                    .filter(each -> isWanted(each) && !isServed(wanted, each))
                    .count();
            var rolling = wanted.spec().updateStrategy().rollingUpdate();
            IntOrString most = rolling == null ? null : rolling.maxUnavailable();
            int allowed = most == null ? 1 : most.scaledUp(nodes.size());
            if (down > allowed) {
                problems.add("revision " + revision + ": " + node + " lost its pod, and " + down + " are without");
            }
        }
    }
}
