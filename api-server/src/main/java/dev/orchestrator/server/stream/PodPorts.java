package dev.orchestrator.server.stream;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.serving.ServedCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports of a pod, for one client.
 *
 * @param cluster where the pod is
 * @param pod the pod, as it was when the client asked
 * @param live the connections of the client
 */
record PodPorts(ServedCluster cluster, Pod pod, Live live) {

    private static final Logger LOG = LoggerFactory.getLogger(PodPorts.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int BUFFER = 32 * 1024;
    private static final int LAST_PORT = 65_535;

    /** Where bytes go. */
    @FunctionalInterface
    interface Sink {

        /** Sends some. */
        void send(byte[] bytes) throws IOException, InterruptedException;
    }

    /**
     * {@return the number of a port}
     *
     * @throws IllegalArgumentException if the text is not one
     */
    static int number(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port < 1 || port > LAST_PORT) {
                throw new IllegalArgumentException("port \"" + text + "\" must be > 0 and <= 65535");
            }
            return port;
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException("unable to parse \"" + text + "\" as a port", malformed);
        }
    }

    /**
     * Passes bytes on in both directions until the pod has nothing more to say, or the client is gone.
     *
     * @throws IOException if the pod can not be reached, or goes in the middle; the message is for the client
     */
    void join(int port, InputStream fromClient, Sink toClient) throws IOException, InterruptedException {
        Socket connection = live.add(new Socket(Proxy.NO_PROXY));
        try (fromClient) {
            connect(connection, port);
            Thread there = Thread.ofVirtual()
                    .name("forward/" + pod.key() + ":" + port)
                    .start(() -> passOn(fromClient, connection));
            try {
                copy(connection.getInputStream(), toClient);
            } finally {
                fromClient.close();
                live.end(connection);
                there.join();
            }
        } catch (IOException failed) {
            throw new IOException(failure(port, failed), failed);
        } finally {
            live.end(connection);
        }
    }

    private void connect(Socket connection, int port) throws IOException {
        ObjectKey key = pod.key();
        try {
            Pod present = cluster.store().get(ResourceTypes.POD, key);
            InetSocketAddress address = cluster.containers()
                    .address(present, port)
                    .orElseThrow(() -> new IOException("the pod has no network"));
            connection.setTcpNoDelay(true);
            connection.connect(address, (int) CONNECT_TIMEOUT.toMillis());
        } catch (ApiException gone) {
            throw new IOException("pod not found (\"" + key.name() + "_" + key.namespace() + "\")", gone);
        } catch (ConnectException refused) {
            throw new IOException("dial tcp4 127.0.0.1:" + port + ": connect: connection refused", refused);
        } catch (SocketTimeoutException silent) {
            throw new IOException("dial tcp4 127.0.0.1:" + port + ": i/o timeout", silent);
        }
    }

    private String failure(int port, IOException failed) {
        return "error forwarding port " + port + " to pod " + pod.metadata().nameOrEmpty() + ", uid "
                + pod.metadata().uidOrEmpty() + ": " + failed.getMessage();
    }

    private void passOn(InputStream fromClient, Socket connection) {
        try {
            fromClient.transferTo(connection.getOutputStream());
            connection.shutdownOutput();
        } catch (IOException ended) {
            LOG.debug("{}: a connection ended", pod.key(), ended);
        }
    }

    private static void copy(InputStream from, Sink to) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.send(Arrays.copyOf(buffer, read));
        }
    }
}
