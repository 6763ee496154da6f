package dev.orchestrator.runtime.stress;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.memory.InMemoryDriver;
import dev.orchestrator.memory.Operation;
import dev.orchestrator.spi.DriverException.Reason;

/** Faults of the driver, of stormy nodes and inside stormy pods. */
public final class Lightning {

    /** So often that the back-off after it is still short. */
    private static final int KILLS = 2;

    private static final List<Operation> OPERATIONS = List.of(
            Operation.RUN_SANDBOX,
            Operation.STOP_SANDBOX,
            Operation.REMOVE_SANDBOX,
            Operation.LIST_SANDBOXES,
            Operation.CREATE_CONTAINER,
            Operation.START_CONTAINER,
            Operation.STOP_CONTAINER);

    private final Stage stage;
    private final InMemoryDriver driver;
    private final Map<String, Integer> kills = new ConcurrentHashMap<>();

    /** Creates faults that have not struck yet. */
    public Lightning(Stage stage) {
        this.stage = stage;
        this.driver = stage.driver();
    }

    /** Lets something go wrong. */
    public void strike(SplittableRandom random) throws InterruptedException {
        Pod pod = Storm.any(stage.cluster().inNamespace(Storm.NAMESPACE).pods().list(), random);
        try {
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> hit(pod, random);
                case 3, 4 -> fail(pod, random);
                case 5 -> hang(pod, random);
                case 6 -> fell("stormy-" + (1 + random.nextInt(3)), random);
                case 7 -> driver.pullError("stormy:" + random.nextInt(4), Reason.IMAGE_PULL_FAILED, "no route");
                default -> loseEvents(random);
            }
        } catch (IllegalStateException nothingRunsThere) {
            stage.witness().catchUp();
        }
        pause(random);
    }

    private void hit(@org.jspecify.annotations.Nullable Pod pod, SplittableRandom random) {
        if (pod == null || kills.merge(pod.metadata().uidOrEmpty(), 1, Integer::sum) > KILLS) {
            return;
        }
        var container = driver.container(pod.key().toString(), "app");
        switch (random.nextInt(4)) {
            case 0 -> container.kill();
            case 1 -> container.exit(random.nextInt(3));
            case 2 -> container.outOfMemory();
            default -> container.slow(Duration.ofMillis(random.nextInt(300)));
        }
    }

    private void fail(@org.jspecify.annotations.Nullable Pod pod, SplittableRandom random) {
        if (pod != null) {
            driver.faults()
                    .on(OPERATIONS.get(random.nextInt(OPERATIONS.size())))
                    .ofPod(pod.metadata().nameOrEmpty())
                    .times(1 + random.nextInt(3))
                    .fail(Reason.UNAVAILABLE, "no answer");
        }
    }

    private void hang(@org.jspecify.annotations.Nullable Pod pod, SplittableRandom random) {
        if (pod != null) {
            driver.faults()
                    .on(OPERATIONS.get(random.nextInt(OPERATIONS.size())))
                    .ofPod(pod.metadata().nameOrEmpty())
                    .hang();
        }
    }

    private void fell(String node, SplittableRandom random) throws InterruptedException {
        if (random.nextBoolean()) {
            driver.node(node).down();
        } else {
            driver.node(node).partition();
        }
        pause(random);
        driver.node(node).up();
    }

    private void loseEvents(SplittableRandom random) throws InterruptedException {
        driver.faults().loseEvents();
        pause(random);
        driver.faults().reconnectEvents();
    }

    private void pause(SplittableRandom random) throws InterruptedException {
        stage.cluster().time().sleep(Duration.ofMillis(20 + random.nextInt(200)));
    }

    /** Mends everything. */
    public void end() {
        driver.faults().clear();
        driver.faults().reconnectEvents();
        for (int number = 0; number < 4; number++) {
            driver.image("stormy:" + number, CalmApplication.program());
        }
        for (int number = 1; number <= 3; number++) {
            driver.node("stormy-" + number).up();
        }
    }
}
