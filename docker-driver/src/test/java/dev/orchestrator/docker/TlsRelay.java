package dev.orchestrator.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** The engine of this machine behind TLS on a port of loopback, for those with a certificate. */
final class TlsRelay implements AutoCloseable {

    private final SSLServerSocket server;
    private final Path engine;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TlsRelay(SSLServerSocket server, Path engine) {
        this.server = server;
        this.engine = engine;
    }

    static TlsRelay start(SSLContext security, Path engine) throws IOException {
        var server = (SSLServerSocket) security.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        server.setNeedClientAuth(true);
        var relay = new TlsRelay(server, engine);
        Thread.ofVirtual().name("tls-relay").start(relay::accept);
        return relay;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = (SSLSocket) server.accept();
                open.add(socket);
                Thread.ofVirtual().name("tls-relay/connection").start(() -> serve(socket));
            } catch (IOException e) {
                // Closed.
                return;
            }
        }
    }

    private void serve(SSLSocket client) {
        try (client;
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(engine))) {
            client.startHandshake();
            Thread up = Thread.ofVirtual().name("tls-relay/up").start(() -> up(client, channel));
            // Channels.newInputStream() would not be read while the other way is written.
            ByteBuffer buffer = ByteBuffer.allocate(16 << 10);
            OutputStream out = client.getOutputStream();
            while (channel.read(buffer) >= 0) {
                out.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            client.shutdownOutput();
            up.join();
        } catch (IOException | InterruptedException e) {
            // One of the two has gone, or does not know the other.
            return;
        } finally {
            open.remove(client);
        }
    }

    private static void up(SSLSocket client, SocketChannel channel) {
        try {
            InputStream in = client.getInputStream();
            ByteBuffer buffer = ByteBuffer.allocate(16 << 10);
            for (int count = in.read(buffer.array()); count >= 0; count = in.read(buffer.array())) {
                buffer.limit(count).position(0);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                buffer.clear();
            }
            channel.shutdownOutput();
        } catch (IOException e) {
            // The client closed the connection: so does this.
            close(channel);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
