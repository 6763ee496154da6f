package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.core.PodCondition;
import dev.orchestrator.spi.DriverException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;

/** What happens to pods, as one would tell it. */
class PodStoriesTest {

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

    @Test
    void runsAPodAndReportsItWithOneWrite() throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(container("app"))));

        assertThat(node.phase("web")).isEqualTo("Running");
        assertThat(node.pod("web").isReady()).isTrue();
        assertThat(node.container("web", "app").containerID()).startsWith("scripted://");
        assertThat(node.status("web").podIP()).startsWith("10.244.");
        assertThat(node.status("web").hostIP()).isEqualTo("172.18.0.2");
        assertThat(node.status("web").qosClass()).isEqualTo("BestEffort");
        assertThat(node.status("web").startTime()).isEqualTo(node.clock.instant());
        assertThat(node.status("web").conditions())
                .extracting(PodCondition::type, PodCondition::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("PodReadyToStartContainers", "True"),
                        org.assertj.core.groups.Tuple.tuple("Initialized", "True"),
                        org.assertj.core.groups.Tuple.tuple("Ready", "True"),
                        org.assertj.core.groups.Tuple.tuple("ContainersReady", "True"),
                        org.assertj.core.groups.Tuple.tuple("PodScheduled", "True"));
        assertThat(node.history("web")).as("created, then one status").hasSize(2);
        assertThat(node.events)
                .containsExactly(
                        "Pulled: Container image \"app:1\" already present on machine and can be accessed by the pod",
                        "Created: Container created",
                        "Started: Container started");
    }

    @Test
    void restartsACrashingContainerLaterAndLater() throws InterruptedException {
        node.driver.image("app:1").thenRuns(seconds(1), 1);
        node.create("web", spec -> spec.containers(List.of(container("app"))));
        String uid = node.pod("web").metadata().uid();

        node.advance(seconds(1));
        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);

        node.advance(seconds(1));
        assertThat(node.state("web", "app")).isEqualTo("CrashLoopBackOff");
        assertThat(node.message("web", "app"))
                .isEqualTo("back-off 10s restarting failed container=app pod=web_default(" + uid + ")");
        assertThat(node.lastEnd("web", "app").exitCode()).isEqualTo(1);
        assertThat(node.phase("web")).isEqualTo("Running");
        assertThat(node.pod("web").isReady()).isFalse();
        assertThat(node.events)
                .contains("BackOff: Back-off restarting failed container app in pod web_default(" + uid + ")");

        node.advance(seconds(10));
        assertThat(node.container("web", "app").restartCount()).isEqualTo(2);

        node.advance(seconds(1 + 20));
        assertThat(node.container("web", "app").restartCount()).isEqualTo(3);

        node.advance(Duration.ofHours(1));
        int after = node.container("web", "app").restartCount();
        node.advance(Duration.ofSeconds(301 * 3));
        assertThat(node.container("web", "app").restartCount()).isEqualTo(after + 3);
    }

    @Test
    void forgetsTheBackOffOfAContainerThatRanForLong() throws InterruptedException {
        node.driver
                .image("app:1")
                .thenRuns(seconds(1), 1)
                .thenRuns(seconds(1), 1)
                .thenRuns(Duration.ofMinutes(11), 1);
        node.create("web", spec -> spec.containers(List.of(container("app"))));

        node.advance(seconds(12));
        assertThat(node.container("web", "app").restartCount()).isEqualTo(2);
        node.advance(Duration.ofMinutes(11));

        assertThat(node.container("web", "app").restartCount()).isEqualTo(3);
        assertThat(node.state("web", "app")).isEqualTo("running");
    }

    @Test
    void finishesAPodThatIsNotRestarted() throws InterruptedException {
        node.driver.image("good:1").thenRuns(seconds(5), 0);
        node.driver.image("bad:1").thenRuns(seconds(5), 3);
        node.create("good", spec -> spec.restartPolicy("Never").containers(List.of(container("good"))));
        node.create("bad", spec -> spec.restartPolicy("Never").containers(List.of(container("bad"))));

        node.advance(seconds(5));

        assertThat(node.phase("good")).isEqualTo("Succeeded");
        assertThat(node.state("good", "good")).isEqualTo("Completed");
        assertThat(node.pod("good").condition("Ready").orElseThrow().reason()).isEqualTo("PodCompleted");
        assertThat(node.phase("bad")).isEqualTo("Failed");
        assertThat(node.state("bad", "bad")).isEqualTo("Error");
        assertThat(node.driver.sandboxCount()).as("kept for their logs").isEqualTo(2);
    }

    @Test
    void restartsOnFailureOnly() throws InterruptedException {
        node.driver.image("app:1").thenRuns(seconds(1), 1).thenRuns(seconds(1), 0);
        node.create("job", spec -> spec.restartPolicy("OnFailure").containers(List.of(container("app"))));

        node.advance(seconds(2));

        assertThat(node.phase("job")).isEqualTo("Succeeded");
        assertThat(node.container("job", "app").restartCount()).isEqualTo(1);
    }

    @Test
    void tellsACompletedFromAnOutOfMemoryContainer() throws InterruptedException {
        node.driver.image("app:1").thenRunsOutOfMemory(seconds(1));
        node.create("web", spec -> spec.restartPolicy("Never").containers(List.of(container("app"))));

        node.advance(seconds(1));

        assertThat(node.state("web", "app")).isEqualTo("OOMKilled");
        assertThat(node.end("web", "app").exitCode()).isEqualTo(137);
    }

    @Test
    void runsInitContainersOneAfterAnother() throws InterruptedException {
        node.driver.image("one:1").thenRuns(seconds(2), 0);
        node.driver.image("two:1").thenRuns(seconds(2), 0);
        node.create(
                "web",
                spec -> spec.initContainers(List.of(container("one"), container("two")))
                        .containers(List.of(container("app"))));

        assertThat(node.phase("web")).isEqualTo("Pending");
        assertThat(node.state("web", "one")).isEqualTo("running");
        assertThat(node.state("web", "two")).isEqualTo("PodInitializing");
        assertThat(node.state("web", "app")).isEqualTo("PodInitializing");
        assertThat(node.pod("web").condition("Initialized").orElseThrow().message())
                .isEqualTo("containers with incomplete status: [one two]");

        node.advance(seconds(2));
        assertThat(node.state("web", "two")).isEqualTo("running");
        node.advance(seconds(2));

        assertThat(node.phase("web")).isEqualTo("Running");
        assertThat(node.pod("web").isReady()).isTrue();
        assertThat(node.container("web", "one").ready()).isTrue();
    }

    @Test
    void failsAPodWhoseInitContainerFailsForGood() throws InterruptedException {
        node.driver.image("init:1").thenRuns(seconds(1), 1);
        node.create(
                "web",
                spec -> spec.restartPolicy("Never")
                        .initContainers(List.of(container("init")))
                        .containers(List.of(container("app"))));

        node.advance(seconds(1));

        assertThat(node.phase("web")).isEqualTo("Failed");
        assertThat(node.state("web", "app")).isEqualTo("PodInitializing");
    }

    @Test
    void retriesAnInitContainer() throws InterruptedException {
        node.driver
                .image("init:1")
                .thenRuns(seconds(1), 1)
                .thenRuns(seconds(1), 1)
                .thenRuns(seconds(1), 0);
        node.create(
                "web", spec -> spec.initContainers(List.of(container("init"))).containers(List.of(container("app"))));

        node.advance(seconds(2));
        assertThat(node.state("web", "init")).isEqualTo("CrashLoopBackOff");
        assertThat(node.phase("web")).isEqualTo("Pending");

        node.advance(seconds(11));
        assertThat(node.phase("web")).isEqualTo("Running");
        assertThat(node.container("web", "init").restartCount()).isEqualTo(2);
    }

    @Test
    void stopsSidecarsInReverseOrderAfterTheRest() throws InterruptedException {
        node.driver.image("app:1").thenRuns(seconds(5), 0);
        node.create(
                "job",
                spec -> spec.restartPolicy("Never")
                        .initContainers(List.of(
                                container("first", c -> c.restartPolicy("Always")),
                                container("second", c -> c.restartPolicy("Always"))))
                        .containers(List.of(container("app"))));
        assertThat(node.phase("job")).isEqualTo("Running");
        assertThat(node.container("job", "first").started()).isTrue();

        node.advance(seconds(5));

        assertThat(node.phase("job")).isEqualTo("Succeeded");
        assertThat(node.events.stream().filter(event -> event.startsWith("Killing")))
                .containsExactly("Killing: Stopping container second", "Killing: Stopping container first");
    }

    @Test
    void backsOffFromAnImageThatCannotBePulledUntilItIsChanged() throws InterruptedException {
        node.driver.image("app:1").pullError(DriverException.Reason.IMAGE_NOT_FOUND);
        node.create("web", spec -> spec.containers(List.of(container("app"))));

        assertThat(node.state("web", "app")).isEqualTo("ErrImagePull");
        assertThat(node.phase("web")).isEqualTo("Pending");
        node.advance(seconds(1));
        assertThat(node.state("web", "app")).isEqualTo("ImagePullBackOff");
        assertThat(node.message("web", "app"))
                .isEqualTo("Back-off pulling image \"app:1\": ErrImagePull: manifest unknown");
        assertThat(node.events)
                .containsSubsequence(
                        "Pulling: Pulling image \"app:1\"",
                        "Failed: Failed to pull image \"app:1\": manifest unknown",
                        "Failed: Error: ErrImagePull",
                        "BackOff: Back-off pulling image \"app:1\"",
                        "Failed: Error: ImagePullBackOff");

        node.driver.image("app:1").pullError(null);
        node.advance(seconds(9));
        assertThat(node.phase("web")).isEqualTo("Running");
        assertThat(node.events)
                .contains("Pulled: Successfully pulled image \"app:1\" in 0s (0s including waiting)."
                        + " Image size: 1000 bytes.");
    }

    @Test
    void showsAPodWhoseImageIsBeingPulled() throws InterruptedException {
        node.driver.image("app:1").pullTakes(seconds(20));
        node.create("web", spec -> spec.containers(List.of(container("app"))));

        node.advance(seconds(5));
        assertThat(node.phase("web")).isEqualTo("Pending");
        assertThat(node.state("web", "app")).isEqualTo("ContainerCreating");
        assertThat(node.status("web").podIP()).isNotNull();

        node.advance(seconds(15));
        assertThat(node.phase("web")).isEqualTo("Running");
        assertThat(node.events)
                .contains("Pulled: Successfully pulled image \"app:1\" in 20s (20s including waiting)."
                        + " Image size: 1000 bytes.");
    }

    @Test
    void neverPullsWhereThePolicyForbidsIt() throws InterruptedException {
        node.driver.image("app:1").missing();
        node.create("web", spec -> spec.containers(List.of(container("app", c -> c.imagePullPolicy("Never")))));

        assertThat(node.state("web", "app")).isEqualTo("ErrImageNeverPull");
        assertThat(node.events)
                .contains("ErrImageNeverPull: Container image \"app:1\" is not present with pull policy of Never");
    }

    @Test
    void reportsAProcessThatCannotBeLaunched() throws InterruptedException {
        node.driver.image("app:1").startError("exec: \"nope\": not found");
        node.create("web", spec -> spec.containers(List.of(container("app"))));

        assertThat(node.state("web", "app")).isEqualTo("RunContainerError");
        assertThat(node.lastEnd("web", "app").reason()).isEqualTo("StartError");
        assertThat(node.lastEnd("web", "app").exitCode()).isEqualTo(128);

        node.driver.image("app:1").startError(null);
        node.advance(seconds(10));
        assertThat(node.state("web", "app")).isEqualTo("running");
        assertThat(node.container("web", "app").restartCount()).isEqualTo(1);
    }

    @Test
    void endsAPodAtItsDeadline() throws InterruptedException {
        node.create("web", spec -> spec.activeDeadlineSeconds(60L).containers(List.of(container("app"))));

        node.advance(seconds(60));

        assertThat(node.phase("web")).isEqualTo("Failed");
        assertThat(node.status("web").reason()).isEqualTo("DeadlineExceeded");
        assertThat(node.status("web").message())
                .isEqualTo("Pod was active on the node longer than the specified deadline");
        assertThat(node.events)
                .contains("DeadlineExceeded: Pod was active on the node longer than the specified deadline");
    }
}
