package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class UdpForwardingTest {
    private static final Duration IDLE = Duration.ofSeconds(60);

    private ProxyFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new ProxyFixture(
                ProxySettings.defaults().withUdpIdleTimeout(IDLE).withUdpFlows(3));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void returnsEachAnswerToTheClientThatAsked() throws IOException {
        try (var a = new UdpBackend("a");
                var port = open(PortOptions.defaults(), a.endpoint());
                var one = client();
                var two = client()) {
            send(one, port, "1");
            send(two, port, "2");

            assertThat(receive(one)).isEqualTo("a:1");
            assertThat(receive(two)).isEqualTo("a:2");
            assertThat(port.counters()).isEqualTo(new PortCounters(2, 2, 0, 0, 0, 2, 6));
        }
    }

    @Test
    void carriesTheLargestDatagram() throws IOException {
        try (var a = new UdpBackend("");
                var port = open(PortOptions.defaults(), a.endpoint());
                var client = client()) {
            String largest = "x".repeat(65_507 - 1);

            send(client, port, largest);

            assertThat(receive(client)).isEqualTo(":" + largest);
        }
    }

    @Test
    void keepsAClientOnOneEndpointWhileItIsActive() throws Exception {
        try (var a = new UdpBackend("a");
                var b = new UdpBackend("b");
                var port = open(PortOptions.defaults(), a.endpoint(), b.endpoint());
                var client = client()) {
            String first = ask(client, port);
            for (int i = 0; i < 20; i++) {
                fixture.time.advance(IDLE.minusSeconds(1));
                assertThat(ask(client, port)).isEqualTo(first);
            }

            assertThat(port.counters().accepted()).isEqualTo(1);
        }
    }

    @Test
    void forgetsAClientThatHasBeenIdle() throws Exception {
        try (var a = new UdpBackend("a");
                var port = open(PortOptions.defaults(), a.endpoint());
                var client = client()) {
            ask(client, port);
            fixture.awaitTimeout();

            fixture.time.advance(IDLE);
            ask(client, port);

            assertThat(port.counters().accepted()).isEqualTo(2);
            assertThat(port.counters().active()).isEqualTo(1);
        }
    }

    @Test
    void forgetsTheLeastRecentlyUsedClientWhenThereAreTooMany() throws IOException {
        try (var a = new UdpBackend("a");
                var port = open(PortOptions.defaults(), a.endpoint());
                var one = client();
                var two = client();
                var three = client();
                var four = client()) {
            for (DatagramSocket client : List.of(one, two, three, one, four)) {
                ask(client, port);
            }
            ask(one, port);
            assertThat(port.counters().accepted()).isEqualTo(4);

            ask(two, port);
            assertThat(port.counters().accepted()).isEqualTo(5);
            assertThat(port.counters().active()).isEqualTo(3);
        }
    }

    @Test
    void honoursAffinityByClientIp() throws IOException {
        try (var a = new UdpBackend("a");
                var b = new UdpBackend("b");
                var port = open(
                        PortOptions.defaults().withClientIpAffinity(Duration.ofHours(3)), a.endpoint(), b.endpoint());
                var first = client()) {
            String name = ask(first, port);
            for (int i = 0; i < 20; i++) {
                try (var another = client()) {
                    assertThat(ask(another, port)).isEqualTo(name);
                }
            }
        }
    }

    @Test
    void movesAClientOnWhenItsEndpointIsGoneOrServesNoMore() throws IOException {
        try (var a = new UdpBackend("a");
                var b = new UdpBackend("b");
                var port = open(PortOptions.defaults(), a.endpoint());
                var client = client()) {
            assertThat(ask(client, port)).isEqualTo("a");
            port.setEndpoints(List.of(b.endpoint()));
            assertThat(ask(client, port)).isEqualTo("b");
            port.setEndpoints(List.of(a.endpoint(), b.endpoint().asTerminating()));
            assertThat(ask(client, port)).isEqualTo("b");
            port.setEndpoints(List.of(a.endpoint(), b.endpoint().asNotReady()));
            assertThat(ask(client, port)).isEqualTo("a");
        }
    }

    @Test
    void dropsDatagramsWhileThereIsNoEndpoint() throws IOException {
        try (var a = new UdpBackend("a");
                var port = open(PortOptions.defaults());
                var client = client()) {
            send(client, port, "lost");
            client.setSoTimeout(100);
            assertThat(answers(client)).isFalse();
            assertThat(port.counters().rejected()).isEqualTo(1);

            port.setEndpoints(List.of(a.endpoint()));
            client.setSoTimeout(10_000);
            assertThat(ask(client, port)).isEqualTo("a");
        }
    }

    @Test
    @SuppressWarnings("try") // Closing early is what it tests.
    void leavesAnEndpointThatDoesNotListen() throws Exception {
        try (var a = new UdpBackend("a");
                var gone = new UdpBackend("gone")) {
            gone.close();
            try (var port = open(PortOptions.defaults(), gone.endpoint());
                    var client = client()) {
                send(client, port, "lost");
                ProxyFixture.await(() ->
                        port.counters().failedConnects() == 1 && port.counters().active() == 0);

                port.setEndpoints(List.of(a.endpoint()));
                client.setSoTimeout(10_000);
                assertThat(ask(client, port)).isEqualTo("a");
            }
        }
    }

    private ServicePort open(PortOptions options, Endpoint... endpoints) throws IOException {
        ServicePort port = fixture.proxy.openUdp(ProxyFixture.ANY_PORT, options);
        port.setEndpoints(List.of(endpoints));
        return port;
    }

    private static DatagramSocket client() throws IOException {
        var socket = new DatagramSocket(ProxyFixture.ANY_PORT);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(DatagramSocket client, ServicePort port, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        client.send(new DatagramPacket(bytes, bytes.length, port.address()));
    }

    private static String receive(DatagramSocket client) throws IOException {
        var packet = new DatagramPacket(new byte[65_536], 65_536);
        client.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    private static boolean answers(DatagramSocket client) throws IOException {
        try {
            receive(client);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** {@return the name of the endpoint that answered} */
    private static String ask(DatagramSocket client, ServicePort port) throws IOException {
        send(client, port, "?");
        return receive(client).replace(":?", "");
    }

    /** Answers every datagram with its name before the question. */
    private static final class UdpBackend implements AutoCloseable {
        private final DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        private final Endpoint endpoint;

        UdpBackend(String name) throws IOException {
            endpoint =
                    Endpoint.ready(new EndpointId("udp-" + name), (InetSocketAddress) socket.getLocalSocketAddress());
            Thread.ofVirtual().start(() -> answer(name));
        }

        Endpoint endpoint() {
            return endpoint;
        }

        private void answer(String name) {
            var packet = new DatagramPacket(new byte[65_536], 65_536);
            try {
                while (true) {
                    packet.setLength(65_536);
                    socket.receive(packet);
                    byte[] text =
                            (name + ":" + new String(packet.getData(), 0, packet.getLength(), UTF_8)).getBytes(UTF_8);
                    socket.send(new DatagramPacket(text, text.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // Closed: the test is over.
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
