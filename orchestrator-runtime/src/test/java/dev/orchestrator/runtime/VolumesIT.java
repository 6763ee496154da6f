package dev.orchestrator.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.PodHandle;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.memory.InMemoryDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.orchestrator.api.draft.Drafts.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Volumes, from the manifest to the files that a container reads. */
class VolumesIT {

    private final ManualClock clock = new ManualClock();
    private Orchestrator cluster;

    @BeforeEach
    void start() throws InterruptedException {
        cluster = Orchestrator.builder(new InMemoryDriver()).time(clock).start();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private PodHandle apply(String manifest) throws InterruptedException {
        cluster.apply(Manifests.load(manifest));
        clock.settle();
        return cluster.pods().named("app");
    }

    private static String pod(String volumes, String mounts) {
        return """
            apiVersion: v1
            kind: Pod
            metadata:
              name: app
              labels: {tier: front}
              annotations: {note: "a \\"quoted\\" one"}
            spec:
              containers:
              - name: main
                image: app:1
                env: [{name: SUB, value: deep}]
                volumeMounts: MOUNTS
              - name: side
                image: side:1
                env: [{name: SUB, value: deep}]
                volumeMounts: MOUNTS
              volumes: VOLUMES
            """.replace("MOUNTS", mounts).replace("VOLUMES", volumes);
    }

    private String read(PodHandle pod, String path) throws InterruptedException {
        var output = pod.exec("cat", path);
        assertThat(output.exitCode()).as(output.stderr()).isZero();
        return output.stdout();
    }

    @Test
    void showsAConfigMapAndItsChanges() throws InterruptedException {
        cluster.apply(configMap("settings").data("colour", "red").data("size", "1"));
        PodHandle pod =
                apply(pod("[{name: conf, configMap: {name: settings}}]", "[{name: conf, mountPath: /etc/app}]"));
        assertThat(read(pod, "/etc/app/colour")).isEqualTo("red");

        cluster.apply(configMap("settings").data("colour", "blue"));
        clock.settle();

        assertThat(read(pod, "/etc/app/colour")).isEqualTo("blue");
        assertThat(pod.exec("cat", "/etc/app/size").exitCode())
                .as("a key that is gone")
                .isEqualTo(1);
    }

    @Test
    void waitsForAConfigMapThatIsNotThereYet() throws InterruptedException {
        PodHandle pod = apply(pod("[{name: conf, configMap: {name: late}}]", "[{name: conf, mountPath: /etc/app}]"));

        assertThat(pod.get().status().containerStatuses().getFirst().state().waiting())
                .extracting("reason")
                .isEqualTo("ContainerCreating");
        assertThat(pod.events())
                .extracting(Event::reason, Event::message)
                .contains(tuple(
                        "FailedMount", "MountVolume.SetUp failed for volume \"conf\" : configmap \"late\" not found"));

        cluster.apply(configMap("late").data("colour", "green"));
        clock.settle();

        assertThat(read(pod, "/etc/app/colour")).isEqualTo("green");
    }

    @Test
    void projectsKeysSecretsAndThePodItself() throws InterruptedException {
        cluster.apply(Manifests.load("""
            apiVersion: v1
            kind: Secret
            metadata: {name: password}
            stringData: {value: s3cret}
            """));
        cluster.apply(configMap("settings").data("colour", "red"));
        PodHandle pod = apply(
                pod("""
            [{name: all, projected: {sources: [
              {secret: {name: password, items: [{key: value, path: deep/er/password, mode: 256}]}},
              {configMap: {name: settings}},
              {configMap: {name: absent, optional: true}},
              {downwardAPI: {items: [
                {path: labels, fieldRef: {fieldPath: metadata.labels}},
                {path: notes, fieldRef: {fieldPath: metadata.annotations}},
                {path: cpu, resourceFieldRef: {containerName: main, resource: requests.cpu}}]}}]}}]""", "[{name: all, mountPath: /all}, {name: all, mountPath: /one, subPath: deep/er/password}]"));

        assertThat(read(pod, "/all/deep/er/password")).isEqualTo("s3cret");
        assertThat(read(pod, "/one")).isEqualTo("s3cret");
        assertThat(read(pod, "/all/colour")).isEqualTo("red");
        assertThat(read(pod, "/all/labels")).isEqualTo("tier=\"front\"");
        assertThat(read(pod, "/all/notes")).endsWith("\nnote=\"a \\\"quoted\\\" one\"");
        assertThat(read(pod, "/all/cpu")).isEqualTo("0");

        pod.label("tier", "back");
        clock.settle();

        assertThat(read(pod, "/all/labels")).isEqualTo("tier=\"back\"");
    }

    @Test
    void sharesAnEmptyDirectoryAndKeepsItOverARestart() throws InterruptedException {
        PodHandle pod = apply(pod(
                "[{name: work, emptyDir: {}}, {name: fast, emptyDir: {medium: Memory}}]",
                "[{name: work, mountPath: /work}, {name: fast, mountPath: /fast}]"));
        assertThat(pod.exec("sh", "-c", "echo hello > /work/greeting").exitCode())
                .isZero();
        assertThat(pod.exec("sh", "-c", "echo quick > /fast/greeting").exitCode())
                .isZero();

        pod.exec("kill", "1");
        clock.advance(Duration.ofSeconds(11));

        assertThat(pod.get().status().containerStatuses().getFirst().restartCount())
                .isEqualTo(1);
        assertThat(read(pod, "/work/greeting")).isEqualTo("hello\n");
        var beside = pod.execIn("side", List.of("cat", "/fast/greeting"), Duration.ofSeconds(5));
        assertThat(beside.stdout()).isEqualTo("quick\n");
    }

    @Test
    void evictsAPodWhoseEmptyDirectoryOutgrowsItsLimit() throws InterruptedException {
        PodHandle pod = apply(pod(
                "[{name: work, emptyDir: {sizeLimit: 1Ki}}, {name: free, emptyDir: {}}]",
                "[{name: work, mountPath: /work}, {name: free, mountPath: /free}]"));
        pod.exec("sh", "-c", "echo " + "x".repeat(2000) + " > /free/much");
        pod.exec("sh", "-c", "echo " + "x".repeat(1023) + " > /work/enough");
        clock.advance(Duration.ofMinutes(1));
        assertThat(pod.get().status().phase()).isEqualTo("Running");

        pod.exec("sh", "-c", "echo > /work/more");
        clock.advance(Duration.ofSeconds(12));

        String message = "Usage of EmptyDir volume \"work\" exceeds the limit \"1Ki\". ";
        assertThat(pod.get().status().phase()).isEqualTo("Failed");
        assertThat(pod.get().status().reason()).isEqualTo("Evicted");
        assertThat(pod.get().status().message()).isEqualTo(message);
        assertThat(pod.get().condition("DisruptionTarget"))
                .hasValueSatisfying(target -> assertThat(target)
                        .extracting("status", "reason", "message")
                        .containsExactly("True", "TerminationByKubelet", message));
        assertThat(pod.events())
                .extracting(Event::type, Event::reason, Event::message)
                .contains(tuple("Warning", "Evicted", message));
        assertThat(pod.get().status().containerStatuses())
                .allMatch(status -> status.state().terminated() != null);
    }

    @Test
    void mountsPathsOfTheHostOfTheTypeAskedFor(@TempDir Path host) throws Exception {
        Files.writeString(host.resolve("file"), "from outside");
        PodHandle pod = apply(pod(
                "[{name: host, hostPath: {path: " + host + ", type: Directory}}]",
                "[{name: host, mountPath: /host}, {name: host, mountPath: /deep, subPathExpr: $(SUB)}]"));

        assertThat(read(pod, "/host/file")).isEqualTo("from outside");
        assertThat(pod.exec("touch", "/deep/made").exitCode()).isZero();
        assertThat(host.resolve("deep/made")).exists();

        pod.delete();
        clock.advance(Duration.ofSeconds(31));
        assertThat(host.resolve("deep/made")).as("what is the host's stays").exists();

        PodHandle other = apply(pod(
                "[{name: host, hostPath: {path: " + host + "/file, type: Directory}}]",
                "[{name: host, mountPath: /host}]"));
        assertThat(other.events())
                .extracting(Event::message)
                .contains("MountVolume.SetUp failed for volume \"host\" : hostPath type check failed: " + host
                        + "/file is not a directory");
    }
}
