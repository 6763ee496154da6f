package dev.orchestrator.samples.guestbook;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import dev.orchestrator.api.AwaitException;
import dev.orchestrator.api.DeploymentHandle;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.PodHandle;
import dev.orchestrator.api.Watch;
import dev.orchestrator.api.WatchEvent;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentSpec;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.memory.InMemoryDriver;

/** Runs the guestbook from its first pod to a clean shutdown and says what happens. */
public final class Guestbook {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PrintStream out;
    private final Set<String> ready = new TreeSet<>();

    Guestbook(PrintStream out) {
        this.out = out;
    }

    /** Runs the sample on standard output. */
    public static void main(String[] args) throws Exception {
        new Guestbook(System.out).run();
    }

    /** {@return the driver with the images of the guestbook: Java programs instead of files} */
    static InMemoryDriver driver() {
        return new InMemoryDriver()
                .image("guestbook/store", new Store())
                .image("guestbook/frontend:1", new Frontend("1"))
                .image("guestbook/frontend:2", new Frontend("2"))
                .missingImage("guestbook/frontend:3");
    }

    @SuppressWarnings("try") // the watch reports on its own; nobody asks it
    void run() throws IOException, InterruptedException {
        try (Orchestrator cluster = Orchestrator.start(driver())) {
            say("A Kubernetes cluster runs in this JVM. Nothing else was started.");
            try (Watch pods = cluster.pods().watch(this::report)) {
                deploy(cluster);
                DeploymentHandle frontend = cluster.deployments().named("frontend");
                try (var client =
                        new Client(cluster.services().named("frontend").uri())) {
                    use(cluster, client);
                    scale(frontend);
                    roll(frontend, client);
                    kill(cluster);
                    breakAndUndo(frontend, client);
                }
            }
            events(cluster);
        }
        say("Closed: no thread, socket or file is left.");
    }

    private void deploy(Orchestrator cluster) throws IOException, InterruptedException {
        step("Apply guestbook.yaml");
        for (Resource applied : cluster.apply(Application.asYaml())) {
            out.println(
                    "  " + applied.resourceType().kind() + " " + applied.key().name());
        }
        for (String name : new String[] {"leader", "follower", "frontend"}) {
            cluster.deployments().named(name).awaitAvailable(PATIENCE);
        }
        say("All pods are ready.");
        List<DeploymentSpec> before = specs(cluster);
        cluster.apply(Application.asJava());
        say("The same application written in Java is applied: "
                + (specs(cluster).equals(before) ? "nothing differs, nothing changes." : "it differs."));
    }

    private static List<DeploymentSpec> specs(Orchestrator cluster) {
        return cluster.deployments().list().stream().map(Deployment::spec).toList();
    }

    private void use(Orchestrator cluster, Client client) throws IOException, InterruptedException {
        step("Use it at " + cluster.services().named("frontend").uri());
        out.println("  " + client.write("Ada was here"));
        out.println("  " + client.write("so was Grace"));
        Set<String> pods = new TreeSet<>();
        for (int i = 0; i < 100 && pods.size() < 3; i++) {
            try (var stranger = new Client(cluster.services().named("frontend").uri())) {
                String page = stranger.read();
                if (pods.add(page.replaceAll(".*served by ([^,]*),.*", "$1"))) {
                    out.println("  " + page);
                }
            }
        }
        say(pods.size() + " different pods have answered at one address.");
    }

    private void scale(DeploymentHandle frontend) throws InterruptedException {
        step("Scale the front end to 5");
        frontend.scale(5).awaitAvailable(PATIENCE);
        say("5 replicas are available.");
    }

    private void roll(DeploymentHandle frontend, Client client) throws IOException, InterruptedException {
        step("Roll out version 2 while a client reads without a pause");
        client.start();
        frontend.setImage("web", "guestbook/frontend:2").awaitRollout(PATIENCE);
        client.stop();
        out.println("  " + client.read());
        say(client.answered() + " requests answered during the rollout, " + client.failed() + " failed."
                + (client.lastFailure() == null ? "" : " The last failure: " + client.lastFailure()));
    }

    private void kill(Orchestrator cluster) throws InterruptedException {
        step("Kill a container");
        PodHandle victim = cluster.pods().labelled("app", "frontend").first();
        int restarts = restarts(victim.get());
        victim.exec("kill", "-9", "1");
        victim.await("restarted and ready", pod -> restarts(pod) > restarts && pod.isReady(), PATIENCE);
        say(victim.name() + " was restarted by the kubelet and is ready again: restart count " + restarts(victim.get())
                + ".");
    }

    private static int restarts(Pod pod) {
        return pod.status().containerStatuses().stream()
                .mapToInt(status -> status.restartCount())
                .sum();
    }

    private void breakAndUndo(DeploymentHandle frontend, Client client) throws IOException, InterruptedException {
        step("Roll out an image that does not exist");
        try {
            frontend.setImage("web", "guestbook/frontend:3").awaitRollout(PATIENCE);
            throw new IllegalStateException("the rollout of a missing image has succeeded");
        } catch (AwaitException e) {
            String.valueOf(e.getMessage()).lines().limit(12).forEach(line -> out.println("  " + line));
        }
        say("The rollout stopped at its progress deadline. The old pods still serve: " + client.read());
        frontend.undoRollout().awaitRollout(PATIENCE);
        say("Undone.");
    }

    private void events(Orchestrator cluster) {
        step("What happened to the front end");
        for (Event event : cluster.deployments().named("frontend").events()) {
            out.printf(Locale.ROOT, "  %-7s %-20s %s%n", event.type(), event.reason(), event.message());
        }
    }

    private void report(WatchEvent<Pod> event) {
        Pod pod = event.object();
        String name = pod.key().name();
        if (pod.isReady() && !pod.metadata().isTerminating() && ready.add(name)) {
            out.println("  pod " + name + " is ready on " + pod.spec().nodeName());
        } else if (!pod.isReady() && ready.remove(name)) {
            out.println("  pod " + name + (pod.metadata().isTerminating() ? " is stopping" : " is not ready"));
        }
    }

    private void step(String title) {
        out.println();
        out.println("== " + title);
    }

    private void say(String sentence) {
        out.println(sentence);
    }
}
