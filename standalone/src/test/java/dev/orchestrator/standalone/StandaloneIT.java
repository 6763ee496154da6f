package dev.orchestrator.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Runs the packaged jar as a user does. */
@Timeout(120)
class StandaloneIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Process start(String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-jar", requireNonNull(System.getProperty("orchestrator.jar"))));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile()).start();
    }

    private static String text(java.io.InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static KubernetesClient client(Path kubeconfig) throws IOException {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                .build();
    }

    @Test
    void servesUntilItIsToldToStop() throws Exception {
        Process process = start("serve", "--nodes", "3", "--kubeconfig", "config");
        Path kubeconfig = folder.resolve("config");
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine())
                    .matches("Kubernetes API at https://127\\.0\\.0\\.1:[0-9]+, kubeconfig: /.*/config");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kubeconfig)))
                    .isEqualTo("rw-------");
            try (KubernetesClient client = client(kubeconfig)) {
                assertThat(client.nodes().list().getItems()).hasSize(3);
                deploy(client);
            }

            // Process.destroy() would close what is to be read below.
            process.toHandle().destroy();

            assertThat(out.readLine()).as("nothing more is printed").isNull();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(text(process.getErrorStream())).isEmpty();
        assertThat(kubeconfig).doesNotExist();
    }

    @Test
    void afterAKillObjectsInTheDataDirectoryAreThereAgain() throws Exception {
        String uid;
        Process first = start("serve", "--data-dir", "data", "--kubeconfig", "config");
        try (BufferedReader out = first.inputReader()) {
            assertThat(out.readLine()).startsWith("Kubernetes API at ");
            try (KubernetesClient client = client(folder.resolve("config"))) {
                deploy(client);
                uid = uid(client);
            }
            Process second = start("serve", "--data-dir", "data", "--kubeconfig", "other");
            assertThat(text(second.getErrorStream()))
                    .isEqualTo("orchestrator: state directory " + folder.toRealPath()
                            + "/data is in use by the process " + first.pid() + "\n");
            assertThat(second.waitFor()).isEqualTo(1);
        } finally {
            first.destroyForcibly().onExit().join();
        }

        Process next = start("serve", "--data-dir", "data", "--kubeconfig", "config");
        try (BufferedReader out = next.inputReader()) {
            assertThat(out.readLine()).startsWith("Kubernetes API at ");
            try (KubernetesClient client = client(folder.resolve("config"))) {
                assertThat(uid(client)).isEqualTo(uid);
                awaitReady(client);
            }
            next.toHandle().destroy();
            assertThat(out.readLine()).isNull();
        }
        assertThat(next.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static String uid(KubernetesClient client) {
        return client.apps()
                .deployments()
                .inNamespace("default")
                .withName("web")
                .require()
                .getMetadata()
                .getUid();
    }

    private static void deploy(KubernetesClient client) {
        var labels = java.util.Map.of("app", "web");
        client.apps()
                .deployments()
                .inNamespace("default")
                .resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(2)
                        .withNewSelector()
                        .withMatchLabels(labels)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("web")
                        .withImage("nginx:1.29")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        awaitReady(client);
    }

    private static void awaitReady(KubernetesClient client) {
        client.apps()
                .deployments()
                .inNamespace("default")
                .withName("web")
                .waitUntilCondition(
                        it -> Integer.valueOf(2).equals(it.getStatus().getReadyReplicas()), 30, TimeUnit.SECONDS);
    }

    @Test
    void aPortThatIsTakenIsSaidInOneLine() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start("serve", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(text(process.getErrorStream()))
                    .isEqualTo("orchestrator: the API server can not listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": Failed to bind to /127.0.0.1:" + taken.getLocalPort() + "\n");
            assertThat(process.waitFor()).isEqualTo(1);
        }
    }

    @Test
    void aFolderThatIsMissingIsSaid() throws Exception {
        Process process = start("serve", "--kubeconfig", "missing/config");

        assertThat(text(process.getErrorStream()))
                .isEqualTo("orchestrator: --kubeconfig: the folder of " + folder.toRealPath()
                        + "/missing/config does not exist\n");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void wrongArgumentsAreRefusedWithTheUsage() throws Exception {
        assertRefused("--nodes: 0 is not between 1 and 5000", "serve", "--nodes", "0");
        assertRefused("--nodes: the docker driver has one node, not 2", "serve", "--driver", "docker", "--nodes", "2");
        assertRefused("--port: 65536 is not between 0 and 65535", "serve", "--port", "65536");
        assertRefused("\"podman\" is not one of [in-memory, docker]", "serve", "--driver", "podman");
        assertRefused("\"abac\" is not one of [rbac, always-allow]", "serve", "--authorization", "abac");
        assertRefused(
                "--no-authentication: a server that can be reached at 0.0.0.0 needs authentication",
                "serve",
                "--bind",
                "0.0.0.0",
                "--no-authentication");
        assertRefused("Unknown option: '--colour'", "serve", "--colour");
        assertRefused("Missing command: serve");
    }

    private void assertRefused(String why, String... arguments) throws Exception {
        Process process = start(arguments);
        assertThat(text(process.getErrorStream())).contains(why).contains("Usage: orchestrator");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void helpTellsEveryOption() throws Exception {
        Process process = start("serve", "--help");

        assertThat(text(process.getInputStream()))
                .contains(
                        "--driver",
                        "--nodes",
                        "--port",
                        "--bind",
                        "--authorization",
                        "--kubeconfig",
                        "--data-dir",
                        "(default: in-memory)");
        assertThat(process.waitFor()).isZero();
    }
}
