package dev.orchestrator.memory;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;

/** A listening port of a container, on the loopback port that stands for it. */
final class ContainerServerSocket extends ServerSocket {

    private final Gate gate;
    private final Resources resources;
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    ContainerServerSocket(Gate gate, Resources resources, Runnable onClose) throws IOException {
        this.gate = gate;
        this.resources = resources;
        this.onClose = onClose;
    }

    @Override
    public Socket accept() throws IOException {
        Activity.pauseCurrent();
        var connection = new ContainerSocket(gate, resources);
        implAccept(connection);
        resources.add(connection);
        try {
            gate.receive();
        } catch (IOException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    @Override
    public void close() throws IOException {
        resources.remove(this);
        super.close();
        if (closed.compareAndSet(false, true)) {
            onClose.run();
        }
    }
}
