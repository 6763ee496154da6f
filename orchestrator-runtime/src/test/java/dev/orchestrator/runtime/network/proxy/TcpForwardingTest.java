package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.runtime.network.proxy.ProxyFixture.assertEchoes;
import static dev.orchestrator.runtime.network.proxy.ProxyFixture.assertReset;
import static dev.orchestrator.runtime.network.proxy.ProxyFixture.connect;
import static dev.orchestrator.runtime.network.proxy.ProxyFixture.receive;
import static dev.orchestrator.runtime.network.proxy.ProxyFixture.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class TcpForwardingTest {
    private ProxyFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new ProxyFixture(ProxySettings.defaults());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void movesBytesBothWaysAndCountsThem() throws IOException {
        try (var backend = TcpBackend.echo("a");
                var port = fixture.tcp(backend);
                var client = connect(port)) {
            assertEchoes(client, "hello");
            assertEchoes(client, "again");

            assertThat(port.counters()).isEqualTo(new PortCounters(1, 1, 0, 0, 0, 10, 10));
        }
    }

    @Test
    void passesTheEndOfRequestsOnAndStillReturnsTheAnswer() throws IOException {
        try (var backend = TcpBackend.start("a", socket -> {
                    byte[] all = socket.getInputStream().readAllBytes();
                    socket.getOutputStream().write(("got " + all.length).getBytes(UTF_8));
                });
                var port = fixture.tcp(backend);
                var client = connect(port)) {
            send(client, "12345");
            client.shutdownOutput();

            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("got 5");
        }
    }

    @Test
    void passesTheEndOfAnswersOnAndStillDeliversRequests() throws Exception {
        var received = new SynchronousQueue<String>();
        try (var backend = TcpBackend.start("a", socket -> {
                    socket.getOutputStream().write("bye".getBytes(UTF_8));
                    socket.shutdownOutput();
                    String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
                    offer(received, all);
                });
                var port = fixture.tcp(backend);
                var client = connect(port)) {
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("bye");
            send(client, "late words");
            client.shutdownOutput();

            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("late words");
        }
    }

    @Test
    void passesAResetOfTheEndpointToTheClient() throws IOException {
        try (var backend = TcpBackend.start("a", socket -> {
                    socket.getInputStream().read();
                    socket.setSoLinger(true, 0);
                });
                var port = fixture.tcp(backend);
                var client = connect(port)) {
            send(client, "x");

            assertReset(client);
        }
    }

    @Test
    @SuppressWarnings("try") // Closing early is what it tests.
    void passesAResetOfTheClientToTheEndpoint() throws Exception {
        var seen = new SynchronousQueue<String>();
        try (var backend = TcpBackend.start("a", socket -> {
                    socket.getOutputStream().write('x');
                    try {
                        socket.getInputStream().read();
                        offer(seen, "clean end");
                    } catch (IOException e) {
                        offer(seen, e.toString());
                    }
                });
                var port = fixture.tcp(backend);
                var client = connect(port)) {
            receive(client, 1);
            client.setSoLinger(true, 0);
            client.close();

            assertThat(seen.poll(10, TimeUnit.SECONDS)).contains("reset");
        }
    }

    @Test
    void movesMuchBothWaysAtOnceUnchanged() throws Exception {
        int size = 24 << 20;
        byte[] sent = new byte[size];
        new SplittableRandom(7).nextBytes(sent);
        try (var backend = TcpBackend.echo("a");
                var port = fixture.tcp(backend);
                var client = connect(port)) {
            var failure = new AtomicReference<IOException>();
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    client.getOutputStream().write(sent);
                    client.shutdownOutput();
                } catch (IOException e) {
                    failure.set(e);
                }
            });

            byte[] returned = client.getInputStream().readAllBytes();
            sender.join();

            assertThat(failure).hasNullValue();
            assertThat(returned).isEqualTo(sent);
        }
    }

    @Test
    void holdsASenderBackWhileTheReceiverDoesNotRead() throws Exception {
        var mayRead = new CountDownLatch(1);
        var received = new SynchronousQueue<String>();
        try (var backend = TcpBackend.start("a", socket -> {
                    await(mayRead);
                    offer(received, Integer.toString(socket.getInputStream().readAllBytes().length));
                });
                var port = fixture.tcp(backend);
                var client = SocketChannel.open(port.address())) {
            long sent = fill(client, port);

            // Kernel buffers of four sockets and one of ours: nothing that grows with what the client would send.
            assertThat(sent).isLessThan(48L << 20);
            mayRead.countDown();
            client.shutdownOutput();
            assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(Long.toString(sent));
        }
    }

    /** Writes until neither the client nor the proxy can get rid of a byte. */
    private static long fill(SocketChannel client, ServicePort port) throws IOException, InterruptedException {
        client.configureBlocking(false);
        byte[] block = new byte[1 << 20];
        long sent = 0;
        long moved = -1;
        var pause = new CountDownLatch(1);
        for (int idle = 0; idle < 10; ) {
            int count = client.write(ByteBuffer.wrap(block));
            sent += count;
            long movedNow = port.counters().bytesFromClients();
            idle = count == 0 && movedNow == moved ? idle + 1 : 0;
            moved = movedNow;
            if (count == 0 && pause.await(10, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
        }
        client.configureBlocking(true);
        return sent;
    }

    @Test
    void oneStuckConnectionDoesNotDelayOthers() throws Exception {
        var release = new CountDownLatch(1);
        try (var stuck = TcpBackend.start("stuck", socket -> await(release));
                var lively = TcpBackend.echo("lively");
                var stuckPort = fixture.tcp(stuck);
                var port = fixture.tcp(lively);
                var stuckClient = SocketChannel.open(stuckPort.address());
                var client = connect(port)) {
            fill(stuckClient, stuckPort);

            assertEchoes(client, "still here");
            release.countDown();
        }
    }

    @Test
    void carriesManyConnectionsAtOnce() throws IOException {
        List<Socket> clients = new ArrayList<>();
        try (var backend = TcpBackend.echo("a");
                var port = fixture.tcp(backend)) {
            for (int i = 0; i < 300; i++) {
                clients.add(connect(port));
            }
            for (int i = 0; i < clients.size(); i++) {
                assertEchoes(clients.get(i), "client " + i);
            }

            assertThat(port.counters().active()).isEqualTo(300);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void deliversSmallWritesWithoutWaitingForAcknowledgements() throws IOException {
        try (var backend = TcpBackend.echo("a");
                var port = fixture.tcp(backend);
                var client = connect(port)) {
            client.setTcpNoDelay(true);
            // With Nagle's algorithm on, pairs of small writes stall for delayed acknowledgements of 40 ms: 8 s in all.
            client.setSoTimeout(10_000);
            for (int i = 0; i < 200; i++) {
                send(client, "a");
                send(client, "b");
                assertThat(receive(client, 2)).isEqualTo("ab");
            }
        }
    }

    private static void offer(SynchronousQueue<String> queue, String text) throws IOException {
        try {
            if (!queue.offer(text, 20, TimeUnit.SECONDS)) {
                throw new IOException("nobody took: " + text);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
