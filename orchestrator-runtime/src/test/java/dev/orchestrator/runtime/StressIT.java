package dev.orchestrator.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.orchestrator.api.OrchestratorOptions;
import dev.orchestrator.api.WatchEvent;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.autoscaling.AutoscalingOptions;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.scheduling.SchedulerPlugins;
import dev.orchestrator.memory.InMemoryDriver;
import dev.orchestrator.runtime.handle.ClusterView;
import dev.orchestrator.runtime.stress.Aftermath;
import dev.orchestrator.runtime.stress.CalmApplication;
import dev.orchestrator.runtime.stress.Lightning;
import dev.orchestrator.runtime.stress.Stage;
import dev.orchestrator.runtime.stress.Storm;
import dev.orchestrator.runtime.stress.Witness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.api.draft.Drafts.namespace;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole system under many threads that use it well and badly, and under a driver that fails, for a minute: what
 * must always be true is checked at every revision, and in the end everything is as it is wanted.
 */
class StressIT {

    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("stress.seconds", 60));
    private static final long SEED = Long.getLong("stress.seed", 20_260_101L);
    private static final int STORMERS = 6;
    private static final int CLIENTS = 2;

    @Test
    @Timeout(600)
    void everyInvariantHoldsAtEveryRevisionOfAStorm() throws Exception {
        InMemoryDriver driver = InMemoryDriver.builder()
                .node("calm-1", node -> node.label("weather", "calm"))
                .node("calm-2", node -> node.label("weather", "calm"))
                .node("stormy-1", node -> node.label("weather", "stormy"))
                .node("stormy-2", node -> node.label("weather", "stormy"))
                .node("stormy-3", node -> node.label("weather", "stormy"))
                .image("calm", CalmApplication.program())
                .image("stormy", CalmApplication.program())
                .missingImage("broken:1")
                .build();
        var plugins = AdmissionPlugins.NONE.validating("moody", review -> {
            var object = review.object();
            if (object != null && object.metadata().labels().containsKey(Storm.POISON)) {
                throw new IllegalStateException("moody");
            }
        });
        var options = new OrchestratorOptions(
                driver,
                null,
                "stress",
                "default",
                plugins,
                SchedulerPlugins.NONE,
                AutoscalingOptions.STANDARD,
                Duration.ofSeconds(30),
                null);
        try (var parts = new Parts(options, null)) {
            var context = parts.handleContext();
            try (var witness = new Witness(context.store())) {
                parts.start();
                var stage = new Stage(
                        new ClusterView(context, "default"), context.store(), driver, witness, new AtomicBoolean());
                try {
                    play(stage);
                } finally {
                    assertThat(witness.problems()).as("seed %d", SEED).isEmpty();
                }
            }
        }
    }

    private static void play(Stage stage) throws Exception {
        stage.cluster().create(namespace(CalmApplication.NAMESPACE), namespace(Storm.NAMESPACE));
        List<CalmApplication> applications = List.of(
                new CalmApplication(stage, "careful", 1),
                new CalmApplication(stage, "bold", 2),
                new CalmApplication(stage, "even", 4));
        applications.get(0).deploy("1", "0");
        applications.get(1).deploy("2", "1");
        applications.get(2).deploy("50%", "25%");
        var readers = List.of(new PodReader(stage), new PodReader(stage));
        var lightning = new Lightning(stage);
        List<Thread> players = players(stage, applications, lightning);

        stage.cluster().time().sleep(LENGTH);
        stage.stop().set(true);
        for (Thread player : players) {
            player.join();
        }
        lightning.end();
        for (CalmApplication application : applications) {
            application.finish();
            assertThat(application.answered()).as("requests").isPositive();
        }
        var aftermath = new Aftermath(stage);
        aftermath.tidyUp();
        aftermath.awaitCalm();
        aftermath.check();
        for (PodReader reader : readers) {
            reader.check();
        }
        assertThat(stage.witness().acknowledgedCount()).isPositive();
    }

    private static List<Thread> players(Stage stage, List<CalmApplication> applications, Lightning lightning) {
        var seeds = new SplittableRandom(SEED);
        List<Thread> players = new ArrayList<>();
        for (CalmApplication application : applications) {
            players.add(stage.player("operator", seeds.nextLong(), application::operate));
            for (int i = 0; i < CLIENTS; i++) {
                players.add(stage.player("client", seeds.nextLong(), application::use));
            }
        }
        for (int i = 0; i < STORMERS; i++) {
            players.add(stage.player("storm", seeds.nextLong(), new Storm(stage)::act));
        }
        players.add(stage.player("lightning", seeds.nextLong(), lightning::strike));
        players.add(stage.player("watcher", seeds.nextLong(), random -> watchBriefly(stage, random)));
        return players;
    }

    /** A watch that its owner closes soon, and whose callback may throw. */
    private static void watchBriefly(Stage stage, SplittableRandom random) throws InterruptedException {
        boolean isThrowing = random.nextBoolean();
        var watch = stage.cluster().pods().inAllNamespaces().watch((WatchEvent<Pod> event) -> {
            if (isThrowing) {
                throw new IllegalStateException("moody");
            }
        });
        try (watch) {
            stage.cluster().time().sleep(Duration.ofMillis(random.nextInt(100)));
        }
    }
}
