package dev.orchestrator.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import dev.orchestrator.memory.HttpReply;
import dev.orchestrator.memory.InMemoryDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Evictions, bindings, ephemeral containers, resizes and proxies. */
@Timeout(180)
class PodPartsIT {

    private static final String PODS = "/api/v1/namespaces/default/pods/";
    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - {name: main, image: "shop/web:1", ports: [{containerPort: 8080}], resources: {requests: {cpu: 100m}}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              selector: {app: web}
              ports: [{name: http, port: 80, targetPort: 8080}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: nobody}
            spec:
              selector: {app: nobody}
              ports: [{port: 80}]
            """;

    @TempDir
    Path home;

    private ServerUnderTest server;
    private Kubectl kubectl;
    private String pod = "";

    @BeforeEach
    void start() throws InterruptedException, IOException {
        server = ServerUnderTest.start(new InMemoryDriver().image("shop/web:1", container -> {
            container.serveHttp(
                    8080,
                    call -> HttpReply.ok(call.method() + " " + call.path() + " "
                            + call.parameter("q").orElse("") + call.text()));
            return container.awaitStop();
        }));
        kubectl = Kubectl.on(server.api(), home);
        kubectl.run("create", "-f", kubectl.file("web.yaml", WEB)).ok();
        kubectl.run("wait", "--for=condition=Available", "deployment/web", "--timeout=30s")
                .ok();
        pod = kubectl.run("get", "pods", "-o", "jsonpath={.items[0].metadata.name}")
                .ok();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void drainHonoursBudgets() throws IOException, InterruptedException {
        kubectl.run("create", "pdb", "web", "--selector=app=web", "--min-available=1")
                .ok();

        Kubectl.Result refused = kubectl.run("drain", "node-1", "--timeout=2s");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).contains("node/node-1 cordoned\n", "evicting pod default/" + pod);
        assertThat(refused.err())
                .contains("error when evicting pods/\"" + pod
                        + "\" -n \"default\" (will retry after 5s): Cannot evict pod"
                        + " as it would violate the pod's disruption budget.");
        kubectl.run("delete", "pdb", "web").ok();
        Kubectl.Result drained = kubectl.run("drain", "node-1", "--timeout=60s");
        assertThat(drained.ok())
                .contains("node/node-1 already cordoned\n")
                .contains("pod/" + pod + " evicted\n")
                .endsWith("node/node-1 drained\n");
        assertThat(kubectl.run("uncordon", "node-1").ok()).isEqualTo("node/node-1 uncordoned\n");
    }

    @Test
    void anEvictionIsAnsweredAsKubernetesDoes() throws IOException, InterruptedException {
        String path = PODS + pod + "/eviction";
        String eviction =
                "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"" + pod + "\"}}";
        kubectl.run("create", "pdb", "web", "--selector=app=web", "--min-available=1")
                .ok();
        kubectl.run("wait", "pdb/web", "--for=jsonpath={.status.observedGeneration}=1", "--timeout=60s")
                .ok();

        var refused = server.post(path, eviction);
        kubectl.run("delete", "pdb", "web").ok();
        var misnamed = server.post(path, eviction.replace(pod, "other"));
        var rehearsed = server.post(path + "?dryRun=All", eviction);
        boolean isLeft = server.get(PODS + pod).body().contains("deletionTimestamp");
        var evicted = server.post(path, eviction);

        assertThat(refused.code()).isEqualTo(429);
        assertThat(refused.at("message"))
                .isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
        assertThat(refused.at("details.causes.0.message"))
                .isEqualTo("The disruption budget web needs 1 healthy pods and has 1 currently");
        assertThat(misnamed.at("message")).isEqualTo("name in URL does not match name in Eviction object");
        assertThat(rehearsed.code()).isEqualTo(201);
        assertThat(isLeft).isFalse();
        assertThat(evicted.code()).isEqualTo(201);
        assertThat(evicted.body())
                .isEqualTo("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Success\","
                        + "\"code\":201}\n");
        assertThat(server.get(path).code()).isEqualTo(405);
    }

    @Test
    void aSchedulerOfOnesOwnBindsPods() throws IOException, InterruptedException {
        server.post(
                "/api/v1/namespaces/default/pods",
                "{\"metadata\":{\"name\":\"mine\"},\"spec\":{\"schedulerName\":\"mine\",\"containers\":[{\"name\":\"c\","
                        + "\"image\":\"nginx\"}]}}");
        String path = PODS + "mine/binding";
        String binding = "{\"metadata\":{\"name\":\"mine\"},\"target\":{\"kind\":\"Node\",\"name\":\"node-1\"}}";

        var nowhere = server.post(path, "{\"metadata\":{\"name\":\"mine\"},\"target\":{}}");
        var bound = server.post(path, binding);
        var again = server.post(path, binding);

        assertThat(nowhere.at("message")).isEqualTo("Binding \"mine\" is invalid: target.name: Required value");
        assertThat(bound.code()).isEqualTo(201);
        assertThat(again.code()).isEqualTo(409);
        assertThat(again.at("message"))
                .isEqualTo("Operation cannot be fulfilled on pods/binding \"mine\": pod mine is already assigned to"
                        + " node \"node-1\"");
        kubectl.run("wait", "--for=condition=Ready", "pod/mine", "--timeout=30s")
                .ok();
    }

    @Test
    void debugsWithAContainerBesideTheOthers() throws IOException, InterruptedException {
        kubectl.run("debug", pod, "--image=busybox", "-c", "probe").ok();
        kubectl.run(
                        "wait",
                        "--for=jsonpath={.status.ephemeralContainerStatuses[0].state.running}",
                        "pod/" + pod,
                        "--timeout=30s")
                .ok();

        assertThat(kubectl.run("exec", pod, "-c", "probe", "--", "echo", "inside")
                        .ok())
                .isEqualTo("inside\n");
        kubectl.run("debug", pod, "--image=busybox", "--copy-to=copy").ok();
        assertThat(kubectl.run("get", "pod", "copy", "-o", "jsonpath={.spec.containers[*].image}")
                        .ok())
                .isEqualTo("shop/web:1 busybox");
    }

    @Test
    void resizesAPodInPlace() throws IOException, InterruptedException {
        String patch =
                "{\"spec\":{\"containers\":[{\"name\":\"main\",\"resources\":{\"requests\":{\"cpu\":\"200m\"}}}]}}";

        kubectl.run("patch", "pod", pod, "--subresource=resize", "-p", patch).ok();

        assertThat(kubectl.run("get", "pod", pod, "-o", "jsonpath={.spec.containers[0].resources.requests.cpu}")
                        .ok())
                .isEqualTo("200m");
    }

    @Test
    void passesRequestsOnToPodsAndServices() throws IOException, InterruptedException {
        String services = "/api/v1/namespaces/default/services/";

        assertThat(kubectl.run("get", "--raw", PODS + pod + "/proxy/a%20b?q=1").ok())
                .isEqualTo("GET /a b 1");
        assertThat(kubectl.run("get", "--raw", PODS + pod + ":8080/proxy/").ok())
                .startsWith("GET / ");
        assertThat(kubectl.run("get", "--raw", services + "web/proxy/x").ok()).startsWith("GET /x");
        assertThat(kubectl.run("get", "--raw", services + "http:web:http/proxy/x")
                        .ok())
                .startsWith("GET /x");
        assertThat(server.post(PODS + pod + "/proxy/form", "body").body())
                .startsWith("POST /form")
                .endsWith("body");
        assertThat(server.get(PODS + pod + "/proxy").headers().map())
                .containsEntry("location", List.of(PODS + pod + "/proxy/"));
    }

    @Test
    void saysThatNobodyAnswers() throws InterruptedException {
        var refused = server.get(PODS + pod + ":9/proxy/");
        var nobody = server.get("/api/v1/namespaces/default/services/nobody/proxy/");

        assertThat(refused.code()).isEqualTo(503);
        assertThat((String) refused.at("message"))
                .startsWith("error trying to reach service: dial tcp ")
                .endsWith(": connect: connection refused");
        assertThat(nobody.code()).isEqualTo(503);
        assertThat(nobody.at("message")).isEqualTo("no endpoints available for service \"nobody\"");
        assertThat(server.get(PODS + "ftp:x:1/proxy/").at("message")).isEqualTo("invalid pod request \"ftp:x:1\"");
        assertThat(server.get(PODS + "nosuch/proxy/").code()).isEqualTo(404);
    }

    @Test
    void kubectlProxyServesEverythingToItsMachine() throws IOException, InterruptedException {
        Process proxy = kubectl.start("proxy", "--port=0");
        try (BufferedReader lines = proxy.inputReader(StandardCharsets.UTF_8);
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            String line = lines.readLine();
            assertThat(line).startsWith("Starting to serve on 127.0.0.1:");
            String url = "http://" + line.substring("Starting to serve on ".length()) + PODS + pod + "/proxy/through";

            String answer = client.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(ServerUnderTest.DEADLINE)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();

            assertThat(answer).startsWith("GET /through");
        } finally {
            proxy.destroy();
        }
    }
}
