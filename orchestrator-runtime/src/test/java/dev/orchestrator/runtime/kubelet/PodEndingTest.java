package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.core.ExecAction;
import dev.orchestrator.api.model.core.Lifecycle;
import dev.orchestrator.api.model.core.LifecycleHandler;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.SleepAction;
import dev.orchestrator.spi.ExecResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;

/** How pods are brought to an end. */
class PodEndingTest {

    private TestNode node;

    @BeforeEach
    void start() throws InterruptedException {
        node = TestNode.started();
    }

    @AfterEach
    void close() {
        assertThat(node.driver.violations()).isEmpty();
        node.close();
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static LifecycleHandler exec(String... command) {
        return new LifecycleHandler(new ExecAction(List.of(command)), null, null, null);
    }

    private static LifecycleHandler sleep(long seconds) {
        return new LifecycleHandler(null, null, new SleepAction(seconds), null);
    }

    @Test
    void deletesAPodThatEndsWhenAsked() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(container("app"))));

        node.delete("web", null);

        assertThat(node.exists("web")).isFalse();
        assertThat(node.driver.sandboxCount()).isZero();
        assertThat(node.driver.calls()).anyMatch(call -> call.startsWith("stopContainer") && call.endsWith(" 30s"));
        assertThat(node.events).contains("Killing: Stopping container app");
        Pod last = node.history("web").getLast();
        assertThat(last.status().phase()).as("final status").isEqualTo("Succeeded");
    }

    @Test
    void waitsForAContainerThatIgnoresItsStop() throws InterruptedException {
        node.driver.image("app:1").ignoringStop();
        node.create("web", spec -> spec.containers(List.of(container("app"))));

        node.delete("web", 20L);
        node.advance(seconds(19));
        assertThat(node.exists("web")).isTrue();
        assertThat(node.pod("web").isReady()).as("serving until it ends").isTrue();
        node.advance(seconds(1));

        assertThat(node.exists("web")).isFalse();
        assertThat(node.history("web").getLast().status().phase()).isEqualTo("Failed");
    }

    @Test
    void hurriesWhenTheGracePeriodIsShortened() throws InterruptedException {
        node.driver.image("app:1").ignoringStop();
        node.create("web", spec -> spec.containers(List.of(container("app"))));
        node.delete("web", 600L);
        node.advance(seconds(10));

        node.delete("web", 5L);
        node.advance(seconds(5));

        assertThat(node.exists("web")).isFalse();
    }

    @Test
    void killsWhatWasDeletedByForce() throws InterruptedException {
        node.driver.image("app:1").ignoringStop();
        node.create("web", spec -> spec.containers(List.of(container("app"))));

        node.delete("web", 0L);
        assertThat(node.exists("web")).isFalse();
        node.advance(seconds(1));

        assertThat(node.driver.sandboxCount()).isZero();
        assertThat(node.driver.calls()).anyMatch(call -> call.startsWith("stopContainer") && call.endsWith(" 1s"));
    }

    @Test
    void runsThePreStopHookInsideTheGracePeriod() throws InterruptedException {
        node.create(
                "web",
                spec -> spec.containers(List.of(
                        container("app", c -> c.lifecycle(new Lifecycle(null, sleep(12), null))), container("two"))));

        node.delete("web", null);
        node.advance(seconds(11));
        assertThat(node.exists("web")).isTrue();
        assertThat(node.state("web", "app")).isEqualTo("running");
        assertThat(node.state("web", "two")).isEqualTo("Completed");
        node.advance(seconds(1));

        assertThat(node.exists("web")).isFalse();
        assertThat(node.driver.calls()).anyMatch(call -> call.startsWith("stopContainer") && call.endsWith(" 18s"));
    }

    @Test
    void goesOnWhenAPreStopHookFails() throws InterruptedException {
        node.driver.exec((container, command) -> new ExecResult(1, "", "no"));
        node.create(
                "web",
                spec -> spec.containers(List.of(
                        container("app", c -> c.lifecycle(new Lifecycle(null, exec("bye"), null))))));

        node.delete("web", null);

        assertThat(node.exists("web")).isFalse();
        assertThat(node.events).contains("FailedPreStopHook: PreStopHook failed");
    }

    @Test
    void startsTheNextContainerOnlyAfterThePostStartHook() throws InterruptedException {
        node.create(
                "web",
                spec -> spec.containers(List.of(
                        container("app", c -> c.lifecycle(new Lifecycle(sleep(5), null, null))), container("two"))));

        node.advance(seconds(4));
        assertThat(node.state("web", "app")).isEqualTo("ContainerCreating");
        assertThat(node.state("web", "two")).isEqualTo("ContainerCreating");
        node.advance(seconds(1));

        assertThat(node.state("web", "app")).isEqualTo("running");
        assertThat(node.state("web", "two")).isEqualTo("running");
    }

    @Test
    void restartsAContainerWhosePostStartHookFails() throws InterruptedException {
        var isFailing = new java.util.concurrent.atomic.AtomicBoolean(true);
        node.driver.exec((container, command) -> new ExecResult(isFailing.getAndSet(false) ? 1 : 0, "", ""));
        node.create(
                "web",
                spec -> spec.containers(List.of(
                        container("app", c -> c.lifecycle(new Lifecycle(exec("hello"), null, null))))));

        assertThat(node.events).contains("FailedPostStartHook: PostStartHook failed", "Killing: FailedPostStartHook");
        assertThat(node.state("web", "app")).isEqualTo("running");
        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
    }

    @Test
    void endsAPodWhoseImageIsStillBeingPulled() throws InterruptedException {
        node.driver.image("app:1").pullTakes(Duration.ofMinutes(50));
        node.create("web", spec -> spec.containers(List.of(container("app"))));
        node.advance(seconds(10));

        node.delete("web", null);

        assertThat(node.exists("web")).isFalse();
        assertThat(node.driver.sandboxCount()).isZero();
    }

    @Test
    void removesWhatAFinishedPodHasLeft() throws InterruptedException {
        node.driver.image("app:1").thenRuns(seconds(1), 0);
        node.create("web", spec -> spec.restartPolicy("Never").containers(List.of(container("app"))));
        node.advance(seconds(1));
        assertThat(node.phase("web")).isEqualTo("Succeeded");

        node.delete("web", null);

        assertThat(node.exists("web")).isFalse();
        assertThat(node.driver.sandboxCount()).isZero();
    }
}
