package dev.orchestrator.runtime.stress;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orchestrator.api.Cluster;
import dev.orchestrator.api.DeploymentHandle;
import dev.orchestrator.memory.ContainerContext;
import dev.orchestrator.memory.ContainerProgram;
import dev.orchestrator.memory.HttpReply;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.httpGet;
import static dev.orchestrator.api.draft.Drafts.service;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A deployment behind a service that is rolled, scaled, paused and undone without end while clients use it, and that no
 * fault is injected into: it fails no request, whatever happens to others.
 */
public final class CalmApplication {

    /** The namespace of all calm applications. */
    public static final String NAMESPACE = "calm";

    private static final String IMAGE = "calm";
    private static final int PORT = 8080;
    private static final int VERSIONS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration WARM_UP = Duration.ofMillis(30);

    private final Stage stage;
    private final Cluster calm;
    private final String name;
    private final int fewest;
    private final AtomicInteger answered = new AtomicInteger();

    /**
     * Creates an application that nobody has deployed yet.
     *
     * @param fewest how few replicas it may be scaled to; so many that at least one is always available
     */
    public CalmApplication(Stage stage, String name, int fewest) {
        this.stage = stage;
        this.calm = stage.cluster().inNamespace(NAMESPACE);
        this.name = name;
        this.fewest = fewest;
    }

    /** {@return a program that serves from its first moment and is ready only a little later} */
    public static ContainerProgram program() {
        return container -> {
            var since = container.time().instant();
            container.serveHttp(
                    PORT,
                    call -> call.path().equals("/ready") && isCold(container, since)
                            ? HttpReply.status(503)
                            : HttpReply.ok(container.podName()));
            return container.awaitStop();
        };
    }

    private static boolean isCold(ContainerContext container, java.time.Instant since) {
        return container.time().instant().isBefore(since.plus(WARM_UP));
    }

    /** Deploys it and waits until it is available. */
    public void deploy(String maxSurge, String maxUnavailable) throws InterruptedException {
        calm.apply(
                deployment(name)
                        .replicas(fewest + 1)
                        .rollingUpdate(maxSurge, maxUnavailable)
                        .nodeSelector("weather", "calm")
                        .container(
                                "app",
                                c -> c.image(IMAGE + ":0")
                                        .port(PORT)
                                        .readinessProbe(
                                                httpGet("/ready").port(PORT).every(Duration.ofMillis(20)))),
                service(name).selector("app", name).port(80, PORT));
        handle().awaitAvailable(PATIENCE);
    }

    /** Does one of the things that one does to a deployment. */
    public void operate(SplittableRandom random) throws InterruptedException {
        DeploymentHandle app = handle();
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> app.setImage("app", IMAGE + ":" + random.nextInt(VERSIONS));
            case 3, 4, 5 -> app.scale(fewest + random.nextInt(5));
            case 6 -> app.restartRollout();
            case 7 -> app.undoRollout();
            case 8 -> {
                app.pauseRollout();
                app.setEnv(Map.of("SALT", Integer.toString(random.nextInt(100))));
                app.scale(fewest + random.nextInt(5));
                app.resumeRollout();
            }
            default -> app.awaitRollout(PATIENCE);
        }
    }

    /** Asks the service once, on a new connection. */
    public void use(SplittableRandom random) throws InterruptedException {
        String answer;
        try (var socket = new Socket()) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(calm.services().named(name).address());
            String request =
                    "GET /" + random.nextInt(9) + " HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            stage.witness().report("a request to " + name + " failed after " + answered + ": " + e);
            return;
        }
        answered.incrementAndGet();
        long revision = stage.store().revision();
        stage.witness().catchUp();
        String pod = answer.substring(answer.lastIndexOf('\n') + 1);
        if (!answer.startsWith("HTTP/1.1 200")) {
            stage.witness().report("a request to " + name + " got: " + answer);
        } else if (!stage.witness().hadBeenReady(pod, revision)) {
            stage.witness().report("a request to " + name + " reached pod " + pod + ", which had never been ready");
        }
    }

    /** Waits until the last rollout is complete. */
    public void finish() throws InterruptedException {
        handle().awaitRollout(PATIENCE);
    }

    /** {@return how many requests were answered} */
    public int answered() {
        return answered.get();
    }

    private DeploymentHandle handle() {
        return calm.deployments().named(name);
    }
}
