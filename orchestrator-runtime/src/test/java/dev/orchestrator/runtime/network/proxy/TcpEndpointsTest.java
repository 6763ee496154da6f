package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.runtime.network.proxy.ProxyFixture.assertConnectionReset;
import static dev.orchestrator.runtime.network.proxy.ProxyFixture.assertEchoes;
import static dev.orchestrator.runtime.network.proxy.ProxyFixture.assertReset;
import static dev.orchestrator.runtime.network.proxy.ProxyFixture.connect;
import static dev.orchestrator.runtime.network.proxy.ProxyFixture.nameBehind;
import static dev.orchestrator.runtime.network.proxy.ProxyFixture.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class TcpEndpointsTest {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(30);

    private ProxyFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new ProxyFixture(
                ProxySettings.defaults().withConnectTimeout(CONNECT_TIMEOUT).withDrainTimeout(DRAIN_TIMEOUT));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void resetsNewConnectionsAtOnceWhileThereIsNoEndpoint() throws IOException {
        try (var port = fixture.tcp()) {
            assertConnectionReset(port);
            assertThat(port.counters().rejected()).isEqualTo(1);
        }
    }

    @Test
    void resetsAConnectionThatEveryEndpointRefuses() throws IOException {
        try (var port = fixture.tcp(PortOptions.defaults(), TcpBackend.refusing("a"), TcpBackend.refusing("b"))) {
            assertConnectionReset(port);
            assertThat(port.counters().failedConnects()).isEqualTo(2);
            assertThat(port.counters().rejected()).isEqualTo(1);
        }
    }

    @Test
    void hidesEndpointsThatRefuseFromClients() throws IOException {
        try (var backend = TcpBackend.naming("a");
                var port = fixture.tcp(
                        PortOptions.defaults(),
                        TcpBackend.refusing("dead"),
                        backend.endpoint(),
                        TcpBackend.refusing("dead too"))) {
            for (int i = 0; i < 40; i++) {
                assertThat(nameBehind(port)).isEqualTo("a");
            }
            // Two of three choices begin with a dead one: none in 40 has a chance of 1e-19.
            assertThat(port.counters().failedConnects()).isPositive();
        }
    }

    @Test
    void turnsToAnotherEndpointWhenOneDoesNotAnswerInTime() throws Exception {
        List<SocketChannel> fillers = new ArrayList<>();
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var backend = TcpBackend.naming("a")) {
            var address = (InetSocketAddress) full.getLocalSocketAddress();
            for (int i = 0; i < 4; i++) {
                fillers.add(nonBlockingConnect(address));
            }
            var silent = Endpoint.ready(new EndpointId("silent"), address);
            try (var port = fixture.tcp(PortOptions.defaults(), silent);
                    var client = connect(port)) {
                fixture.awaitTimeout();
                port.setEndpoints(List.of(silent, backend.endpoint()));

                fixture.time.advance(CONNECT_TIMEOUT);

                assertThat(receive(client, 1)).isEqualTo("a");
                assertThat(port.counters().failedConnects()).isEqualTo(1);
            }
        } finally {
            for (SocketChannel filler : fillers) {
                filler.close();
            }
        }
    }

    private static SocketChannel nonBlockingConnect(InetSocketAddress address) throws IOException {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(address);
        return channel;
    }

    @Test
    void sendsNoNewConnectionToAnEndpointOnceItIsNotReady() throws IOException {
        try (var a = TcpBackend.naming("a");
                var b = TcpBackend.naming("b");
                var port = fixture.tcp(a, b)) {
            for (int i = 0; i < 50; i++) {
                port.setEndpoints(List.of(a.endpoint().asNotReady(), b.endpoint()));
                assertThat(nameBehind(port)).isEqualTo("b");
                port.setEndpoints(List.of(a.endpoint(), b.endpoint().asTerminating()));
                assertThat(nameBehind(port)).isEqualTo("a");
            }
        }
    }

    @Test
    void usesServingEndpointsThatTerminateWhenNoneIsReady() throws IOException {
        try (var a = TcpBackend.naming("a");
                var b = TcpBackend.naming("b");
                var port = fixture.tcp()) {
            port.setEndpoints(List.of(
                    a.endpoint().asTerminating(), b.endpoint().asNotReady().asTerminating()));

            assertThat(nameBehind(port)).isEqualTo("a");
        }
    }

    @Test
    void reachesEveryReadyEndpoint() throws IOException {
        try (var a = TcpBackend.naming("a");
                var b = TcpBackend.naming("b");
                var c = TcpBackend.naming("c");
                var port = fixture.tcp(a, b, c)) {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                seen.add(nameBehind(port));
            }

            assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Test
    void spreadsOpenConnectionsEvenlyByLeastConnections() throws IOException {
        List<Socket> clients = new ArrayList<>();
        try (var a = TcpBackend.naming("a");
                var b = TcpBackend.naming("b");
                var port = fixture.tcp(
                        PortOptions.defaults().withBalancing(Balancing.LEAST_CONNECTIONS),
                        a.endpoint(),
                        b.endpoint())) {
            for (int i = 0; i < 20; i++) {
                Socket client = connect(port);
                clients.add(client);
                receive(client, 1);
            }

            assertThat(a.accepted()).isEqualTo(10);
            assertThat(b.accepted()).isEqualTo(10);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void keepsConnectionsToAnEndpointThatTerminates() throws IOException {
        try (var a = TcpBackend.echo("a");
                var b = TcpBackend.echo("b");
                var port = fixture.tcp(a);
                var client = connect(port)) {
            assertEchoes(client, "before");

            port.setEndpoints(List.of(a.endpoint().asTerminating(), b.endpoint()));
            assertEchoes(client, "terminating");
            port.setEndpoints(List.of(b.endpoint()));
            assertEchoes(client, "removed, draining");
        }
    }

    @Test
    void resetsWhatIsLeftOfATerminatedEndpointAfterTheDrainDeadline() throws Exception {
        try (var a = TcpBackend.echo("a");
                var port = fixture.tcp(a);
                var client = connect(port)) {
            assertEchoes(client, "before");
            port.setEndpoints(List.of(a.endpoint().asTerminating()));
            port.setEndpoints(List.of());
            fixture.awaitTimeout();

            fixture.time.advance(DRAIN_TIMEOUT.minusMillis(1));
            assertEchoes(client, "not yet");
            fixture.time.advance(Duration.ofMillis(1));

            assertReset(client);
        }
    }

    @Test
    @SuppressWarnings("try") // Closing early is what it tests.
    void forgetsTheDrainDeadlineWhenTheLastConnectionEnds() throws Exception {
        try (var a = TcpBackend.echo("a");
                var port = fixture.tcp(a);
                var client = connect(port)) {
            assertEchoes(client, "before");
            port.setEndpoints(List.of(a.endpoint().asTerminating()));
            port.setEndpoints(List.of());
            fixture.awaitTimeout();

            client.close();

            fixture.awaitNoTimeout();
        }
    }

    @Test
    void resetsConnectionsToAnEndpointThatIsRemovedOutright() throws IOException {
        try (var a = TcpBackend.echo("a");
                var b = TcpBackend.echo("b");
                var port = fixture.tcp(a);
                var client = connect(port)) {
            assertEchoes(client, "before");

            port.setEndpoints(List.of(b.endpoint()));

            assertReset(client);
        }
    }

    @Test
    void treatsAnEndpointThatMovedAsAnother() throws IOException {
        try (var a = TcpBackend.naming("a");
                var b = TcpBackend.naming("b");
                var port = fixture.tcp(a);
                var client = connect(port)) {
            assertThat(receive(client, 1)).isEqualTo("a");

            port.setEndpoints(
                    List.of(Endpoint.ready(a.endpoint().id(), b.endpoint().address())));

            assertReset(client);
            assertThat(nameBehind(port)).isEqualTo("b");
        }
    }

    @Test
    void keepsAClientIpOnItsEndpointUntilTheAffinityTimeout() throws Exception {
        try (var a = TcpBackend.naming("a");
                var b = TcpBackend.naming("b");
                var port = fixture.tcp(
                        PortOptions.defaults().withClientIpAffinity(Duration.ofSeconds(60)),
                        a.endpoint(),
                        b.endpoint())) {
            Set<String> seen = new HashSet<>();
            String first = nameBehind(port);
            for (int i = 0; i < 30; i++) {
                fixture.time.advance(Duration.ofSeconds(59));
                assertThat(nameBehind(port)).isEqualTo(first);
            }
            for (int i = 0; i < 60; i++) {
                fixture.time.advance(Duration.ofSeconds(60));
                seen.add(nameBehind(port));
            }

            assertThat(seen).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void movesAClientIpWhenItsEndpointIsNoLongerReady() throws IOException {
        try (var a = TcpBackend.naming("a");
                var b = TcpBackend.naming("b");
                var port = fixture.tcp(
                        PortOptions.defaults().withClientIpAffinity(Duration.ofSeconds(60)),
                        a.endpoint(),
                        b.endpoint())) {
            String first = nameBehind(port);
            TcpBackend left = "a".equals(first) ? a : b;
            TcpBackend stays = "a".equals(first) ? b : a;

            port.setEndpoints(List.of(left.endpoint().asNotReady(), stays.endpoint()));
            String second = nameBehind(port);
            port.setEndpoints(List.of(left.endpoint(), stays.endpoint()));

            assertThat(second).isNotEqualTo(first);
            assertThat(nameBehind(port)).isEqualTo(second);
        }
    }

    @Test
    void refusesAListWithOneIdTwiceAndChangesNothing() throws IOException {
        try (var a = TcpBackend.naming("a");
                var b = TcpBackend.naming("b");
                var port = fixture.tcp(a)) {
            var twin = Endpoint.ready(b.endpoint().id(), a.endpoint().address());

            assertThatThrownBy(() -> port.setEndpoints(List.of(b.endpoint(), twin)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("endpoint b: is listed twice");
            assertThat(nameBehind(port)).isEqualTo("a");
        }
    }
}
