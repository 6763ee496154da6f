package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.PodSecurityContextBuilder;
import dev.orchestrator.api.model.core.SecurityContextBuilder;
import dev.orchestrator.spi.DriverException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.kubelet.TestNode.container;
import static org.assertj.core.api.Assertions.assertThat;

/** How pods come to their images, and what is said about it. */
class PodImageTest {

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

    private long pulls() {
        return node.driver.calls().stream()
                .filter(call -> call.startsWith("pullImage"))
                .count();
    }

    @Test
    void podsThatWantAnImageAtTheSameTimeShareOnePull() throws InterruptedException {
        node.driver.image("app:1").pullTakes(Duration.ofSeconds(3));
        for (int i = 0; i < 5; i++) {
            node.create("web-" + i, spec -> spec.containers(List.of(container("app"))));
        }

        node.advance(Duration.ofSeconds(3));

        assertThat(pulls()).isEqualTo(1);
        assertThat(List.of("web-0", "web-1", "web-2", "web-3", "web-4"))
                .allSatisfy(pod -> assertThat(node.phase(pod)).isEqualTo("Running"));
        assertThat(node.events)
                .filteredOn(event ->
                        event.equals("Pulled: Successfully pulled image \"app:1\" in 3s (3s including waiting). "
                                + "Image size: 1000 bytes."))
                .hasSize(5);
    }

    @Test
    void aFailedPullFailsForAllWhoWaitedForIt() throws InterruptedException {
        node.driver.image("app:1").pullTakes(Duration.ofSeconds(3)).pullError(DriverException.Reason.IMAGE_PULL_FAILED);
        node.create("one", spec -> spec.containers(List.of(container("app"))));
        node.create("two", spec -> spec.containers(List.of(container("app"))));

        node.advance(Duration.ofSeconds(3));

        assertThat(pulls()).isEqualTo(1);
        assertThat(node.state("one", "app")).isEqualTo("ErrImagePull");
        assertThat(node.state("two", "app")).isEqualTo("ErrImagePull");
    }

    @Test
    void whoeverWaitsPullsWhenThePullingPodIsDeleted() throws InterruptedException {
        node.driver.image("app:1").pullTakes(Duration.ofSeconds(3));
        node.create("one", spec -> spec.containers(List.of(container("app"))));
        node.create("two", spec -> spec.containers(List.of(container("app"))));
        node.advance(Duration.ofSeconds(1));

        node.delete("one", 0L);
        node.advance(Duration.ofSeconds(3));

        assertThat(node.exists("one")).isFalse();
        assertThat(node.phase("two")).isEqualTo("Running");
        assertThat(pulls()).isEqualTo(2);
    }

    @Test
    void aPodThatIsDeletedWhileItWaitsForAPullGoes() throws InterruptedException {
        node.driver.image("app:1").pullTakes(Duration.ofSeconds(3));
        node.create("one", spec -> spec.containers(List.of(container("app"))));
        node.create("two", spec -> spec.containers(List.of(container("app"))));

        node.delete("two", 0L);
        node.clock.settle();
        assertThat(node.exists("two")).isFalse();
        node.advance(Duration.ofSeconds(3));

        assertThat(node.phase("one")).isEqualTo("Running");
        assertThat(node.driver.sandboxCount()).isEqualTo(1);
    }

    @Test
    void eventsNameTheContainerAndTheNode() throws InterruptedException {
        node.create(
                "web",
                spec -> spec.initContainers(List.of(container("setup", more -> more.restartPolicy("Always"))))
                        .containers(List.of(container("app"))));

        assertThat(node.eventsWithPlaces)
                .containsExactly(
                        "node-1 spec.initContainers{setup} Pulled: Container image \"setup:1\" already present on "
                                + "machine and can be accessed by the pod",
                        "node-1 spec.initContainers{setup} Created: Container created",
                        "node-1 spec.initContainers{setup} Started: Container started",
                        "node-1 spec.containers{app} Pulled: Container image \"app:1\" already present on machine "
                                + "and can be accessed by the pod",
                        "node-1 spec.containers{app} Created: Container created",
                        "node-1 spec.containers{app} Started: Container started");
    }

    private static Container notAsRoot(@Nullable Long user) {
        return container(
                "app",
                more -> more.securityContext(SecurityContextBuilder.builder()
                        .runAsNonRoot(true)
                        .runAsUser(user)
                        .build()));
    }

    private String refusal(Container container) throws InterruptedException {
        node.create("web", spec -> spec.containers(List.of(container)));
        String uid = node.pod("web").metadata().uid();
        assertThat(node.state("web", "app")).isEqualTo("CreateContainerConfigError");
        return String.valueOf(node.message("web", "app")).replace(String.valueOf(uid), "UID");
    }

    @Test
    void aContainerThatMustNotBeRootIsNotStartedAsRoot() throws InterruptedException {
        assertThat(refusal(notAsRoot(null)))
                .isEqualTo("container has runAsNonRoot and image will run as root (pod: \"web_default(UID)\", "
                        + "container: app)");
        assertThat(node.events).anyMatch(event -> event.startsWith("Failed: Error: container has runAsNonRoot"));
    }

    @Test
    void aUserThatIsNoNumberCanNotBeVerified() throws InterruptedException {
        node.driver.image("app:1").user("nginx");

        assertThat(refusal(notAsRoot(null)))
                .isEqualTo("container has runAsNonRoot and image has non-numeric user (nginx), cannot verify user is "
                        + "non-root (pod: \"web_default(UID)\", container: app)");
    }

    @Test
    void rootByNumberBreaksThePolicy() throws InterruptedException {
        assertThat(refusal(notAsRoot(0L)))
                .isEqualTo("container's runAsUser breaks non-root policy (pod: \"web_default(UID)\", container: app)");
    }

    @Test
    void whatThePodSaysOfItsUserHoldsForItsContainers() throws InterruptedException {
        node.create(
                "web",
                spec -> spec.securityContext(PodSecurityContextBuilder.builder()
                                .runAsNonRoot(true)
                                .runAsUser(1000L)
                                .runAsGroup(2000L)
                                .build())
                        .containers(List.of(
                                container("app"),
                                container(
                                        "own",
                                        more -> more.securityContext(SecurityContextBuilder.builder()
                                                .runAsUser(7L)
                                                .build())))));

        assertThat(node.phase("web")).isEqualTo("Running");
        assertThat(node.driver.spec("web", "app").security())
                .isEqualTo(SecurityContextBuilder.builder()
                        .runAsNonRoot(true)
                        .runAsUser(1000L)
                        .runAsGroup(2000L)
                        .build());
        assertThat(node.driver.spec("web", "own").security())
                .isEqualTo(SecurityContextBuilder.builder()
                        .runAsNonRoot(true)
                        .runAsUser(7L)
                        .runAsGroup(2000L)
                        .build());
    }

    @Test
    void anImageWithAUserByNumberRuns() throws InterruptedException {
        node.driver.image("app:1").user("1000:1000");
        node.create("web", spec -> spec.containers(List.of(notAsRoot(null))));

        assertThat(node.phase("web")).isEqualTo("Running");
    }
}
