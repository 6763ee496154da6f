package dev.orchestrator.runtime.kubelet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerPortBuilder;
import dev.orchestrator.api.model.core.HTTPGetAction;
import dev.orchestrator.api.model.core.HTTPHeader;
import dev.orchestrator.api.model.core.Lifecycle;
import dev.orchestrator.api.model.core.LifecycleHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;

/** Hooks that ask a port of their pod by HTTP. */
class HttpHooksIT {

    private static final HTTPHeader WHO = new HTTPHeader("X-Who", "the kubelet");

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private TestNode node;
    private HttpServer server;
    private volatile int status = 200;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.started();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Who"));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        open();
    }

    @AfterEach
    void close() {
        assertThat(node.driver.violations()).isEmpty();
        node.close();
        server.stop(0);
    }

    /** Something listens on the pod's port. */
    private void open() {
        node.driver.port(8080, server.getAddress());
    }

    /** Nothing does. */
    private void shut() throws IOException {
        try (var nobody = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            node.driver.port(8080, new InetSocketAddress(InetAddress.getLoopbackAddress(), nobody.getLocalPort()));
        }
    }

    private static LifecycleHandler get(String path, IntOrString port) {
        return new LifecycleHandler(null, new HTTPGetAction(null, List.of(WHO), path, port, "HTTP"), null, null);
    }

    private static Container hooked(@Nullable LifecycleHandler postStart, @Nullable LifecycleHandler preStop) {
        return container(
                "app",
                c -> c.ports(List.of(ContainerPortBuilder.builder()
                                .name("web")
                                .containerPort(8080)
                                .protocol("TCP")
                                .build()))
                        .lifecycle(new Lifecycle(postStart, preStop, null)));
    }

    private void create(@Nullable LifecycleHandler postStart, @Nullable LifecycleHandler preStop)
            throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(hooked(postStart, preStop))));
    }

    @Test
    void postStartAsksANamedPortWithItsHeaders() throws Exception {
        create(get("/hello?to=you", IntOrString.of("web")), null);

        assertThat(requests).containsExactly("GET /hello?to=you the kubelet");
        assertThat(node.pod("web").isReady()).isTrue();
    }

    @Test
    void anyAnswerWillDo() throws Exception {
        status = 500;

        create(get("/hello", IntOrString.of(8080)), null);

        assertThat(requests).hasSize(1);
        assertThat(node.pod("web").isReady()).isTrue();
        assertThat(node.events).noneMatch(event -> event.contains("Hook"));
    }

    @Test
    void aPortThatNobodyListensToCostsTheContainerItsLifeUntilSomebodyDoes() throws Exception {
        shut();

        create(get("/hello", IntOrString.of("web")), null);
        assertThat(node.events).contains("FailedPostStartHook: PostStartHook failed", "Killing: FailedPostStartHook");
        assertThat(node.state("web", "app")).isEqualTo("CrashLoopBackOff");
        assertThat(node.pod("web").isReady()).isFalse();

        open();
        node.advance(Duration.ofSeconds(10));

        assertThat(node.pod("web").isReady()).isTrue();
        assertThat(node.container("web", "app").restartCount()).isEqualTo(2);
    }

    @Test
    void aPortNameThatTheContainerDoesNotHaveFailsTheHook() throws Exception {
        create(get("/hello", IntOrString.of("admin")), null);

        assertThat(node.events).contains("FailedPostStartHook: PostStartHook failed");
        assertThat(requests).isEmpty();
    }

    @Test
    void preStopIsAskedBeforeTheContainerIsToldToEnd() throws Exception {
        create(null, get("bye", IntOrString.of("web")));

        node.delete("web", null);

        assertThat(requests).containsExactly("GET /bye the kubelet");
        assertThat(node.events).contains("Killing: Stopping container app").noneMatch(event -> event.contains("Hook"));
        assertThat(node.exists("web")).isFalse();
    }

    @Test
    void aPreStopHookThatReachesNobodyIsReportedAndHoldsUpNothing() throws Exception {
        create(null, get("/bye", IntOrString.of(8080)));
        shut();

        node.delete("web", null);

        assertThat(node.events).contains("FailedPreStopHook: PreStopHook failed");
        assertThat(node.driver.calls()).anyMatch(call -> call.startsWith("stopContainer") && call.endsWith(" 30s"));
        assertThat(node.exists("web")).isFalse();
    }
}
