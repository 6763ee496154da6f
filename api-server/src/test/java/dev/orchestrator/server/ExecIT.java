package dev.orchestrator.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.orchestrator.memory.ContainerCommand;
import dev.orchestrator.memory.ContainerContext;
import dev.orchestrator.memory.InMemoryDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Commands in containers and their main processes, as {@code kubectl exec}, {@code attach} and {@code cp} use them. */
@Timeout(180)
class ExecIT {

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: p}
            spec:
              restartPolicy: Never
              containers:
              - {name: main, image: "shop/tools:1"}
              - {name: other, image: "shop/tools:1"}
            """;

    @TempDir
    Path home;

    private final CountDownLatch interrupted = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init") // each test starts it in its own way
    private ServerUnderTest server;

    @SuppressWarnings("NullAway.Init")
    private Kubectl kubectl;

    private void start(String webSockets) throws IOException, InterruptedException {
        var driver = new InMemoryDriver()
                .image("shop/tools:1", container -> {
                    container.command("tar", ExecIT::tar);
                    container.command("both", ExecIT::both);
                    container.command("forever", this::forever);
                    return container.awaitStop();
                })
                .image("shop/upper:1", ExecIT::upper);
        server = ServerUnderTest.start(driver);
        kubectl = Kubectl.on(server.api(), home).with("KUBECTL_REMOTE_COMMAND_WEBSOCKETS", webSockets);
    }

    private void startWithPod(String webSockets) throws IOException, InterruptedException {
        start(webSockets);
        kubectl.run("create", "-f", kubectl.file("pod.yaml", POD)).ok();
        kubectl.run("wait", "--for=condition=Ready", "pod/p", "--timeout=30s").ok();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The tar of this machine, on the files of the container. */
    private static int tar(ContainerCommand.Call call) throws IOException, InterruptedException {
        var command = new ArrayList<>(call.arguments());
        command.replaceAll(word -> word.equals("/") ? "." : word.startsWith("/") ? word.substring(1) : word);
        Process tar = new ProcessBuilder(command)
                .directory(call.container().path("/").toFile())
                .start();
        Thread input = Thread.ofVirtual().start(() -> copy(call.in(), tar.getOutputStream()));
        Thread errors = Thread.ofVirtual().start(() -> copy(tar.getErrorStream(), call.err()));
        tar.getInputStream().transferTo(call.out());
        errors.join();
        int code = tar.waitFor();
        input.interrupt();
        return code;
    }

    private static void copy(InputStream from, OutputStream to) {
        try (to) {
            from.transferTo(to);
        } catch (IOException ended) {
            assertThat(ended).isNotNull(); // one side had enough
        }
    }

    private static int both(ContainerCommand.Call call) {
        call.out().println("out");
        call.err().println("err");
        return Integer.parseInt(call.arguments().get(1));
    }

    private int forever(ContainerCommand.Call call) throws InterruptedException {
        call.out().println("begun");
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    private static int upper(ContainerContext container) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(container.in(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            container.out().println(line.toUpperCase(java.util.Locale.ROOT));
        }
        return 3;
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void tellsStreamsApartAndHowTheCommandEnded(String webSockets) throws IOException, InterruptedException {
        startWithPod(webSockets);

        Kubectl.Result result = kubectl.run("exec", "p", "-c", "other", "--", "both", "7");

        assertThat(result.out()).isEqualTo("out\n");
        assertThat(result.err()).isEqualTo("err\ncommand terminated with exit code 7\n");
        assertThat(result.code()).isEqualTo(7);
        assertThat(kubectl.run("exec", "p", "--", "hostname").ok()).isEqualTo("p\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void passesAllInputOnAndItsEnd(String webSockets) throws IOException, InterruptedException {
        startWithPod(webSockets);
        String input = "0123456789abcde\n".repeat(200_000);

        Kubectl.Result result = kubectl.runWith(
                input.getBytes(StandardCharsets.US_ASCII), "exec", "-i", "p", "-c", "main", "--", "cat");

        assertThat(result.ok()).isEqualTo(input);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void givesATerminal(String webSockets) throws IOException, InterruptedException {
        startWithPod(webSockets);

        Kubectl.Result result = kubectl.runOnTerminal("exec -it p -c main -- both 4");

        assertThat(result.out()).contains("out").contains("err").contains("exit code 4");
        assertThat(result.code()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void refusesWhatCanNotBe(String webSockets) throws IOException, InterruptedException {
        startWithPod(webSockets);

        assertThat(kubectl.run("exec", "p", "-c", "nosuch", "--", "true").err())
                .isEqualTo("Error from server (BadRequest): container nosuch is not valid for pod p\n");
        assertThat(kubectl.run("exec", "nosuch", "--", "true").err())
                .isEqualTo("Error from server (NotFound): pods \"nosuch\" not found\n");
        Kubectl.Result unknown = kubectl.run("exec", "p", "-c", "main", "--", "nosuch");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err())
                .startsWith("error: Internal error occurred: error executing command in container: ")
                .contains("\"nosuch\": executable file not found in $PATH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void aCommandEndsWithItsClient(String webSockets) throws IOException, InterruptedException {
        startWithPod(webSockets);
        Process client = kubectl.start("exec", "p", "-c", "main", "--", "forever");
        try (BufferedReader lines = client.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("begun");

            client.destroyForcibly();

            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void aCommandEndsWithTheServer(String webSockets) throws IOException, InterruptedException {
        startWithPod(webSockets);
        Process client = kubectl.start("exec", "p", "-c", "main", "--", "forever");
        try (BufferedReader lines = client.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("begun");

            server.api().close();

            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            client.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void attachesToTheMainProcess(String webSockets) throws IOException, InterruptedException {
        start(webSockets);

        Kubectl.Result result = kubectl.runWith(
                "hello\nworld\n".getBytes(StandardCharsets.US_ASCII),
                "run",
                "u",
                "--image=shop/upper:1",
                "--restart=Never",
                "-i",
                "--quiet");

        assertThat(result.out()).isEqualTo("HELLO\nWORLD\n");
        assertThat(result.code()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void attachesToWhatRunsAlready(String webSockets) throws IOException, InterruptedException {
        start(webSockets);
        kubectl.run("run", "u", "--image=shop/upper:1", "--restart=Never", "--stdin", "--attach=false")
                .ok();
        kubectl.run("wait", "--for=condition=Ready", "pod/u", "--timeout=30s").ok();

        Kubectl.Result result =
                kubectl.runWith("hello\n".getBytes(StandardCharsets.US_ASCII), "attach", "u", "-i", "--quiet");

        assertThat(result.ok()).isEqualTo("HELLO\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void copiesBothWays(String webSockets) throws IOException, InterruptedException {
        startWithPod(webSockets);
        Files.createDirectories(home.resolve("local/deep"));
        Files.writeString(home.resolve("local/deep/file"), "content\n".repeat(20_000));

        kubectl.run("cp", "local", "p:/data", "-c", "main").ok();
        kubectl.run("cp", "p:/data", "back", "-c", "main").ok();

        assertThat(kubectl.run("exec", "p", "-c", "main", "--", "ls", "/data/deep")
                        .ok())
                .isEqualTo("file\n");
        assertThat(home.resolve("back/deep/file")).hasSameTextualContentAs(home.resolve("local/deep/file"));
    }
}
