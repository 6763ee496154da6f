package dev.orchestrator.docker;

import java.io.InputStream;
import java.io.OutputStream;

import dev.orchestrator.spi.AttachRequest;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ProcessSession;

/** The streams of a container's main process. */
final class AttachSession implements ProcessSession {

    private final Exits exits;
    private final ContainerId id;
    private final Terminal terminal;
    private final Streams streams;

    private AttachSession(Exits exits, ContainerId id, Terminal terminal, Streams streams) {
        this.exits = exits;
        this.id = id;
        this.terminal = terminal;
        this.streams = streams;
    }

    static AttachSession open(Engine engine, Containers containers, ContainerId id, AttachRequest request)
            throws InterruptedException {
        Inspected container = containers.running(id, "attaching");
        String path = "/containers/" + id + "/attach?stream=1&stdout=1&stderr=1" + (request.stdin() ? "&stdin=1" : "");
        Exchange exchange = engine.hijack("attaching to container " + id, path, "");
        Streams streams =
                Streams.open("docker/attach/" + id, exchange, request.stdin(), container.hasTerminal(), () -> {});
        var terminal = new Terminal(engine, "/containers/" + id, container.hasTerminal());
        return new AttachSession(containers.exits(), id, terminal, streams);
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
        return exits.exitCode(id);
    }

    @Override
    public void close() {
        streams.close();
    }
}
