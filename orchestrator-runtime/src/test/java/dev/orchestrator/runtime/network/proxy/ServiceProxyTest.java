package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orchestrator.api.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.runtime.network.proxy.ProxyFixture.assertEchoes;
import static dev.orchestrator.runtime.network.proxy.ProxyFixture.assertReset;
import static dev.orchestrator.runtime.network.proxy.ProxyFixture.connect;
import static dev.orchestrator.runtime.network.proxy.ProxyFixture.nameBehind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class ServiceProxyTest {

    @Test
    void keepsTheAddressOfAPortWhileEndpointsChange() throws IOException {
        try (var fixture = new ProxyFixture(ProxySettings.defaults());
                var a = TcpBackend.naming("a");
                var b = TcpBackend.naming("b");
                var port = fixture.tcp(a)) {
            InetSocketAddress address = port.address();
            assertThat(nameBehind(port)).isEqualTo("a");

            port.setEndpoints(List.of(b.endpoint()));

            assertThat(port.address()).isEqualTo(address);
            assertThat(nameBehind(port)).isEqualTo("b");
        }
    }

    @Test
    @SuppressWarnings("try") // Closing early is what it tests.
    void freesTheAddressAndResetsConnectionsWhenAPortCloses() throws IOException {
        try (var fixture = new ProxyFixture(ProxySettings.defaults());
                var a = TcpBackend.echo("a");
                var port = fixture.tcp(a);
                var client = connect(port)) {
            assertEchoes(client, "before");

            port.close();

            assertReset(client);
            try (var again = fixture.proxy.openTcp(port.address(), PortOptions.defaults());
                    var udp = fixture.proxy.openUdp(port.address(), PortOptions.defaults())) {
                assertThat(again.address()).isEqualTo(port.address());
                udp.close();
                fixture.proxy.openUdp(port.address(), PortOptions.defaults()).close();
            }
        }
    }

    @Test
    @SuppressWarnings("try") // Closing early is what it tests.
    void leavesNoSocketAndNoThreadWhenItCloses() throws IOException {
        try (var a = TcpBackend.echo("a")) {
            var warmUp = new ProxyFixture(ProxySettings.defaults().withLoops(2));
            warmUp.close();
            long before = OpenSockets.count();
            var fixture = new ProxyFixture(ProxySettings.defaults().withLoops(2));
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Socket client = connect(fixture.tcp(a));
                clients.add(client);
                assertEchoes(client, "open");
            }
            fixture.proxy.openUdp(ProxyFixture.ANY_PORT, PortOptions.defaults());

            fixture.close();
            fixture.close();

            for (Socket client : clients) {
                assertReset(client);
                client.close();
            }
            a.close();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("service-proxy/"));
            assertThat(OpenSockets.count()).isLessThanOrEqualTo(before);
            assertThatThrownBy(() -> fixture.tcp()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void listensOnLoopbackOnly() throws IOException {
        try (var fixture = new ProxyFixture(ProxySettings.defaults())) {
            var everywhere = new InetSocketAddress("0.0.0.0", 0);

            assertThatThrownBy(() -> fixture.proxy.openTcp(everywhere, PortOptions.defaults()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> fixture.proxy.openUdp(everywhere, PortOptions.defaults()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Clients keep their connection until an answer says that it is the last one, as HTTP/1.1 does. */
    @Test
    void dropsNoRequestWhileEveryEndpointIsReplaced() throws Exception {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        var requests = new AtomicInteger();
        var done = new AtomicBoolean();
        try (var fixture = new ProxyFixture(ProxySettings.defaults());
                var port = fixture.tcp()) {
            var first = new Replica("0");
            port.setEndpoints(List.of(first.backend.endpoint()));
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                clients.add(Thread.ofVirtual().start(() -> request(port, done, requests, failures)));
            }
            Replica current = first;
            for (int i = 1; i <= 25; i++) {
                int seen = requests.get();
                var next = new Replica(Integer.toString(i));
                current.replaceBy(next, port);
                current = next;
                while (requests.get() < seen + 50 && failures.isEmpty()) {
                    Thread.onSpinWait();
                }
            }
            done.set(true);
            for (Thread client : clients) {
                client.join();
            }
            current.backend.close();

            assertThat(failures).isEmpty();
            assertThat(port.counters().rejected()).isZero();
            assertThat(port.counters().failedConnects()).isZero();
        }
    }

    private static void request(
            ServicePort port, AtomicBoolean done, AtomicInteger requests, Queue<Throwable> failures) {
        try {
            while (!done.get()) {
                try (var socket = connect(port)) {
                    int answer = 'k';
                    while (answer == 'k' && !done.get()) {
                        socket.getOutputStream().write('?');
                        answer = socket.getInputStream().read();
                        assertThat(answer).isIn((int) 'k', (int) 'l');
                        requests.incrementAndGet();
                    }
                }
            }
        } catch (IOException | AssertionError e) {
            failures.add(e);
        }
    }

    /** Answers k(eep) until told to terminate, then l(ast) once on each connection. */
    private static final class Replica {
        private final AtomicBoolean terminating = new AtomicBoolean();
        private final TcpBackend backend;

        Replica(String name) throws IOException {
            backend = TcpBackend.start(name, this::answer);
        }

        private void answer(Socket socket) throws IOException {
            boolean last = false;
            while (!last && socket.getInputStream().read() == '?') {
                last = terminating.get();
                socket.getOutputStream().write(last ? 'l' : 'k');
            }
        }

        void replaceBy(Replica next, ServicePort port) throws IOException, InterruptedException {
            port.setEndpoints(List.of(backend.endpoint().asTerminating(), next.backend.endpoint()));
            terminating.set(true);
            backend.awaitEndOfConversations();
            port.setEndpoints(List.of(next.backend.endpoint()));
            backend.close();
        }
    }

    @Test
    void opensNothingAfterItWasClosed() throws IOException {
        var work = new AtomicInteger();
        var proxy = ServiceProxy.start(ProxySettings.defaults(), new CountingTime(work));
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        proxy.close();
        work.set(0);

        assertThatThrownBy(() -> proxy.openTcp(loopback, PortOptions.defaults()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("service proxy: is closed");
        assertThatThrownBy(() -> proxy.openUdp(loopback, PortOptions.defaults()))
                .isInstanceOf(IllegalStateException.class);

        assertThat(work).as("no loop is asked to do anything").hasValue(0);
    }

    /** Counts the pieces of work that are begun. */
    private record CountingTime(AtomicInteger begun) implements TimeSource {

        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public Timer schedule(Instant when, Runnable task) {
            return () -> false;
        }

        @Override
        public void sleep(Duration duration) {
            throw new UnsupportedOperationException("nobody sleeps here");
        }

        @Override
        public void workStarted() {
            begun.incrementAndGet();
        }
    }
}
