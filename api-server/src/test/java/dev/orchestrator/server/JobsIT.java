package dev.orchestrator.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import dev.orchestrator.memory.ContainerScript;
import dev.orchestrator.memory.InMemoryDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What people do with kubectl about jobs and cron jobs. */
@Timeout(180)
class JobsIT {

    private static final String INDEXED = """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: shards}
            spec:
              completions: 5
              parallelism: 2
              completionMode: Indexed
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: main, image: "shop/index:1"}]
            """;

    @TempDir
    Path home;

    private ServerUnderTest server;
    private Kubectl kubectl;

    @BeforeEach
    void start() throws InterruptedException, IOException {
        server = ServerUnderTest.start(new InMemoryDriver()
                .image("shop/batch:1", ContainerScript.runFor(Duration.ofMillis(20)))
                .image("shop/broken:1", ContainerScript.exits(3))
                .image("shop/index:1", container -> {
                    container
                            .out()
                            .println(container.env().get("JOB_COMPLETION_INDEX") + " on " + container.hostname());
                    return 0;
                }));
        kubectl = Kubectl.on(server.api(), home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void await(String condition, String object) throws IOException, InterruptedException {
        kubectl.run("wait", "--for=condition=" + condition, object, "--timeout=60s")
                .ok();
    }

    @Test
    void aJobIsMadeAwaitedSeenAndDeleted() throws IOException, InterruptedException {
        String made =
                kubectl.run("create", "job", "once", "--image=shop/batch:1").ok();
        await("complete", "job/once");
        String table = kubectl.run("get", "jobs").ok();
        String description = kubectl.run("describe", "job", "once").ok();
        String pods = kubectl.run("get", "pods", "-l", "job-name=once").ok();
        String deleted = kubectl.run("delete", "job", "once").ok();
        kubectl.run("wait", "--for=delete", "pod", "-l", "job-name=once", "--timeout=60s")
                .ok();

        assertThat(made).isEqualTo("job.batch/once created\n");
        assertThat(table.lines().toList().get(0).split(" +"))
                .containsExactly("NAME", "STATUS", "COMPLETIONS", "DURATION", "AGE");
        assertThat(table.lines().toList().get(1)).startsWith("once").contains("Complete", "1/1");
        assertThat(description)
                .contains("Pods Statuses:    0 Active (0 Ready) / 1 Succeeded / 0 Failed")
                .contains("SuccessfulCreate")
                .contains("Job completed");
        assertThat(pods).contains("Completed");
        assertThat(deleted).startsWith("job.batch \"once\" deleted");
    }

    @Test
    void everyPodOfAnIndexedJobKnowsItsIndex() throws IOException, InterruptedException {
        kubectl.run("create", "-f", kubectl.file("shards.yaml", INDEXED)).ok();
        await("complete", "job/shards");

        assertThat(kubectl.run("get", "job", "shards", "-o", "jsonpath={.status.completedIndexes} {.status.succeeded}")
                        .ok())
                .isEqualTo("0-4 5");
        assertThat(kubectl.run("logs", "-l", "batch.kubernetes.io/job-completion-index=3")
                        .ok())
                .isEqualTo("3 on shards-3\n");
    }

    @Test
    void aJobThatIsGivenUpSaysWhy() throws IOException, InterruptedException {
        String file = kubectl.file(
                "broken.yaml",
                INDEXED.replace("shop/index:1", "shop/broken:1")
                        .replace("completionMode: Indexed", "completionMode: Indexed\n  backoffLimit: 0"));
        kubectl.run("create", "-f", file).ok();
        await("failed", "job/shards");

        assertThat(kubectl.run(
                                "get",
                                "job",
                                "shards",
                                "-o",
                                "jsonpath={.status.conditions[?(@.type=='Failed')].reason}")
                        .ok())
                .isEqualTo("BackoffLimitExceeded");
    }

    @Test
    void aCronJobIsMadeRunByHandAndSuspended() throws IOException, InterruptedException {
        String made = kubectl.run("create", "cronjob", "tick", "--image=shop/batch:1", "--schedule=0 0 1 1 *")
                .ok();
        String byHand =
                kubectl.run("create", "job", "by-hand", "--from=cronjob/tick").ok();
        await("complete", "job/by-hand");
        String patched = kubectl.run("patch", "cronjob", "tick", "-p", "{\"spec\":{\"suspend\":true}}")
                .ok();
        String table = kubectl.run("get", "cronjobs").ok();
        Kubectl.Result bad = kubectl.run("create", "cronjob", "bad", "--image=shop/batch:1", "--schedule=61 * * * *");
        kubectl.run("delete", "cronjob", "tick").ok();
        kubectl.run("wait", "--for=delete", "job/by-hand", "--timeout=60s").ok();

        assertThat(made).isEqualTo("cronjob.batch/tick created\n");
        assertThat(byHand).isEqualTo("job.batch/by-hand created\n");
        assertThat(patched).isEqualTo("cronjob.batch/tick patched\n");
        assertThat(table.lines().toList().get(1)).startsWith("tick").contains("0 0 1 1 *", "True");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.err())
                .contains("spec.schedule: Invalid value: \"61 * * * *\": end of range (61) above maximum (59): 61");
    }
}
