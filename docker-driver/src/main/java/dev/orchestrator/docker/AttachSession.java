package dev.orchestrator.docker;

import java.io.InputStream;
import java.io.OutputStream;

import dev.orchestrator.spi.AttachRequest;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.ProcessSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams of a container's main process. */
final class AttachSession implements ProcessSession {

    private static final Logger LOG = LoggerFactory.getLogger(AttachSession.class);

    private final Engine engine;
    private final Exits exits;
    private final ContainerId id;
    private final boolean hasTerminal;
    private final Streams streams;

    private AttachSession(Engine engine, Exits exits, ContainerId id, boolean hasTerminal, Streams streams) {
        this.engine = engine;
        this.exits = exits;
        this.id = id;
        this.hasTerminal = hasTerminal;
        this.streams = streams;
    }

    static AttachSession open(Engine engine, Containers containers, ContainerId id, AttachRequest request)
            throws InterruptedException {
        Inspected container = containers.running(id, "attaching");
        String path = "/containers/" + id + "/attach?stream=1&stdout=1&stderr=1" + (request.stdin() ? "&stdin=1" : "");
        Exchange exchange = engine.hijack("attaching to container " + id, path, "");
        Streams streams =
                Streams.open("docker/attach/" + id, exchange, request.stdin(), container.hasTerminal(), () -> {});
        return new AttachSession(engine, containers.exits(), id, container.hasTerminal(), streams);
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
        if (!hasTerminal) {
            return;
        }
        try {
            String path = "/containers/" + id + "/resize?h=" + rows + "&w=" + columns;
            engine.open("resizing a terminal", "POST", path, "").close();
        } catch (DriverException e) {
            LOG.debug("the terminal of container {} is not resized", id, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int awaitExit() throws InterruptedException {
        return exits.exitCode(id);
    }

    @Override
    public void close() {
        streams.close();
    }
}
