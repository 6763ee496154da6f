package dev.orchestrator.runtime;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.DaemonSetHandle;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.draft.DaemonSetDraft;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.DaemonSetStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.memory.ContainerScript;
import dev.orchestrator.memory.InMemoryDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.daemonSet;
import static org.assertj.core.api.Assertions.assertThat;

/** Daemon sets with everything real but the containers, the nodes and the time. */
class DaemonSetStoryIT {

    private static final Duration START = Duration.ofSeconds(5);

    private final ManualClock clock = new ManualClock();
    private InMemoryDriver driver;
    private Orchestrator cluster;
    private DaemonSetHandle agent;

    @BeforeEach
    void start() throws InterruptedException {
        var behaviour = ContainerScript.runs().startDelay(START);
        driver = InMemoryDriver.builder()
                .node("a", node -> node.label("disk", "ssd"))
                .node("b", node -> node.label("disk", "hdd"))
                .node("c", node -> node.label("disk", "ssd"))
                .image("agent:1", behaviour)
                .image("agent:2", behaviour)
                .missingImage("agent:3")
                .build();
        cluster = Orchestrator.builder(driver).time(clock).start();
        agent = cluster.daemonSets().named("agent");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private void run(UnaryOperator<DaemonSetDraft> change) throws InterruptedException {
        cluster.apply(change.apply(daemonSet("agent").container("app", c -> c.image("agent:1"))));
        pass(START);
    }

    /** Lets the time pass from when everything that has just been asked for is under way. */
    private void pass(Duration time) throws InterruptedException {
        clock.settle();
        clock.advance(time);
    }

    /** Keeps a pod in the store when it has ended; without a name, lets it go. */
    private void holdBy(Pod pod, String... finalizers) {
        cluster.pods()
                .named(pod.metadata().nameOrEmpty())
                .edit(stored -> stored.withMetadata(ObjectMetaBuilder.builder(stored.metadata())
                        .finalizers(List.of(finalizers))
                        .build()));
    }

    /** {@return node and version of each pod, with what is special about it: {@code a1!} is not ready} */
    private List<String> pods() {
        return cluster.pods().list().stream()
                .map(pod -> pod.spec().nodeName()
                        + version(pod)
                        + (pod.metadata().isTerminating() ? "-" : pod.isReady() ? "" : "!"))
                .sorted()
                .toList();
    }

    private static String version(Pod pod) {
        String image = pod.spec().containers().getFirst().image();
        return String.valueOf(image).substring("agent:".length());
    }

    private DaemonSetStatus status() {
        return agent.get().status();
    }

    @Test
    void everyNodeHasOnePod() throws Exception {
        run(set -> set);

        assertThat(pods()).containsExactly("a1", "b1", "c1");
        assertThat(status())
                .returns(3, DaemonSetStatus::desiredNumberScheduled)
                .returns(3, DaemonSetStatus::currentNumberScheduled)
                .returns(3, DaemonSetStatus::updatedNumberScheduled)
                .returns(3, DaemonSetStatus::numberReady)
                .returns(3, DaemonSetStatus::numberAvailable)
                .returns(0, DaemonSetStatus::numberUnavailable)
                .returns(0, DaemonSetStatus::numberMisscheduled);
        assertThat(agent.rolloutStatus()).isEqualTo("daemon set \"agent\" successfully rolled out");
        assertThat(agent.events())
                .allMatch(event -> "SuccessfulCreate".equals(event.reason())
                        && String.valueOf(event.message()).startsWith("Created pod: agent-"));
        assertThat(agent.awaitRollout(Duration.ofSeconds(5)).get().isComplete()).isTrue();
    }

    @Test
    void nodesComeAndGo() throws Exception {
        run(set -> set);

        driver.addNode("d", node -> node.label("disk", "ssd"));
        pass(START.multipliedBy(2));
        assertThat(pods()).containsExactly("a1", "b1", "c1", "d1");
        driver.node("b").remove();
        clock.settle();
        cluster.nodes().named("b").delete();
        pass(Duration.ofMinutes(2));

        assertThat(pods()).containsExactly("a1", "c1", "d1");
        assertThat(status().desiredNumberScheduled()).isEqualTo(3);
        assertThat(status().numberAvailable()).isEqualTo(3);
    }

    @Test
    void onlyNodesWithTheLabelsAreSelectedAndLabelsChange() throws Exception {
        run(set -> set.nodeSelector("disk", "ssd"));
        assertThat(pods()).containsExactly("a1", "c1");

        cluster.nodes().named("b").label("disk", "ssd");
        cluster.nodes().named("a").label("disk", "hdd");
        pass(START);

        assertThat(pods()).containsExactly("b1", "c1");
        assertThat(status().numberMisscheduled()).isZero();
    }

    @Test
    void cordonedNodesAreNoDifferentAndTaintedOnesAre() throws Exception {
        cluster.nodes().named("a").cordon();
        cluster.nodes().named("b").taint("dedicated", "x", "NoSchedule");
        run(set -> set);
        assertThat(pods()).containsExactly("a1", "c1");

        cluster.nodes().named("c").taint("dedicated", "x", "NoSchedule");
        clock.settle();
        assertThat(pods()).as("one that runs stays").containsExactly("a1", "c1");
        assertThat(status().desiredNumberScheduled()).isEqualTo(1);
        assertThat(status().numberMisscheduled()).isEqualTo(1);
        cluster.nodes().named("c").taint("dedicated", "x", "NoExecute");
        clock.settle();

        assertThat(pods()).containsExactly("a1");
    }

    @Test
    void aDeletedPodIsReplacedOnItsNode() throws Exception {
        run(set -> set);
        Pod victim = cluster.pods().withFields("spec.nodeName=b").list().getFirst();

        holdBy(victim, "test/hold");
        cluster.pods().named(victim.metadata().nameOrEmpty()).delete();
        clock.settle();
        assertThat(pods())
                .as("when it has ended, even if something holds what is left of it")
                .containsExactly("a1", "b1!", "b1-", "c1");
        holdBy(victim);
        pass(START);

        assertThat(pods()).containsExactly("a1", "b1", "c1");
    }

    @Test
    void anUpdateTakesOneNodeAtATime() throws Exception {
        run(set -> set);

        agent.setImage("app", "agent:2");
        clock.settle();
        assertThat(pods()).containsExactly("a2!", "b1", "c1");
        assertThat(agent.rolloutStatus())
                .isEqualTo(
                        "Waiting for daemon set \"agent\" rollout to finish: 1 out of 3 new pods have been updated...");
        pass(START);
        assertThat(pods()).containsExactly("a2", "b2!", "c1");
        pass(START.multipliedBy(2));

        assertThat(pods()).containsExactly("a2", "b2", "c2");
        assertThat(agent.get().isComplete()).isTrue();
    }

    @Test
    void withASurgeTheNewPodComesFirst() throws Exception {
        run(set -> set.rollingUpdate("1", "0"));

        agent.setImage("app", "agent:2");
        clock.settle();
        assertThat(pods()).containsExactly("a1", "a2!", "b1", "c1");
        pass(START);
        assertThat(pods()).containsExactly("a2", "b1", "b2!", "c1");
        pass(START.multipliedBy(2));

        assertThat(pods()).containsExactly("a2", "b2", "c2");
        assertThat(status().updatedNumberScheduled()).isEqualTo(3);
    }

    @Test
    void onDeleteUpdatesWhatTheUserDeletes() throws Exception {
        run(DaemonSetDraft::updateOnDelete);
        Pod victim = cluster.pods().withFields("spec.nodeName=b").list().getFirst();

        agent.setImage("app", "agent:2");
        pass(Duration.ofMinutes(1));
        assertThat(pods()).containsExactly("a1", "b1", "c1");
        cluster.pods().named(victim.metadata().nameOrEmpty()).delete();
        pass(START);

        assertThat(pods()).containsExactly("a1", "b2", "c1");
        assertThat(status().updatedNumberScheduled()).isEqualTo(1);
    }

    @Test
    void aBrokenUpdateStopsAtOneNodeAndIsUndone() throws Exception {
        run(set -> set);

        agent.setImage("app", "agent:3");
        pass(Duration.ofMinutes(10));
        assertThat(pods()).containsExactly("a3!", "b1", "c1");
        agent.undoRollout();
        pass(Duration.ofMinutes(1));

        assertThat(pods()).containsExactly("a1", "b1", "c1");
        assertThat(agent.rolloutHistory())
                .extracting(revision -> revision.number())
                .containsExactly(2L, 3L);
        assertThat(cluster.resources(ResourceTypes.CONTROLLER_REVISION).count()).isEqualTo(2);
    }

    @Test
    void aPodCountsOnceItHasBeenReadyForLongEnough() throws Exception {
        run(set -> set.minReady(Duration.ofSeconds(10)));
        assertThat(status().numberReady()).isEqualTo(3);
        assertThat(status().numberAvailable()).isZero();
        assertThat(status().numberUnavailable()).isEqualTo(3);

        pass(Duration.ofSeconds(9));
        assertThat(status().numberAvailable()).isZero();
        pass(Duration.ofSeconds(1));

        assertThat(status().numberAvailable()).isEqualTo(3);
    }

    @Test
    void oldRevisionsBeyondTheLimitAreForgotten() throws Exception {
        run(set -> set.rollingUpdate("0", "100%").spec(spec -> spec.revisionHistoryLimit(1)));
        for (int i = 0; i < 4; i++) {
            agent.setEnv("ROUND", Integer.toString(i));
            pass(START);
        }

        assertThat(agent.rolloutHistory())
                .extracting(revision -> revision.number())
                .containsExactly(4L, 5L);
    }

    @Test
    void podsGoWithTheirSet() throws Exception {
        run(set -> set);

        agent.delete();
        clock.settle();

        assertThat(pods()).isEmpty();
        assertThat(cluster.resources(ResourceTypes.CONTROLLER_REVISION).count()).isZero();
    }
}
