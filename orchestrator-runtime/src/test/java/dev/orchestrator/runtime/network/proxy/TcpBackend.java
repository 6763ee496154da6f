package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A real server on loopback that a test puts behind a port: one virtual thread a connection. */
final class TcpBackend implements AutoCloseable {

    /** What the server does with a connection; it is closed afterwards. */
    interface Conversation {
        void hold(Socket socket) throws IOException;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ServerSocket listener;
    private final EndpointId id;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Queue<Thread> conversations = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();

    private TcpBackend(ServerSocket listener, String name) {
        this.listener = listener;
        this.id = new EndpointId(name);
    }

    static TcpBackend start(String name, Conversation conversation) throws IOException {
        var backend = new TcpBackend(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()), name);
        Thread.ofVirtual().name("backend/" + name).start(() -> backend.accept(conversation));
        return backend;
    }

    static TcpBackend echo(String name) throws IOException {
        return start(name, socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
    }

    /** Says its name to every client, then echoes. */
    static TcpBackend naming(String name) throws IOException {
        return start(name, socket -> {
            socket.getOutputStream().write(name.getBytes(UTF_8));
            socket.getInputStream().transferTo(socket.getOutputStream());
        });
    }

    /** {@return an address where nobody listens} */
    static Endpoint refusing(String name) throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Endpoint.ready(new EndpointId(name), (InetSocketAddress) socket.getLocalSocketAddress());
        }
    }

    private void accept(Conversation conversation) {
        try {
            while (true) {
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                open.add(socket);
                conversations.add(Thread.ofVirtual().start(() -> hold(socket, conversation)));
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void hold(Socket socket, Conversation conversation) {
        try (socket) {
            conversation.hold(socket);
        } catch (IOException e) {
            // A reset is what many tests are about; the client's side asserts it.
        } finally {
            open.remove(socket);
        }
    }

    Endpoint endpoint() {
        return Endpoint.ready(id, (InetSocketAddress) listener.getLocalSocketAddress());
    }

    int accepted() {
        return accepted.get();
    }

    /** Waits for all conversations to end, also of clients that the kernel still queues. */
    void awaitEndOfConversations() throws IOException, InterruptedException {
        int before = accepted.get();
        // The kernel's queue is in order: once this one has ended, all who came earlier have been accepted.
        try (var last = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
            last.getOutputStream().write('?');
            last.getInputStream().readAllBytes();
        }
        assertThat(accepted.get()).isGreaterThan(before);
        for (Thread conversation : conversations) {
            conversation.join();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
        try {
            // A socket that somebody reads is closed only when he has noticed.
            for (Thread conversation : conversations) {
                conversation.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
