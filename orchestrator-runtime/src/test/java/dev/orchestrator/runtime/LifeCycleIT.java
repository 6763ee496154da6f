package dev.orchestrator.runtime;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.memory.HttpReply;
import dev.orchestrator.memory.InMemoryDriver;
import dev.orchestrator.memory.Operation;
import dev.orchestrator.runtime.network.proxy.OpenSockets;
import dev.orchestrator.spi.ContainerDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.httpGet;
import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Orchestrators come and go, also several at once and in the middle of things, and leave nothing behind. */
@Timeout(300)
class LifeCycleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int AT_ONCE = 8;
    private static final int IN_A_ROW = 100;

    private static InMemoryDriver driver() {
        return new InMemoryDriver().image("web", container -> {
            container.serveHttp(8080, call -> HttpReply.ok(container.image()));
            return container.awaitStop();
        });
    }

    private static void deploy(Orchestrator cluster, String name, int replicas) {
        cluster.apply(
                deployment(name)
                        .replicas(replicas)
                        .container(
                                "web",
                                c -> c.image("web:1")
                                        .port(8080)
                                        .readinessProbe(httpGet("/").port(8080).every(Duration.ofMillis(50)))),
                service(name).selector("app", name).port(80, 8080));
    }

    @Test
    void manyAtOnceDoNotSeeEachOther() throws Exception {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> owners = new ArrayList<>();
        for (int number = 1; number <= AT_ONCE; number++) {
            int replicas = number;
            owners.add(Thread.ofPlatform().start(() -> {
                try (Orchestrator cluster = Orchestrator.start(driver())) {
                    deploy(cluster, "web", replicas);
                    cluster.deployments()
                            .named("web")
                            .awaitAvailable(PATIENCE)
                            .setImage("web", "web:2")
                            .awaitRollout(PATIENCE);
                    assertThat(cluster.deployments().named("web").pods().stream()
                                    .filter(one -> one.isActive())
                                    .count())
                            .isEqualTo(replicas);
                } catch (Exception | AssertionError e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread owner : owners) {
            owner.join();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void leavesNoThreadSocketOrFileHoweverOftenAndWheneverItCloses() throws Exception {
        openAndClose(0);
        Set<Thread> threads = Thread.getAllStackTraces().keySet();
        long sockets = OpenSockets.count();
        long files = temporaryFiles();
        for (int i = 0; i < IN_A_ROW; i++) {
            openAndClose(i);
        }

        assertThat(OpenSockets.count()).as("sockets").isLessThanOrEqualTo(sockets);
        assertThat(temporaryFiles()).as("temporary files").isLessThanOrEqualTo(files);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !threads.contains(thread))
                        .map(Thread::getName)
                        // The JDK's own carriers and helpers of virtual threads live on.
                        .filter(name -> !name.startsWith("ForkJoinPool") && !name.startsWith("VirtualThread"))
                        .filter(name -> !name.contains("Unblocker") && !name.contains("Poller")))
                .isEmpty();
    }

    /** Closes in the middle of a start, of a rollout, of a pull, or when all is quiet. */
    private static void openAndClose(int number) throws InterruptedException {
        InMemoryDriver driver = driver();
        if (number % 4 == 3) {
            driver.pullDelay(Duration.ofHours(1));
        }
        try (Orchestrator cluster = Orchestrator.start(driver)) {
            deploy(cluster, "web", 2);
            if (number % 4 < 2) {
                var web = cluster.deployments().named("web").awaitAvailable(PATIENCE);
                driver.container(web.pods().getFirst().metadata().nameOrEmpty(), "web")
                        .path("/data");
                if (number % 4 == 1) {
                    web.setImage("web", "web:2");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"RUN_SANDBOX", "CREATE_CONTAINER", "START_CONTAINER", "INSPECT_IMAGE", "PULL_IMAGE"})
    @Timeout(60)
    void oneHangingDriverCallStopsNeitherOtherPodsNorTheEnd(Operation operation) throws Exception {
        InMemoryDriver driver = driver();
        try (Orchestrator cluster = Orchestrator.start(driver)) {
            driver.faults().on(operation).hang();

            cluster.create(
                    pod("one").container("web", c -> c.image("web:1")),
                    pod("two").container("web", c -> c.image("web:2")));

            awaitOneReady(cluster);
        }
    }

    @Test
    @Timeout(60)
    void aDriverThatNeverClosesDoesNotKeepTheOrchestratorOpen() throws InterruptedException {
        var closing = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        InMemoryDriver inner = driver();
        var stubborn = (ContainerDriver) Proxy.newProxyInstance(
                ContainerDriver.class.getClassLoader(),
                new Class<?>[] {ContainerDriver.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        closing.countDown();
                        never.await();
                    }
                    return call(inner, method, arguments);
                });
        Orchestrator cluster = Orchestrator.builder(stubborn)
                .closeTimeout(Duration.ofMillis(100))
                .start();

        cluster.close();

        assertThat(closing.getCount()).isZero();
        assertThatThrownBy(() -> cluster.pods().list()).isInstanceOf(IllegalStateException.class);
        never.countDown();
    }

    @Test
    @Timeout(60)
    void aDriverServesOneOrchestrator() throws InterruptedException {
        InMemoryDriver driver = driver();
        try (Orchestrator first = Orchestrator.start(driver)) {
            assertThatThrownBy(() -> Orchestrator.start(driver))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("each orchestrator needs a driver of its own");

            first.create(pod("one").container("web", c -> c.image("web:1")));
            first.pods().named("one").awaitReady(PATIENCE);
        }
    }

    private static @Nullable Object call(ContainerDriver driver, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(driver, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static void awaitOneReady(Orchestrator cluster) throws InterruptedException {
        try (var reader = cluster.pods().watch()) {
            var event = reader.next(PATIENCE);
            while (event != null && !event.object().isReady()) {
                event = reader.next(PATIENCE);
            }
            assertThat(event).as("a pod that is ready").isNotNull();
        }
    }

    private static long temporaryFiles() throws IOException {
        try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(file -> String.valueOf(file.getFileName()).startsWith("orchestrator"))
                    .count();
        }
    }
}
