package dev.orchestrator.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.orchestrator.memory.InMemoryDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What containers write, as {@code kubectl logs} and others read it. */
@Timeout(180)
class LogsIT {

    private static final String PODS = "/api/v1/namespaces/default/pods/";
    private static final String TALKER = """
            apiVersion: v1
            kind: Pod
            metadata: {name: talker}
            spec:
              restartPolicy: Never
              containers: [{name: main, image: "shop/talk:1"}]
            """;
    private static final String TWO = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: two}
            spec:
              selector: {matchLabels: {app: two}}
              template:
                metadata: {labels: {app: two}}
                spec:
                  containers:
                  - {name: a, image: "shop/name:1"}
                  - {name: b, image: "shop/name:1"}
            """;

    @TempDir
    Path home;

    private final CountDownLatch allowedToEnd = new CountDownLatch(1);
    private InMemoryDriver driver;
    private ServerUnderTest server;
    private Kubectl kubectl;

    @BeforeEach
    void start() throws InterruptedException, IOException {
        driver = new InMemoryDriver()
                .image("shop/talk:1", container -> {
                    container.out().print("one\ntwo\n");
                    container.err().print("warning\n");
                    container.out().print("thrée");
                    allowedToEnd.await();
                    container.out().print("!\nthe end");
                    return 0;
                })
                .image("shop/name:1", container -> {
                    container.out().println("I am " + container.containerName());
                    return container.awaitStop();
                })
                .image("shop/crash:1", container -> {
                    container.out().println("run " + container.attempt());
                    return container.attempt() == 0 ? 1 : container.awaitStop();
                });
        server = ServerUnderTest.start(driver);
        kubectl = Kubectl.on(server.api(), home);
    }

    @AfterEach
    void stop() {
        allowedToEnd.countDown();
        server.close();
    }

    private void create(String manifest, String ready) throws IOException, InterruptedException {
        kubectl.run("create", "-f", kubectl.file("manifest.yaml", manifest)).ok();
        if (!ready.isEmpty()) {
            kubectl.run("wait", "--for=" + ready.split(" ", 2)[0], ready.split(" ", 2)[1], "--timeout=30s")
                    .ok();
        }
    }

    private String logs(String... arguments) throws IOException, InterruptedException {
        var all = new String[arguments.length + 1];
        all[0] = "logs";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return kubectl.run(all).ok();
    }

    @Test
    void showsTheWantedPart() throws IOException, InterruptedException {
        create(TALKER, "condition=Ready pod/talker");

        assertThat(logs("talker")).isEqualTo("one\ntwo\nwarning\nthrée");
        assertThat(logs("talker", "--tail=2")).isEqualTo("warning\nthrée");
        assertThat(logs("talker", "--limit-bytes=6")).isEqualTo("one\ntw");
        assertThat(logs("talker", "--since=1h")).startsWith("one\n");
        assertThat(logs("talker", "--since-time=2999-01-01T00:00:00Z")).isEmpty();
        assertThat(logs("talker", "--timestamps", "--tail=2"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z warning\n\\S+Z thrée");
        assertThat(server.get(PODS + "talker/log?stream=Stderr").body()).isEqualTo("warning\n");
        assertThat(server.get(PODS + "talker/log?stream=Stdout").body()).isEqualTo("one\ntwo\nthrée");
    }

    @Test
    void followsUntilThePodEnds() throws IOException, InterruptedException {
        create(TALKER, "condition=Ready pod/talker");
        Process follower = kubectl.start("logs", "-f", "talker");
        try (BufferedReader lines = follower.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("one");
            assertThat(lines.readLine()).isEqualTo("two");
            assertThat(lines.readLine()).isEqualTo("warning");

            allowedToEnd.countDown();

            assertThat(lines.readLine()).isEqualTo("thrée!");
            assertThat(lines.readLine()).isEqualTo("the end");
            assertThat(lines.readLine()).isNull();
            assertThat(follower.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(follower.exitValue()).isZero();
        } finally {
            follower.destroy();
        }
    }

    @Test
    void findsPodsByOwnerAndByLabel() throws IOException, InterruptedException {
        create(TWO, "condition=Available deployment/two");

        Kubectl.Result defaulted = kubectl.run("logs", "deploy/two");

        assertThat(defaulted.ok()).isEqualTo("I am a\n");
        assertThat(defaulted.err()).startsWith("Defaulted container \"a\" out of: a, b\n");
        assertThat(logs("deployment/two", "-c", "b")).isEqualTo("I am b\n");
        assertThat(logs("-l", "app=two", "--all-containers").lines()).containsExactlyInAnyOrder("I am a", "I am b");
        assertThat(logs("-l", "app=two", "--all-containers", "--prefix").lines().sorted())
                .satisfiesExactly(
                        a -> assertThat(a).matches("\\[pod/two-\\S+/a] I am a"),
                        b -> assertThat(b).matches("\\[pod/two-\\S+/b] I am b"));
    }

    @Test
    void showsTheRunBefore() throws IOException, InterruptedException {
        create(TALKER.replace("talk:1", "crash:1").replace("Never", "Always"), "");
        kubectl.run("wait", "--for=jsonpath={.status.containerStatuses[0].restartCount}=1", "pod/talker")
                .ok();
        kubectl.run("wait", "--for=condition=Ready", "pod/talker", "--timeout=30s")
                .ok();

        assertThat(logs("talker")).isEqualTo("run 1\n");
        assertThat(logs("talker", "--previous")).isEqualTo("run 0\n");
    }

    @Test
    void saysWhyThereIsNoLog() throws IOException, InterruptedException {
        driver.missingImage("shop/missing:1");
        create(TALKER, "condition=Ready pod/talker");
        create(TALKER.replace("talk:1", "missing:1").replace("name: talker", "name: stuck"), "");
        kubectl.run("wait", "--for=jsonpath={.status.containerStatuses[0].state.waiting.reason}", "pod/stuck")
                .ok();

        assertThat(kubectl.run("logs", "nosuch").err())
                .isEqualTo("error: error from server (NotFound): pods \"nosuch\" not found in namespace \"default\"\n");
        assertThat(kubectl.run("logs", "talker", "-c", "nosuch").err())
                .isEqualTo("error: container nosuch is not valid for pod talker\n");
        assertThat(kubectl.run("logs", "talker", "-p").err())
                .isEqualTo("Error from server (BadRequest): previous terminated container \"main\" in pod"
                        + " \"talker\" not found\n");
        assertThat(kubectl.run("logs", "stuck").err())
                .matches("Error from server \\(BadRequest\\): container \"main\" in pod \"stuck\" is waiting to"
                        + " start: (image can't be pulled|trying and failing to pull image)\n");
    }

    @Test
    void aContainerThatIsBeingCreatedHasNoLogYet() throws IOException, InterruptedException {
        driver.pullDelay(Duration.ofHours(1));
        create(TALKER, "jsonpath={.status.containerStatuses[0].state.waiting.reason}=ContainerCreating pod/talker");

        assertThat(kubectl.run("logs", "talker").err())
                .isEqualTo("Error from server (BadRequest): container \"main\" in pod \"talker\" is waiting to"
                        + " start: ContainerCreating\n");
    }

    @Test
    void aPodWithoutNodeHasAnEmptyLog() throws IOException, InterruptedException {
        create(TALKER.replace("  restartPolicy", "  nodeSelector: {no: such}\n  restartPolicy"), "");

        var answer = server.get(PODS + "talker/log");

        assertThat(answer.code()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void clientsThatNameNoContainerAreToldTheChoice() throws IOException, InterruptedException {
        create(TWO.replace("containers:", "initContainers: [{name: i, image: i}]\n      containers:"), "");
        String pod = kubectl.run("get", "pods", "-o", "jsonpath={.items[0].metadata.name}")
                .ok();

        var refused = server.get(PODS + pod + "/log");

        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.at("message"))
                .isEqualTo("a container name must be specified for pod " + pod
                        + ", choose one of: [a b] or one of the init containers: [i]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            tailLines=-1              | 422 | tailLines: Invalid value: -1: must be greater than or equal to 0
            limitBytes=0              | 422 | limitBytes: Invalid value: 0: must be greater than 0
            sinceSeconds=0            | 422 | sinceSeconds: Invalid value: 0: must be greater than 0
            stream=Both               | 422 | stream: Unsupported value: "Both": supported values: "All", "Stderr", "Stdout"
            stream=Stdout&tailLines=1 | 422 | : Forbidden: `tailLines` and specific `stream` are mutually exclusive for now
            sinceSeconds=1&sinceTime=2026-01-01T00:00:00Z | 422 | : Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified
            """)
    void refusesOptionsThatCanNotBe(String query, int code, String why) throws IOException, InterruptedException {
        create(TALKER, "");

        var refused = server.get(PODS + "talker/log?" + query);

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.at("message")).isEqualTo("PodLogOptions \"talker\" is invalid: " + why);
    }

    @Test
    void numbersMustBeNumbers() throws IOException, InterruptedException {
        create(TALKER, "");

        var refused = server.get(PODS + "talker/log?tailLines=many");

        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.at("message")).isEqualTo("strconv.ParseInt: parsing \"many\": invalid syntax");
    }

    @Test
    void closingTheServerEndsAFollowedLog() throws IOException, InterruptedException {
        create(TALKER, "condition=Ready pod/talker");
        InputStream log = server.open(server.request("GET", PODS + "talker/log?follow=true", "")
                        .build())
                .body();
        try (var lines = new BufferedReader(new InputStreamReader(log, StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("one");
            assertThat(lines.readLine()).isEqualTo("two");
            assertThat(lines.readLine()).isEqualTo("warning");

            server.api().close();

            assertThat(lines.readLine()).isNull();
        }
    }

    @Test
    void aFollowerThatGoesLetsTheLogGo() throws IOException, InterruptedException {
        create(TALKER, "condition=Ready pod/talker");
        var probed = new ProbedCluster(server.cluster());
        try (ApiServer api = ApiServer.start(probed.orchestrator())) {
            Socket client = server.connected(api);
            String request =
                    "GET " + PODS + "talker/log?follow=true HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                            + ServerUnderTest.field(api.kubeconfig(), "token") + "\r\n\r\n";
            client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); !line.equals("warning"); line = lines.readLine()) {
                assertThat(line).isNotNull();
            }

            client.close();

            assertThat(probed.logClosed().await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
