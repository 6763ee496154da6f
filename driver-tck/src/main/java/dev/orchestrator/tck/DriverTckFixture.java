package dev.orchestrator.tck;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import dev.orchestrator.api.SystemTime;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.ContainerPortBuilder;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.spi.ContainerDriver;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerSpec;
import dev.orchestrator.spi.ContainerSpec.MountSpec;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.DriverState;
import dev.orchestrator.spi.ImagePull;
import dev.orchestrator.spi.LogLine;
import dev.orchestrator.spi.LogQuery;
import dev.orchestrator.spi.SandboxId;
import dev.orchestrator.spi.SandboxSpec;
import dev.orchestrator.spi.SandboxSpec.PublishedPort;
import dev.orchestrator.spi.SandboxState;
import dev.orchestrator.spi.TransportProtocol;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a subclass supplies, a started driver, and the shortest way to run something on it. */
abstract class DriverTckFixture {

    /** The port that the HTTP workload serves. */
    protected static final int HTTP_PORT = 8080;

    static final Duration GRACE = Duration.ofSeconds(10);
    static final SandboxId NO_SANDBOX = new SandboxId("0".repeat(64));
    static final ContainerId NO_CONTAINER = new ContainerId("0".repeat(64));
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private @Nullable SystemTime time;
    private @Nullable ContainerDriver driver;

    // What a subclass supplies

    /** {@return a new driver, not started} */
    protected abstract ContainerDriver newDriver();

    /** {@return what runs until it is asked to stop, and then exits with 0, or 143 if it does not handle the signal} */
    protected abstract Workload runsUntilStopped();

    /** {@return what goes on when it is asked to stop, and writes the line {@code ready} once it does so} */
    protected abstract Workload ignoresStop();

    /** {@return what exits with a code at once} */
    protected abstract Workload exits(int code);

    /** {@return what writes lines to standard output and error, in turn, and then exits with 0} */
    protected abstract Workload writes(String... lines);

    /**
     * {@return what writes a text without a line end to standard output, then the line {@code ready} to standard error,
     * and then runs until it is stopped}
     */
    protected abstract Workload writesPartialLine(String text);

    /** {@return what writes a line ten times a second until it is stopped} */
    protected abstract Workload writesForever(String line);

    /** {@return what copies its standard input to its standard output, and exits with 0 at the end of it} */
    protected abstract Workload copiesInput();

    /** {@return what answers HTTP requests on {@link #HTTP_PORT} with a text until it is stopped} */
    protected abstract Workload servesHttp(String text);

    /**
     * {@return a command that writes what an HTTP server answers to its standard output, or fails; executed in a
     * container of {@link #runsUntilStopped()}, and only for a driver that routes services}
     */
    protected List<String> fetches(String url) {
        throw new UnsupportedOperationException("a driver that routes services says how to fetch " + url);
    }

    /** {@return what copies the file {@code /data/in} to {@code /data/out} and exits with 0} */
    protected abstract Workload copiesFile();

    /** {@return what writes a text to the file {@code /dev/termination-log} and exits with 1} */
    protected abstract Workload writesTerminationMessage(String text);

    /** {@return what can be created but not started} */
    protected abstract Workload canNotStart();

    /** {@return an image that can be pulled as often as one likes; that of {@link #runsUntilStopped()} by default} */
    protected String pullableImage() {
        return runsUntilStopped().image();
    }

    /** {@return an image that does not exist, in a registry that answers} */
    protected abstract String missingImage();

    /** Fails if the driver has left anything behind after it was closed: threads, sockets, containers, files. */
    protected abstract void assertNothingIsLeft(ContainerDriver closed) throws Exception;

    /**
     * {@return whether what is made for a state outlives the process; a driver whose containers are part of its process
     * says no, and then has nothing to say about {@link #crash}}
     */
    protected boolean outlivesItsProcess() {
        return false;
    }

    /** Ends a driver as the end of its process would: it lets go of everything and removes nothing. */
    protected void crash(ContainerDriver started) {
        started.close();
    }

    // The fixture

    @BeforeEach
    void startDriver() throws InterruptedException {
        time = new SystemTime();
        start(newDriver(), Optional.empty());
    }

    private void start(ContainerDriver started, Optional<DriverState> state) throws InterruptedException {
        driver = started;
        started.start(new TckContext("tck-" + UUID.randomUUID(), requireNonNull(time, "time is null"), state));
    }

    /** Goes on with another driver, that works for a state. */
    void startWith(DriverState state) throws InterruptedException {
        start(newDriver(), Optional.of(state));
    }

    @AfterEach
    void closeDriver() throws Exception {
        driver().close();
        assertNothingIsLeft(driver());
        if (time != null) {
            time.close();
        }
    }

    ContainerDriver driver() {
        if (driver == null) {
            throw new IllegalStateException("the driver has not been started");
        }
        return driver;
    }

    String node() {
        return driver().nodes().get(0).name();
    }

    static String uid() {
        return UUID.randomUUID().toString();
    }

    SandboxSpec sandboxSpec(String uid, int attempt) {
        return sandboxSpec(node(), uid, attempt);
    }

    static SandboxSpec sandboxSpec(String node, String uid, int attempt) {
        String name = "pod-" + uid.substring(0, Math.min(8, uid.length()));
        var http = new PublishedPort(HTTP_PORT, TransportProtocol.TCP, 0, "");
        return new SandboxSpec(
                node, "default", name, uid, attempt, name, Map.of("app", "tck"), Map.of(), List.of(http), pod());
    }

    private static PodSpec pod() {
        var port = ContainerPortBuilder.builder().containerPort(HTTP_PORT).build();
        return PodSpecBuilder.builder()
                .containers(List.of(ContainerBuilder.builder()
                        .name("app")
                        .ports(List.of(port))
                        .build()))
                .build();
    }

    SandboxState sandbox() throws InterruptedException {
        return driver().runSandbox(sandboxSpec(uid(), 0));
    }

    static ContainerSpec spec(Workload workload) {
        return spec("app", 0, workload, List.of());
    }

    static ContainerSpec spec(String name, int attempt, Workload workload, List<MountSpec> mounts) {
        return new ContainerSpec(
                name,
                attempt,
                workload.image(),
                workload.command(),
                List.of(),
                null,
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

    void pull(String image) throws InterruptedException {
        driver().pullImage(new ImagePull(node(), image, List.of(), progress -> {}));
    }

    /** Brings the image of a workload here, unless it is: what is here may be nowhere else. */
    void ensure(String image) throws InterruptedException {
        if (driver().image(node(), image).isEmpty()) {
            pull(image);
        }
    }

    ContainerId create(SandboxId sandbox, ContainerSpec spec) throws InterruptedException {
        ensure(spec.image());
        return driver().createContainer(sandbox, spec);
    }

    ContainerId start(SandboxId sandbox, ContainerSpec spec) throws InterruptedException {
        ContainerId id = create(sandbox, spec);
        driver().startContainer(id);
        return id;
    }

    /** Runs a workload in a sandbox of its own. */
    ContainerId run(Workload workload) throws InterruptedException {
        return start(sandbox().id(), spec(workload));
    }

    /** Runs what ignores a request to stop, and waits until it does. */
    ContainerId runIgnoringStop() throws InterruptedException {
        ContainerId id = run(ignoresStop());
        try (var log = driver().logs(id, new LogQuery(true, -1, null))) {
            assertThat(log.next()).isNotNull().extracting(LogLine::text).isEqualTo("ready");
        }
        return id;
    }

    ContainerState state(ContainerId id) throws InterruptedException {
        return driver().container(id).orElseThrow(() -> new AssertionError("container " + id + " is gone"));
    }

    /** Waits for the end of a container: its followed log ends with it. */
    ContainerState ended(ContainerId id) throws InterruptedException {
        read(id, new LogQuery(true, 0, null));
        return state(id);
    }

    List<LogLine> read(ContainerId id, LogQuery query) throws InterruptedException {
        var lines = new ArrayList<LogLine>();
        try (var log = driver().logs(id, query)) {
            for (LogLine line = log.next(); line != null; line = log.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    static List<String> texts(List<LogLine> lines) {
        return lines.stream().map(LogLine::text).toList();
    }

    static void assertFails(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    /** Waits for what the SPI promises to happen soon, not at once. */
    static void eventually(String what, BooleanSupplier happened) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    InetSocketAddress address(SandboxId sandbox) {
        return driver().hostAddress(sandbox, HTTP_PORT, TransportProtocol.TCP)
                .orElseThrow(() -> new AssertionError("the port of sandbox " + sandbox + " can not be reached"));
    }

    /** {@return whether anybody answers; a connection that is closed without an answer counts as none} */
    static String httpGet(InetSocketAddress address) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(address, 5000);
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: pod\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static boolean answers(InetSocketAddress address, String text) {
        try {
            return httpGet(address).contains(text);
        } catch (IOException e) {
            return false;
        }
    }
}
