package dev.orchestrator.server;

import java.net.InetAddress;
import java.net.URI;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.runtime.serving.ServedCluster;
import dev.orchestrator.server.http.Sockets;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves a running orchestrator over the Kubernetes HTTP API, so that {@code kubectl} and every other client of
 * Kubernetes work on it.
 *
 * <p>It listens on loopback, speaks TLS with a certificate made for it, and asks for the token that
 * {@link #kubeconfig()} holds. Several servers may serve one orchestrator. All methods may be called from any thread.
 */
public final class ApiServer implements AutoCloseable {

    private static final int CARRIER_THREADS = 32;

    /** As many as Jetty finds right for the processors of the machine: requests that never wait are served by them. */
    private static final int USUAL_SELECTORS = -1;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration IDLE_AT_CLOSE = Duration.ofMillis(50);

    private final Server server;
    private final Front front;
    private final URI uri;
    private final String kubeconfig;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ApiServer(Server server, Front front, URI uri, String kubeconfig) {
        this.server = server;
        this.front = front;
        this.uri = uri;
        this.kubeconfig = kubeconfig;
    }

    /**
     * {@return a server on a free port of the loopback interface that answers requests}
     *
     * @param orchestrator what to serve; not closed by the server
     * @throws IllegalArgumentException if the orchestrator does not run in this JVM
     * @throws IllegalStateException if the server can not listen; nothing is left behind
     */
    public static ApiServer start(Orchestrator orchestrator) {
        return start(orchestrator, ApiServerOptions.defaults());
    }

    /**
     * {@return a server that answers requests}
     *
     * @param orchestrator what to serve; not closed by the server
     * @param options where to listen
     * @throws IllegalArgumentException if the orchestrator does not run in this JVM
     * @throws IllegalStateException if the server can not listen there; nothing is left behind
     */
    public static ApiServer start(Orchestrator orchestrator, ApiServerOptions options) {
        ServedCluster cluster = ServedCluster.of(orchestrator);
        Credentials credentials =
                Credentials.generate(options.address(), cluster.time().instant());
        Executor threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("api-server/", 0).factory());
        Server server = server(options, credentials.keyStore(), threads);
        var front = new Front(cluster, credentials, new Sockets(server), threads);
        server.setHandler(new GracefulHandler(front));
        var started = false;
        try {
            server.start();
            started = true;
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the API server can not listen on " + AddressText.inUri(options.address()) + ":" + options.port()
                            + ": " + e.getMessage(),
                    e);
        } finally {
            if (!started) {
                stop(server);
            }
        }
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        InetAddress reached =
                options.address().isAnyLocalAddress() ? ApiServerOptions.ipv4Loopback() : options.address();
        URI uri = URI.create("https://" + AddressText.inUri(reached) + ":" + port);
        return new ApiServer(server, front, uri, Kubeconfig.text(uri, credentials));
    }

    private static Server server(ApiServerOptions options, KeyStore keyStore, Executor threads) {
        var carriers = new QueuedThreadPool(CARRIER_THREADS, 1);
        carriers.setName("api-server");
        carriers.setDaemon(true);
        carriers.setVirtualThreadsExecutor(threads);
        var server = new Server(carriers);
        server.setErrorHandler(new PlainErrors());
        server.setStopTimeout(CLOSE_TIMEOUT.toMillis());
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.addCustomizer(new SecureRequestCustomizer(false));
        var tls = new SslContextFactory.Server();
        tls.setKeyStore(keyStore);
        tls.setKeyStorePassword("");
        tls.setKeyManagerPassword("");
        tls.setSniRequired(false);
        var connector = new ServerConnector(
                server,
                1,
                USUAL_SELECTORS,
                new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()),
                new HttpConnectionFactory(http));
        connector.setHost(options.address().getHostAddress());
        connector.setPort(options.port());
        connector.setShutdownIdleTimeout(IDLE_AT_CLOSE.toMillis());
        server.addConnector(connector);
        return server;
    }

    /** {@return where the server answers} */
    public URI uri() {
        return uri;
    }

    /** {@return the text of a kubeconfig with which clients reach the server: its address, authority and a token} */
    public String kubeconfig() {
        return kubeconfig;
    }

    /** Ends all watches and connections; the orchestrator runs on. Calling it again does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            front.close();
            stop(server);
        }
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the API server can not be stopped", e);
        }
    }
}
