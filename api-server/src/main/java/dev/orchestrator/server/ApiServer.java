package dev.orchestrator.server;

import java.net.InetAddress;
import java.net.URI;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.TrustManager;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.TimeSource;
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
    private final Credentials credentials;
    private final TimeSource time;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ApiServer(Server server, Front front, URI uri, Credentials credentials, TimeSource time) {
        this.server = server;
        this.front = front;
        this.uri = uri;
        this.credentials = credentials;
        this.time = time;
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
        var front = new Front(cluster, Access.of(cluster, credentials, options), new Sockets(server), threads);
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
        return new ApiServer(server, front, uri, credentials, cluster.time());
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
        // Whether a certificate is worth anything is decided after the handshake: a bad one is answered with 401.
        var tls = new SslContextFactory.Server() {
            @Override
            protected TrustManager[] getTrustManagers(KeyStore trusted, Collection<? extends CRL> revoked) {
                return new TrustManager[] {new AnyCertificate()};
            }
        };
        tls.setWantClientAuth(true);
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

    /**
     * {@return the text of a kubeconfig with which an administrator reaches the server: its address, authority and a
     * token}
     *
     * <p>The administrator is {@code kubernetes-admin} in the group {@code system:masters}, and may do everything.
     */
    public String kubeconfig() {
        return Kubeconfig.text(uri, credentials);
    }

    /**
     * {@return the text of a kubeconfig with which a user reaches the server: its address, authority and a new
     * certificate that is valid for a year}
     *
     * @param user the name of the user, such as {@code jane}
     * @param groups the groups that the user is in, besides {@code system:authenticated}
     * @throws IllegalArgumentException if the name is empty
     */
    public String kubeconfig(String user, String... groups) {
        if (user.isEmpty()) {
            throw new IllegalArgumentException("the user has no name");
        }
        return Kubeconfig.text(uri, credentials, credentials.issue(user, List.of(groups), time.instant()));
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
