package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.orchestrator.api.ManualClock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A proxy on manual time, and what clients of its ports do and see. */
final class ProxyFixture implements AutoCloseable {
    static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    final ManualClock time = new ManualClock();
    final ServiceProxy proxy;

    ProxyFixture(ProxySettings settings) throws IOException {
        proxy = ServiceProxy.start(settings, time);
    }

    ServicePort tcp(PortOptions options, Endpoint... endpoints) throws IOException {
        ServicePort port = proxy.openTcp(ANY_PORT, options);
        port.setEndpoints(List.of(endpoints));
        return port;
    }

    ServicePort tcp(TcpBackend... backends) throws IOException {
        return tcp(PortOptions.defaults(), endpoints(backends));
    }

    /** Waits until the proxy has set a timeout. */
    void awaitTimeout() throws InterruptedException {
        await(() -> time.nextTimer() != null);
    }

    /** Waits until the proxy has nothing to wait for. */
    void awaitNoTimeout() throws InterruptedException {
        await(() -> time.nextTimer() == null);
    }

    /** Waits until the proxy's loop has come to something. */
    static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            spinOrStop();
        }
    }

    // The tests' own time limit interrupts.
    private static void spinOrStop() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Thread.onSpinWait();
    }

    static Endpoint[] endpoints(TcpBackend... backends) {
        return Arrays.stream(backends).map(TcpBackend::endpoint).toArray(Endpoint[]::new);
    }

    static Socket connect(ServicePort port) throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(10_000);
        socket.connect(port.address(), 10_000);
        return socket;
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    static String receive(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), UTF_8);
    }

    static void assertEchoes(Socket socket, String text) throws IOException {
        send(socket, text);
        assertThat(receive(socket, text.length())).isEqualTo(text);
    }

    static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    /** The reset may come while the client still connects, or when it first reads. */
    static void assertConnectionReset(ServicePort port) {
        assertThatThrownBy(() -> {
                    try (var socket = connect(port)) {
                        socket.getInputStream().read();
                    }
                })
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    /** {@return what the backend says first on a new connection, which is then closed} */
    static String nameBehind(ServicePort port) throws IOException {
        try (var socket = connect(port)) {
            return receive(socket, 1);
        }
    }

    @Override
    public void close() {
        proxy.close();
    }
}
