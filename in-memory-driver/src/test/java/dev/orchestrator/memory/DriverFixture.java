package dev.orchestrator.memory;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.ContainerPortBuilder;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerSpec;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.ContainerState.Phase;
import dev.orchestrator.spi.ImagePull;
import dev.orchestrator.spi.LogLine;
import dev.orchestrator.spi.LogQuery;
import dev.orchestrator.spi.SandboxId;
import dev.orchestrator.spi.SandboxSpec;
import dev.orchestrator.spi.SandboxState;

import static org.assertj.core.api.Assertions.assertThat;

/** A started driver and the shortest way to run something on it. */
final class DriverFixture implements AutoCloseable {

    final InMemoryDriver driver;
    final TestContext context;

    DriverFixture(InMemoryDriver driver, TimeSource time) throws InterruptedException {
        this.driver = driver;
        this.context = new TestContext(time);
        driver.start(context);
    }

    SandboxState sandbox(String pod, int... ports) throws InterruptedException {
        return driver.runSandbox(sandboxSpec(pod, "node-1", ports));
    }

    static SandboxSpec sandboxSpec(String pod, String node, int... ports) {
        return new SandboxSpec(
                node, "default", pod, "uid-" + pod, 0, pod, Map.of(), Map.of(), List.of(), podSpec("app", ports));
    }

    private static PodSpec podSpec(String container, int... ports) {
        var declared = java.util.Arrays.stream(ports)
                .mapToObj(port ->
                        ContainerPortBuilder.builder().containerPort(port).build())
                .toList();
        return PodSpecBuilder.builder()
                .containers(List.of(ContainerBuilder.builder()
                        .name(container)
                        .ports(declared)
                        .build()))
                .build();
    }

    static ContainerSpec spec(String image) {
        return spec("app", image, 0, List.of());
    }

    static ContainerSpec spec(String name, String image, int attempt, List<ContainerSpec.MountSpec> mounts) {
        return new ContainerSpec(
                name,
                attempt,
                image,
                List.of(),
                List.of("--verbose"),
                "/work",
                Map.of("COLOUR", "blue"),
                mounts,
                ResourceRequirements.EMPTY,
                null,
                false,
                true,
                true,
                "/dev/termination-log",
                null);
    }

    ContainerId create(SandboxId sandbox, ContainerSpec spec) throws InterruptedException {
        String node = driver.sandbox(sandbox).orElseThrow().node();
        driver.pullImage(new ImagePull(node, spec.image(), List.of(), progress -> {}));
        return driver.createContainer(sandbox, spec);
    }

    ContainerId start(SandboxId sandbox, ContainerSpec spec) throws InterruptedException {
        ContainerId id = create(sandbox, spec);
        driver.startContainer(id);
        return id;
    }

    /** Runs a program or a script as the only container of a pod. */
    ContainerId run(String pod, ContainerProgram program, int... ports) throws InterruptedException {
        String image = "test/" + pod + ":1";
        driver.image(image, program);
        return start(sandbox(pod, ports).id(), spec(image));
    }

    ContainerState state(ContainerId id) throws InterruptedException {
        return driver.container(id).orElseThrow();
    }

    /** Waits for the end of a container: its log ends with it. */
    ContainerState ended(ContainerId id) throws InterruptedException {
        follow(id, line -> {});
        var state = state(id);
        assertThat(state.phase()).isEqualTo(Phase.EXITED);
        return state;
    }

    void follow(ContainerId id, Consumer<LogLine> consumer) throws InterruptedException {
        try (var log = driver.logs(id, new LogQuery(true, -1, null))) {
            for (LogLine line = log.next(); line != null; line = log.next()) {
                consumer.accept(line);
            }
        }
    }

    /** Waits for a line in the log. */
    void awaitLine(ContainerId id, String text) throws InterruptedException {
        try (var log = driver.logs(id, new LogQuery(true, -1, null))) {
            for (LogLine line = log.next(); line != null; line = log.next()) {
                if (line.text().contains(text)) {
                    return;
                }
            }
        }
        throw new AssertionError("container " + id + " ended without writing " + text);
    }

    List<String> log(ContainerId id) throws InterruptedException {
        var lines = new java.util.ArrayList<String>();
        try (var log = driver.logs(id, LogQuery.all())) {
            for (LogLine line = log.next(); line != null; line = log.next()) {
                lines.add(line.text());
            }
        }
        return lines;
    }

    @Override
    public void close() {
        driver.close();
    }
}
