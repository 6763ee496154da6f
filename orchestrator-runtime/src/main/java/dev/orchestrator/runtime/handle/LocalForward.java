package dev.orchestrator.runtime.handle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.PortForward;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening port of the loopback interface whose connections are passed on to a pod. */
final class LocalForward implements PortForward {

    private static final Logger LOG = LoggerFactory.getLogger(LocalForward.class);

    private final String name;
    private final ServerSocket listener;
    private final Supplier<InetSocketAddress> target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private LocalForward(String name, ServerSocket listener, Supplier<InetSocketAddress> target) {
        this.name = name;
        this.listener = listener;
        this.target = target;
    }

    static LocalForward open(String name, Supplier<InetSocketAddress> target) throws IOException {
        var forward = new LocalForward(name, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().name(name).start(forward::accept);
        return forward;
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Thread.ofVirtual().name(name).start(() -> connect(client));
            } catch (IOException closed) {
                LOG.debug("{} ends", name, closed);
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                var pod = new Socket()) {
            open.add(pod);
            pod.connect(target.get());
            Thread back = Thread.ofVirtual().name(name).start(() -> copy(pod, client));
            copy(client, pod);
            back.join();
            open.remove(pod);
        } catch (IOException | IllegalStateException | ApiException failed) {
            LOG.debug("{}: a connection failed", name, failed);
        } catch (InterruptedException interrupted) {
            LOG.debug("{}: a connection was interrupted", name, interrupted);
        } finally {
            open.remove(client);
        }
    }

    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            LOG.debug("{}: a connection ended", name, ended);
        }
    }

    @Override
    public void close() {
        close(listener);
        open.forEach(this::close);
    }

    private void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception failed) {
            LOG.debug("{}: closing failed", name, failed);
        }
    }
}
