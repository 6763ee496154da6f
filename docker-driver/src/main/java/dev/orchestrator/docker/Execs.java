package dev.orchestrator.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.ExecRequest;
import dev.orchestrator.spi.ExecResult;
import dev.orchestrator.spi.LogLine.Stream;
import dev.orchestrator.spi.ProcessSession;

/** Commands in running containers. */
final class Execs {

    private static final int LONGEST_OUTPUT = 1 << 20;
    private static final int KILLED = 137;
    private static final int CAN_NOT_RUN = 126;
    private static final int NO_COMMAND = 127;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Engine engine;
    private final Containers containers;
    private final Changes changes;
    private final TimeSource time;
    private final ExecKill kill;

    Execs(Engine engine, Containers containers, Changes changes, TimeSource time, boolean isLocal) {
        this.engine = engine;
        this.containers = containers;
        this.changes = changes;
        this.time = time;
        this.kill = new ExecKill(engine, isLocal);
    }

    /**
     * A command that was made.
     *
     * @param container where it runs
     * @param exec the engine's id of it
     * @param mark the variable in its environment that tells it from all others
     */
    record Command(ContainerId container, String exec, String mark) {}

    void kill(Command command) throws InterruptedException {
        kill.kill(command.container(), command.exec(), command.mark());
    }

    ExecResult run(ContainerId id, List<String> command, Duration timeout) throws InterruptedException {
        var request = new ExecRequest(command, false, false);
        String mark = ExecKill.mark();
        String exec = create(id, request, mark);
        var late = new AtomicBoolean();
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        boolean isOver = false;
        Exchange exchange = start(exec, request);
        TimeSource.Timer timer = time.schedule(timeout, () -> {
            late.set(true);
            exchange.close();
        });
        try (exchange) {
            collect(new Frames(exchange.getBody(), false), out, err);
            isOver = true;
        } catch (IOException e) {
            if (!late.get()) {
                throw Failures.translated("executing " + command.getFirst(), e);
            }
        } finally {
            timer.cancel();
            if (!isOver) {
                kill.kill(id, exec, mark);
            }
        }
        if (!isOver) {
            throw new DriverException(
                    Reason.TIMEOUT, "command " + command.getFirst() + " has not ended within " + timeout);
        }
        int code = exitCode(id, exec);
        String stdout = out.toString(StandardCharsets.UTF_8);
        String stderr = err.toString(StandardCharsets.UTF_8);
        refuse(code, stdout + stderr);
        return new ExecResult(code, stdout, stderr);
    }

    private static void collect(Frames frames, ByteArrayOutputStream out, ByteArrayOutputStream err)
            throws IOException {
        for (Frames.Frame frame = frames.next(); frame != null; frame = frames.next()) {
            ByteArrayOutputStream to = frame.stream() == Stream.STDOUT ? out : err;
            to.write(frame.bytes(), 0, Math.min(frame.bytes().length, LONGEST_OUTPUT - to.size()));
        }
    }

    ProcessSession open(ContainerId id, ExecRequest request) throws InterruptedException {
        String mark = ExecKill.mark();
        String exec = create(id, request, mark);
        Changes.Watch watch = changes.watch(id.value());
        boolean isOpen = false;
        try {
            Exchange exchange = start(exec, request);
            Streams streams = Streams.open(
                    "docker/exec/" + exec,
                    exchange,
                    request.stdin(),
                    request.terminal(),
                    () -> changes.changed(id.value()));
            var terminal = new Terminal(engine, "/exec/" + exec, request.terminal());
            var session = new ExecSession(this, new Command(id, exec, mark), terminal, streams, watch);
            isOpen = true;
            session.awaitLaunch();
            return session;
        } finally {
            if (!isOpen) {
                watch.close();
            }
        }
    }

    private String create(ContainerId id, ExecRequest request, String mark) throws InterruptedException {
        String what = "executing " + String.join(" ", request.command());
        containers.running(id, what);
        return engine.call(what, docker -> {
            try {
                return docker.execCreateCmd(id.value())
                        .withCmd(request.command().toArray(String[]::new))
                        .withAttachStdin(request.stdin())
                        .withAttachStdout(true)
                        .withAttachStderr(true)
                        .withTty(request.terminal())
                        .withEnv(List.of(mark))
                        .exec()
                        .getId();
            } catch (NotFoundException | ConflictException e) {
                throw new DriverException(Reason.NOT_FOUND, what + ": " + Failures.message(e), e);
            }
        });
    }

    private Exchange start(String exec, ExecRequest request) throws InterruptedException {
        try {
            return engine.hijack(
                    "executing " + String.join(" ", request.command()),
                    "/exec/" + exec + "/start",
                    "{\"Detach\":false,\"Tty\":" + request.terminal() + "}");
        } catch (DriverException e) {
            // Newer engines refuse at once what older ones write to the output of the command.
            if (Failures.isExecFailure(String.valueOf(e.getMessage()))) {
                throw new DriverException(Reason.EXEC_REJECTED, String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }

    /** Fails if the engine says that it could not start a command, with the code and the output of that. */
    static void refuse(int code, String output) {
        if ((code == CAN_NOT_RUN || code == NO_COMMAND) && Failures.isExecFailure(output)) {
            throw new DriverException(Reason.EXEC_REJECTED, output.strip());
        }
    }

    /** {@return how far a command is} */
    JsonNode inspect(String exec) throws InterruptedException {
        return engine.get("inspecting command " + exec, "/exec/" + exec + "/json");
    }

    /** {@return the exit code of a command whose output has ended} */
    private int exitCode(ContainerId id, String exec) throws InterruptedException {
        try (Changes.Watch watch = changes.watch(id.value())) {
            return awaitExit(id, exec, watch);
        }
    }

    /** Waits for the end of a command. The engine may never end its output, so that is not what is waited for. */
    int awaitExit(ContainerId id, String exec, Changes.Watch watch) throws InterruptedException {
        while (true) {
            JsonNode state;
            try {
                state = inspect(exec);
            } catch (DriverException e) {
                if (e.reason() == Reason.NOT_FOUND) {
                    return KILLED;
                }
                throw e;
            }
            if (!state.path("Running").asBoolean() && state.path("ExitCode").isInt()) {
                return state.path("ExitCode").asInt();
            }
            if (containers.find(id).filter(Inspected::isRunning).isEmpty()) {
                return KILLED;
            }
            watch.await(LOOK_AGAIN);
        }
    }
}
