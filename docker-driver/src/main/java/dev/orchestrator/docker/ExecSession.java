package dev.orchestrator.docker;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.ProcessSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams of a command. */
final class ExecSession implements ProcessSession {

    private static final Logger LOG = LoggerFactory.getLogger(ExecSession.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
    private static final int KILLED = 137;

    private final Execs execs;
    private final Execs.Command command;
    private final Terminal terminal;
    private final Streams streams;
    private final Changes.Watch watch;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    ExecSession(Execs execs, Execs.Command command, Terminal terminal, Streams streams, Changes.Watch watch) {
        this.execs = execs;
        this.command = command;
        this.terminal = terminal;
        this.streams = streams;
        this.watch = watch;
    }

    /**
     * Waits until the command runs, or has run.
     *
     * @throws DriverException with reason {@code EXEC_REJECTED} if it can not be started
     */
    void awaitLaunch() throws InterruptedException {
        boolean isLaunched = false;
        try {
            while (!isLaunched) {
                JsonNode state = execs.inspect(command.exec());
                isLaunched = state.path("Pid").asInt() != 0;
                if (state.path("ExitCode").isInt()) {
                    refuse(state.path("ExitCode").asInt());
                    isLaunched = true;
                } else if (!isLaunched) {
                    watch.await(LOOK_AGAIN);
                }
            }
        } finally {
            if (!isLaunched) {
                isClosed.set(true);
                end();
            }
        }
    }

    private void refuse(int code) throws InterruptedException {
        if (code != 126 && code != 127) {
            return;
        }
        while (!streams.isEnded()) {
            watch.await(LOOK_AGAIN);
        }
        Execs.refuse(code, streams.unread());
    }

    @Override
    public OutputStream stdin() {
        return streams.stdin();
    }

    @Override
    public InputStream stdout() {
        return streams.stdout();
    }

    @Override
    public InputStream stderr() {
        return streams.stderr();
    }

    @Override
    public void resize(int columns, int rows) {
        terminal.resize(columns, rows);
    }

    @Override
    public int awaitExit() throws InterruptedException {
        if (isClosed.get()) {
            return KILLED;
        }
        return execs.awaitExit(command.container(), command.exec(), watch);
    }

    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (!streams.isEnded()) {
                execs.kill(command);
            }
        } catch (DriverException e) {
            // A command that is out of reach ends with its container.
            LOG.debug("command {} is not killed", command.exec(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void end() {
        streams.close();
        watch.close();
    }
}
