package dev.orchestrator.samples.sidecar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Assumptions;

import static org.junit.jupiter.api.Assertions.fail;

/** The docker CLI: what somebody at a terminal sees and does of an engine, whatever the orchestrator says. */
final class DockerCli {

    private DockerCli() {}

    /** Skips the test without an engine or its images, or fails it where DOCKER_TESTS is {@code required}. */
    static void require() throws InterruptedException {
        try {
            run("image", "inspect", "busybox:1.37", "registry.k8s.io/pause:3.10");
        } catch (IOException e) {
            if ("required".equals(System.getenv("DOCKER_TESTS"))) {
                fail("no Docker engine with the images that script/test-images makes", e);
            }
            Assumptions.abort("no Docker engine with the images that script/test-images makes: " + e.getMessage());
        }
    }

    /** {@return the ids of the containers of a pod, without its pause container} */
    static List<String> containers(String podUid) throws IOException, InterruptedException {
        return run(
                "ps",
                "--quiet",
                "--filter",
                "label=io.kubernetes.pod.uid=" + podUid,
                "--filter",
                "label=io.kubernetes.container.name");
    }

    static void kill(String container) throws IOException, InterruptedException {
        run("kill", container);
    }

    /** {@return the ids of what is there because of this process: containers, then networks} */
    static List<String> left() throws IOException, InterruptedException {
        var left = new ArrayList<String>();
        String owned = "label=dev.orchestrator.owner";
        String pid = "|" + ProcessHandle.current().pid() + "|";
        for (String container : run("ps", "--all", "--filter", owned, "--format", "{{.ID}} {{.Labels}}")) {
            if (container.contains(pid)) {
                left.add(container);
            }
        }
        for (String network : run("network", "ls", "--filter", owned, "--format", "{{.ID}} {{.Labels}}")) {
            if (network.contains(pid)) {
                left.add(network);
            }
        }
        return left;
    }

    private static List<String> run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
        return said.lines().toList();
    }
}
