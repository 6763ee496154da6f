package dev.orchestrator.server.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerPort;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.meta.StatusBuilder;
import dev.orchestrator.runtime.serving.ServedCluster;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Statuses;
import dev.orchestrator.server.http.Target;

import static java.util.Objects.requireNonNullElse;

/** Passes requests on to pods and services that speak HTTP, and their answers back. */
public final class Proxy implements AutoCloseable {

    /** What ends at this server, or belongs to one connection only. */
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "authorization",
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int UNAVAILABLE = 503;
    private static final int MOVED = 301;
    private static final int BUFFER = 16 * 1024;
    private static final int HTTP_PORT = 80;

    private final ServedCluster cluster;
    private final Live live = new Live();
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** Reaches the pods and services of a cluster. */
    public Proxy(ServedCluster cluster) {
        this.cluster = cluster;
    }

    /** Nobody can be reached. */
    private static final class Unreachable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message);
        }
    }

    /** Serves a request for the part {@code proxy} of a pod or a service. */
    public void serve(Call call, Target target) throws IOException, InterruptedException {
        if (target.rest().isEmpty() && !call.path().endsWith("/")) {
            call.setHeader("Location", call.rawPath() + "/" + (call.rawQuery().isEmpty() ? "" : "?" + call.rawQuery()));
            call.text(MOVED, "");
            return;
        }
        String kind = target.plural().equals("pods") ? "pod" : "service";
        ProxyTarget wanted = ProxyTarget.parse(requireNonNullElse(target.name(), ""), kind);
        if (wanted.scheme().equals("https")) {
            throw Statuses.badRequest("https is not passed on");
        }
        var key = new ObjectKey(requireNonNullElse(target.namespace(), ""), wanted.name());
        try {
            InetSocketAddress address = kind.equals("pod") ? pod(key, wanted) : service(key, wanted);
            pass(call, address);
        } catch (Unreachable nobody) {
            unavailable(call, String.valueOf(nobody.getMessage()));
        }
    }

    private static void unavailable(Call call, String why) {
        call.json(
                UNAVAILABLE,
                Statuses.tree(StatusBuilder.builder()
                        .status("Failure")
                        .message(why)
                        .reason("ServiceUnavailable")
                        .code(UNAVAILABLE)
                        .build()));
    }

    private InetSocketAddress pod(ObjectKey key, ProxyTarget wanted) throws Unreachable {
        Pod pod = cluster.store().get(ResourceTypes.POD, key);
        int port = wanted.port().isEmpty() ? firstPort(pod) : number(wanted.port());
        return cluster.containers()
                .address(pod, port)
                .orElseThrow(() -> new Unreachable("error trying to reach service: pod has no address"));
    }

    private static int firstPort(Pod pod) {
        for (Container container : pod.spec().containers()) {
            if (!container.ports().isEmpty()) {
                ContainerPort first = container.ports().getFirst();
                return first.containerPort();
            }
        }
        return HTTP_PORT;
    }

    private static int number(String port) {
        try {
            return PodPorts.number(port);
        } catch (IllegalArgumentException malformed) {
            throw Statuses.badRequest(String.valueOf(malformed.getMessage()));
        }
    }

    private InetSocketAddress service(ObjectKey key, ProxyTarget wanted) throws Unreachable {
        Service service = cluster.store().get(ResourceTypes.SERVICE, key);
        String nobody = "no endpoints available for service \"" + key.name() + "\"";
        List<ServicePort> ports = service.spec().ports();
        Optional<ServicePort> port = wanted.port().isEmpty() && ports.size() == 1
                ? Optional.of(ports.getFirst())
                : ports.stream()
                        .filter(each -> wanted.port().equals(each.name())
                                || wanted.port().equals(Integer.toString(each.port())))
                        .findFirst();
        boolean isServed = cluster.store()
                .find(ResourceTypes.ENDPOINTS, key)
                .filter(endpoints -> endpoints.subsets().stream()
                        .anyMatch(subset -> !subset.addresses().isEmpty()))
                .isPresent();
        if (port.isEmpty() || !isServed) {
            throw new Unreachable(nobody);
        }
        try {
            return cluster.serviceAddresses().find(key, port.get()).orElseThrow(() -> new Unreachable(nobody));
        } catch (IOException noPort) {
            throw new Unreachable("error trying to reach service: " + noPort.getMessage());
        }
    }

    private void pass(Call call, InetSocketAddress address) throws IOException, InterruptedException, Unreachable {
        HttpResponse<InputStream> answer = asked(request(call, address));
        InputStream body = live.add(answer.body());
        try (OutputStream out =
                call.stream(answer.statusCode(), answer.headers().map(), NOT_PASSED_ON)) {
            Call.Watching watching = call.whenGone(() -> live.end(body));
            try {
                copy(body, out);
            } finally {
                watching.close();
            }
        } finally {
            live.end(body);
        }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
            to.flush();
        }
    }

    private HttpResponse<InputStream> asked(HttpRequest request) throws InterruptedException, Unreachable {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException failed) {
            String why = failed instanceof java.net.ConnectException
                    ? "dial tcp " + request.uri().getAuthority() + ": connect: connection refused"
                    : String.valueOf(failed.getMessage());
            throw new Unreachable("error trying to reach service: " + why);
        }
    }

    private static HttpRequest request(Call call, InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        String path = call.rawPath();
        String rest = path.substring(path.indexOf("/proxy/", path.indexOf("/namespaces/")) + "/proxy".length());
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                            + address.getPort() + rest + (call.rawQuery().isEmpty() ? "" : "?" + call.rawQuery())));
            byte[] body = call.body();
            request.method(
                    call.method(),
                    body.length == 0
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofByteArray(body));
            call.eachHeader((name, value) -> {
                if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                    request.header(name, value);
                }
            });
            return request.build();
        } catch (IllegalArgumentException malformed) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST, String.valueOf(malformed.getMessage()), null, malformed);
        }
    }

    @Override
    public void close() {
        live.close();
        client.shutdownNow();
    }
}
