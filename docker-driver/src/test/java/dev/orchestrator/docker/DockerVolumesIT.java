package dev.orchestrator.docker;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.model.core.Pod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Volumes as processes with a user and groups of their own see them. */
@Tag("docker")
@Timeout(240)
class DockerVolumesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static TestEngine engine;
    private Orchestrator cluster;

    @BeforeAll
    static void findEngine() throws Exception {
        engine = TestEngine.require();
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void start() throws InterruptedException {
        cluster = Orchestrator.start(new DockerDriver());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        cluster.close();
        engine.assertNothingIsLeft();
    }

    @Test
    void aProcessReadsAndWritesVolumesByTheGroupsOfItsPod() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("who gives files to any group")
                .isEqualTo("root");
        cluster.apply(Manifests.load("""
                apiVersion: v1
                kind: Secret
                metadata: {name: password}
                stringData: {password: s3cret}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: app}
                spec:
                  securityContext: {runAsUser: 1000, runAsGroup: 1001, fsGroup: 4321, supplementalGroups: [5555]}
                  containers:
                  - name: app
                    image: busybox:1.37
                    command: [sh, -c, "trap 'exit 0' TERM; sleep 3600 & wait"]
                    volumeMounts:
                    - {name: secret, mountPath: /secret}
                    - {name: work, mountPath: /work}
                    - {name: work, mountPath: /deep, subPath: deep}
                  volumes:
                  - {name: secret, secret: {secretName: password, defaultMode: 0400}}
                  - {name: work, emptyDir: {}}
                """));
        cluster.pods().named("app").awaitReady(PATIENCE);

        assertThat(List.of(run("id -u; id -g; id -G").split("\\s+", -1))).contains("1000", "1001", "4321", "5555");
        assertThat(run("cat /secret/password")).isEqualTo("s3cret");
        assertThat(run("stat -Lc '%g %a' /secret/password /work")).isEqualTo("4321 440\n4321 2777\n");
        assertThat(run("echo mine > /work/file && stat -c '%u %g' /work/file")).isEqualTo("1000 4321\n");
        assertThat(run("stat -c %g /deep")).isEqualTo("4321\n");
    }

    private String run(String script) throws InterruptedException {
        var output = cluster.pods().named("app").exec("sh", "-c", script);
        assertThat(output.exitCode()).as(output.stderr()).isZero();
        return output.stdout();
    }

    @Test
    void aPodIsEvictedWhoseEmptyDirectoryOutgrowsItsLimit() throws Exception {
        cluster.apply(Manifests.load("""
                apiVersion: v1
                kind: Pod
                metadata: {name: app}
                spec:
                  containers:
                  - name: app
                    image: busybox:1.37
                    command: [sh, -c, "trap 'exit 0' TERM; dd if=/dev/zero of=/work/much bs=1k count=1100; sleep 3600 & wait"]
                    volumeMounts: [{name: work, mountPath: /work}]
                  volumes:
                  - {name: work, emptyDir: {medium: Memory, sizeLimit: 1Mi}}
                """));

        Pod evicted = cluster.pods().named("app").awaitFinished(PATIENCE);

        assertThat(evicted.status().phase()).isEqualTo("Failed");
        assertThat(evicted.status().reason()).isEqualTo("Evicted");
        assertThat(evicted.status().message())
                .isEqualTo("Usage of EmptyDir volume \"work\" exceeds the limit \"1Mi\". ");
    }
}
