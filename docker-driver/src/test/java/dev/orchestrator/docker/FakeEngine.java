package dev.orchestrator.docker;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Something on a UNIX-domain socket that a test lets answer as badly as an engine can. */
final class FakeEngine implements AutoCloseable {

    /** Answers one request. */
    interface Answer {

        /**
         * Writes an answer.
         *
         * @return whether the connection stays open
         */
        boolean write(String request, OutputStream out) throws IOException, InterruptedException;
    }

    private final Path socket;
    private final ServerSocketChannel server;
    private final Answer answer;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private FakeEngine(Path socket, ServerSocketChannel server, Answer answer) {
        this.socket = socket;
        this.server = server;
        this.answer = answer;
    }

    static FakeEngine start(Path folder, Answer answer) throws IOException {
        Path socket = folder.resolve("engine.sock");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        var engine = new FakeEngine(socket, server, answer);
        Thread.ofVirtual().name("fake-engine").start(engine::accept);
        return engine;
    }

    static byte[] ok(String body) {
        return ("HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return the head of an answer that goes on} */
    static byte[] stream() {
        return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] chunk(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return (Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    EngineAddress address() {
        return EngineAddress.ofSocket(socket);
    }

    /** {@return the first lines of the requests that came} */
    List<String> requests() {
        return requests;
    }

    int connections() {
        return open.size();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                open.add(channel);
                Thread.ofVirtual().name("fake-engine/connection").start(() -> serve(channel));
            } catch (IOException e) {
                // Closed.
                return;
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
            OutputStream out = Channels.newOutputStream(channel);
            boolean isOpen = true;
            while (isOpen) {
                String request = HttpHead.line(in);
                requests.add(request);
                String header = HttpHead.line(in);
                while (!header.isEmpty()) {
                    header = HttpHead.line(in);
                }
                isOpen = answer.write(request, out);
            }
        } catch (IOException | InterruptedException e) {
            // The test has ended, or does not want more.
            return;
        } finally {
            open.remove(channel);
        }
    }

    /** Takes in no more on any connection: who writes there meets a broken pipe, though nothing was closed. */
    void deafen() throws IOException {
        for (SocketChannel channel : open) {
            channel.shutdownInput();
        }
    }

    /** Ends all connections, as a restart does. */
    void drop() throws IOException {
        for (SocketChannel channel : open) {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        drop();
        Files.deleteIfExists(socket);
    }
}
