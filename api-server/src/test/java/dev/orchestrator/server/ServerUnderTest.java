package dev.orchestrator.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.memory.InMemoryDriver;
import dev.orchestrator.runtime.codec.JsonText;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An orchestrator on the in-memory driver, its server, and a plain HTTP client with the credentials of the kubeconfig.
 */
final class ServerUnderTest implements AutoCloseable {

    static final Duration DEADLINE = Duration.ofSeconds(30);

    /**
     * What came back.
     *
     * @param code the status
     * @param headers the headers
     * @param body the body
     */
    record Answer(int code, java.net.http.HttpHeaders headers, String body) {

        /** {@return the body as a tree} */
        Object tree() {
            return JsonText.parse(body).getFirst().root();
        }

        /** {@return what stands at a path of keys and indexes, such as {@code items.0.metadata.name}} */
        Object at(String path) {
            Object node = tree();
            for (String step : path.split("\\.", -1)) {
                node = node instanceof List<?> list ? list.get(Integer.parseInt(step)) : ((Map<?, ?>) node).get(step);
                if (node == null) {
                    throw new AssertionError("no " + path + " in " + body);
                }
            }
            return node;
        }
    }

    private final Orchestrator cluster;
    private final ApiServer api;
    private final HttpClient client;
    private final String token;

    private ServerUnderTest(InMemoryDriver driver) throws InterruptedException {
        cluster = Orchestrator.start(driver);
        api = ApiServer.start(cluster);
        token = field(api.kubeconfig(), "token");
        client = HttpClient.newBuilder()
                .sslContext(trusting(field(api.kubeconfig(), "certificate-authority-data")))
                .connectTimeout(DEADLINE)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    static ServerUnderTest start() throws InterruptedException {
        return new ServerUnderTest(new InMemoryDriver());
    }

    static ServerUnderTest start(InMemoryDriver driver) throws InterruptedException {
        return new ServerUnderTest(driver);
    }

    static String field(String kubeconfig, String name) {
        Matcher line = Pattern.compile(name + ": (\\S+)").matcher(kubeconfig);
        if (!line.find()) {
            throw new AssertionError("no " + name + " in " + kubeconfig);
        }
        return line.group(1);
    }

    private static SSLContext trusting(String authority) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "ca",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(Base64.getDecoder().decode(authority))));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    Orchestrator cluster() {
        return cluster;
    }

    ApiServer api() {
        return api;
    }

    HttpClient client() {
        return client;
    }

    /** {@return a request with the token and JSON as its body} */
    HttpRequest.Builder request(String method, String path, String body) {
        return anonymous(method, path, body).header("Authorization", "Bearer " + token);
    }

    /** {@return a request without credentials} */
    HttpRequest.Builder anonymous(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(api.uri() + path))
                .timeout(DEADLINE)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
    }

    Answer send(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the open answer of a request whose body has no end yet} */
    HttpResponse<InputStream> open(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return an open WebSocket that offers subprotocols} */
    WebSocket socket(String path, List<String> protocols, WebSocket.Listener listener)
            throws InterruptedException, ExecutionException {
        WebSocket.Builder builder = client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .connectTimeout(DEADLINE);
        if (!protocols.isEmpty()) {
            builder.subprotocols(
                    protocols.getFirst(), protocols.subList(1, protocols.size()).toArray(String[]::new));
        }
        URI uri = URI.create(api.uri().toString().replaceFirst("https", "wss") + path);
        return builder.buildAsync(uri, listener).get();
    }

    /** {@return a connection to a server, without anything sent on it} */
    Socket connected(ApiServer to) throws IOException {
        Socket connection = trusting(field(to.kubeconfig(), "certificate-authority-data"))
                .getSocketFactory()
                .createSocket(to.uri().getHost(), to.uri().getPort());
        connection.setSoTimeout((int) DEADLINE.toMillis());
        return connection;
    }

    /** {@return a connection that has left HTTP behind} */
    Socket upgraded(String path, String upgrade, String protocol) throws IOException {
        Socket connection = connected(api);
        String request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nConnection: Upgrade\r\nUpgrade: " + upgrade + "\r\nX-Stream-Protocol-Version: " + protocol
                + "\r\nContent-Length: 0\r\n\r\n";
        connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) connection.getInputStream().read());
        }
        assertThat(head.toString())
                .startsWith("HTTP/1.1 101 ")
                .contains("Upgrade: " + upgrade)
                .contains("X-Stream-Protocol-Version: " + protocol);
        return connection;
    }

    Answer get(String path) throws InterruptedException {
        return send(request("GET", path, "").build());
    }

    Answer getAs(String path, String accept) throws InterruptedException {
        return send(request("GET", path, "").header("Accept", accept).build());
    }

    Answer post(String path, String json) throws InterruptedException {
        return send(request("POST", path, json)
                .header("Content-Type", "application/json")
                .build());
    }

    Answer put(String path, String json) throws InterruptedException {
        return send(request("PUT", path, json)
                .header("Content-Type", "application/json")
                .build());
    }

    Answer patch(String path, String kind, String patch) throws InterruptedException {
        return send(request("PATCH", path, patch)
                .header("Content-Type", "application/" + kind)
                .build());
    }

    Answer delete(String path) throws InterruptedException {
        return send(request("DELETE", path, "").build());
    }

    @Override
    public void close() {
        client.shutdownNow();
        api.close();
        cluster.close();
    }
}
