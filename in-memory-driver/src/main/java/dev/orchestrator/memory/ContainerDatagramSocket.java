package dev.orchestrator.memory;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/** A UDP port of a container, on the loopback port that stands for it. */
final class ContainerDatagramSocket extends DatagramSocket {

    private final Gate gate;
    private final Resources resources;
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    @SuppressWarnings("NullAway") // a null address is how this constructor is told not to bind yet
    ContainerDatagramSocket(Gate gate, Resources resources, Runnable onClose) throws SocketException {
        super((@Nullable SocketAddress) null);
        this.gate = gate;
        this.resources = resources;
        this.onClose = onClose;
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        Activity.pauseCurrent();
        super.receive(packet);
        gate.receive();
    }

    @Override
    public void send(DatagramPacket packet) throws IOException {
        gate.pass();
        super.send(packet);
    }

    @Override
    public void close() {
        resources.remove(this);
        super.close();
        if (closed.compareAndSet(false, true)) {
            onClose.run();
        }
    }
}
