package dev.orchestrator.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerSpec;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.ContainerState.Phase;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A container. One that only idles is this object and nothing else: no thread, no socket, no log. All else is made when
 * it is first needed. The sandbox's lock guards its fields.
 */
final class Container {

    private static final int START_FAILED = 128;
    private static final int MAX_MESSAGE = 4096;
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(1);

    private final Sandbox sandbox;
    private final ContainerSpec spec;
    private final Image image;
    private final ContainerId id;
    private final Instant createdAt;
    private Phase phase = Phase.CREATED;
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;
    private int exitCode;
    private boolean outOfMemory;
    private String message = "";
    private @Nullable MainProcess process;
    private @Nullable Completion ended;
    private @Nullable Resources resources;
    private @Nullable Gate gate;
    private @Nullable LogBuffer log;
    private @Nullable ContainerFiles files;
    private @Nullable Usage usage;
    private @Nullable Pipe stdin;
    private @Nullable String heldSignal;
    private @Nullable Map<String, ContainerCommand> commands;
    private volatile ResourceRequirements given;

    Container(Sandbox sandbox, ContainerSpec spec, Image image) {
        this.sandbox = sandbox;
        this.spec = spec;
        this.image = image;
        this.id = new ContainerId(sandbox.id() + "/" + spec.name() + "/" + spec.attempt());
        this.createdAt = time().instant();
        this.given = spec.resources();
    }

    ContainerId id() {
        return id;
    }

    ContainerSpec spec() {
        return spec;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    Image image() {
        return image;
    }

    /** {@return the CPU and memory that it has now} */
    ResourceRequirements given() {
        return given;
    }

    void give(ResourceRequirements resources) {
        given = resources;
    }

    TimeSource time() {
        return sandbox.cluster().time();
    }

    /** {@return what to call it in the name of a thread} */
    String label() {
        return sandbox.spec().namespace() + "/" + sandbox.spec().podName() + "/" + spec.name();
    }

    /** {@return whether Java code runs in it that opens its own ports} */
    boolean hasCode() {
        return image.behaviour() instanceof Image.Behaviour.Runs;
    }

    /** {@return the script that it follows, if any} */
    Optional<ContainerScript> script() {
        return image.behaviour() instanceof Image.Behaviour.Scripted(ContainerScript script)
                ? Optional.of(script.forAttempt(spec.attempt()))
                : Optional.empty();
    }

    boolean isRunning() {
        sandbox.lock().lock();
        try {
            return phase == Phase.RUNNING;
        } finally {
            sandbox.lock().unlock();
        }
    }

    /** {@return its state; UNKNOWN while its node can not be asked} */
    ContainerState state() {
        sandbox.lock().lock();
        try {
            Phase seen = sandbox.node().condition() == Node.Condition.UP ? phase : Phase.UNKNOWN;
            return new ContainerState(
                    id,
                    spec.name(),
                    spec.attempt(),
                    spec.image(),
                    image.description().id(),
                    seen,
                    createdAt,
                    startedAt,
                    finishedAt,
                    exitCode,
                    outOfMemory,
                    message);
        } finally {
            sandbox.lock().unlock();
        }
    }

    // Life

    /** Launches the main process; does nothing if that has been done. */
    void start() throws InterruptedException {
        var script = script();
        if (script.isPresent()) {
            awaitScriptedStart(script.get());
        }
        MainProcess launched;
        sandbox.lock().lock();
        try {
            if (phase != Phase.CREATED) {
                return;
            }
            sandbox.requireRunning();
            phase = Phase.RUNNING;
            startedAt = time().instant();
            process = ProgramProcess.of(this);
            launched = process;
        } finally {
            sandbox.lock().unlock();
        }
        if (launched != null) {
            launched.launch();
        }
        if (sandbox.portsInUse() != null) {
            IdlePorts.serve(this);
        }
        changed();
    }

    private void awaitScriptedStart(ContainerScript script) throws InterruptedException {
        if (state().phase() != Phase.CREATED) {
            return;
        }
        if (script.startDelay().isPositive()) {
            time().sleep(script.startDelay());
        }
        String failure = script.startError();
        if (failure != null) {
            failStart(failure);
        }
    }

    private void failStart(String failure) {
        sandbox.lock().lock();
        try {
            if (phase == Phase.CREATED) {
                phase = Phase.EXITED;
                exitCode = START_FAILED;
                finishedAt = time().instant();
                message = failure;
            }
        } finally {
            sandbox.lock().unlock();
        }
        changed();
        throw new DriverException(Reason.START_REJECTED, failure);
    }

    /** Asks the main process to end and kills it after a while; returns when it has ended. */
    void stop(Duration grace) throws InterruptedException {
        if (!isRunning()) {
            return;
        }
        if (!grace.isPositive()) {
            kill();
            return;
        }
        signal(spec.stopSignal() == null ? Signals.TERM : Signals.named(spec.stopSignal()));
        if (isRunning()) {
            TimeSource.Timer timer = time().schedule(grace, this::kill);
            try {
                ended().await();
            } finally {
                timer.cancel();
            }
        }
    }

    /** Delivers a signal to the main process; a paused one gets it when it goes on. */
    void signal(String name) {
        if (name.equals(Signals.KILL)) {
            kill();
            return;
        }
        MainProcess receiver;
        sandbox.lock().lock();
        try {
            if (phase != Phase.RUNNING) {
                return;
            }
            if (gate != null && gate.isPaused()) {
                heldSignal = name;
                return;
            }
            receiver = process;
        } finally {
            sandbox.lock().unlock();
        }
        if (receiver != null) {
            receiver.signal(name);
        } else if (!Signals.isIgnoredByDefault(name)) {
            end(0, false);
        }
    }

    void kill() {
        end(Signals.KILLED, false);
    }

    /** Marks the container ended, if it runs, and ends all that belongs to it. */
    void end(int code, boolean oom) {
        String lastWords = isRunning() ? terminationMessage() : "";
        MainProcess killed;
        sandbox.lock().lock();
        try {
            if (phase != Phase.RUNNING) {
                return;
            }
            phase = Phase.EXITED;
            exitCode = code;
            outOfMemory = oom;
            finishedAt = time().instant();
            message = lastWords;
            killed = process;
            process = null;
        } finally {
            sandbox.lock().unlock();
        }
        // The process may have been all the work there was: until everybody has been told of its end, that is work.
        time().workStarted();
        try {
            if (killed != null) {
                killed.kill();
            }
            release();
            changed();
        } finally {
            time().workFinished();
        }
    }

    /** Ends what hangs on the container; everything here is safe to do twice. */
    private void release() {
        if (gate != null) {
            gate.end();
        }
        if (resources != null) {
            resources.close();
        }
        if (stdin != null) {
            stdin.closeWriter();
        }
        if (log != null) {
            log.end();
        }
        if (ended != null) {
            ended.complete();
        }
    }

    private void changed() {
        sandbox.cluster().podChanged(sandbox.spec().podUid());
    }

    /** Ends it and all that is left of it. */
    void remove() throws InterruptedException {
        kill();
        forbidStart();
        sandbox.forget(this);
        release();
        join(JOIN_LIMIT);
        changed();
        try {
            deleteFiles();
        } catch (IOException e) {
            throw new DriverException(
                    Reason.UNAVAILABLE, "container " + id + ": files could not be deleted: " + e.getMessage(), e);
        }
    }

    private void forbidStart() {
        sandbox.lock().lock();
        try {
            phase = Phase.EXITED;
        } finally {
            sandbox.lock().unlock();
        }
    }

    void join(Duration limit) throws InterruptedException {
        if (resources != null) {
            resources.join(limit);
        }
    }

    void deleteFiles() throws IOException {
        if (files != null) {
            files.delete();
        }
    }

    private String terminationMessage() {
        if (files == null && spec.mounts().isEmpty()) {
            return "";
        }
        Path file = spec.terminationMessagePath().isEmpty() ? null : files().find(spec.terminationMessagePath());
        if (file == null || !Files.isRegularFile(file)) {
            return "";
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            int start = Math.max(0, bytes.length - MAX_MESSAGE);
            return new String(bytes, start, bytes.length - start, java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "Error on reading termination log " + spec.terminationMessagePath() + ": " + e.getMessage();
        }
    }

    // What is made when it is first needed

    /** {@return the moment of its end, to wait for} */
    Completion ended() {
        return lazily(() -> {
            if (ended == null) {
                ended = new Completion(time());
                completeIfOver(ended::complete);
            }
            return ended;
        });
    }

    Resources resources() {
        return lazily(() -> {
            if (resources == null) {
                resources = new Resources(sandbox.cluster().threads());
                completeIfOver(resources::close);
            }
            return resources;
        });
    }

    Gate gate() {
        return lazily(() -> {
            if (gate == null) {
                gate = new Gate(time());
                gate.partitioned(sandbox.node().condition() == Node.Condition.PARTITIONED);
                completeIfOver(gate::end);
            }
            return gate;
        });
    }

    LogBuffer log() {
        return lazily(() -> {
            if (log == null) {
                log = new LogBuffer(time());
                completeIfOver(log::end);
            }
            return log;
        });
    }

    Pipe stdin() {
        return lazily(() -> {
            if (stdin == null) {
                stdin = new Pipe(1 << 16);
                if (!spec.stdin()) {
                    stdin.closeWriter();
                }
                completeIfOver(stdin::closeWriter);
            }
            return stdin;
        });
    }

    ContainerFiles files() {
        return lazily(() -> {
            if (files == null) {
                files = new ContainerFiles(sandbox.cluster().temporary(), spec.mounts());
            }
            return files;
        });
    }

    Usage usage() {
        return lazily(() -> {
            if (usage == null) {
                usage = new Usage(time());
            }
            return usage;
        });
    }

    Map<String, ContainerCommand> commands() {
        return lazily(() -> {
            if (commands == null) {
                commands = new ConcurrentHashMap<>();
            }
            return commands;
        });
    }

    private void completeIfOver(Runnable end) {
        if (phase == Phase.EXITED) {
            end.run();
        }
    }

    private <T> T lazily(java.util.function.Supplier<T> field) {
        sandbox.lock().lock();
        try {
            return field.get();
        } finally {
            sandbox.lock().unlock();
        }
    }

    // Faults

    void pause() {
        gate().paused(true);
    }

    void resume() {
        String pending;
        gate().paused(false);
        sandbox.lock().lock();
        try {
            pending = heldSignal;
            heldSignal = null;
        } finally {
            sandbox.lock().unlock();
        }
        if (pending != null) {
            signal(pending);
        }
    }
}
