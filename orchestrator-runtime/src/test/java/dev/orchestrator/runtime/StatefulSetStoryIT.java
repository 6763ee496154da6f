package dev.orchestrator.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.StatefulSetHandle;
import dev.orchestrator.api.draft.StatefulSetDraft;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.StatefulSetOrdinals;
import dev.orchestrator.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import dev.orchestrator.api.model.apps.StatefulSetStatus;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.PersistentVolumeClaimBuilder;
import dev.orchestrator.api.model.core.PersistentVolumeClaimSpecBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.VolumeResourceRequirements;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.memory.ContainerScript;
import dev.orchestrator.memory.InMemoryDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.service;
import static dev.orchestrator.api.draft.Drafts.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;

/** Stateful sets with everything real but the containers and the time. */
class StatefulSetStoryIT {

    private static final Duration START = Duration.ofSeconds(5);

    private final ManualClock clock = new ManualClock();
    private Orchestrator cluster;
    private StatefulSetHandle db;

    @BeforeEach
    void start() throws InterruptedException {
        var behaviour = ContainerScript.runs().startDelay(START);
        var driver = new InMemoryDriver()
                .image("db:1", behaviour)
                .image("db:2", behaviour)
                .missingImage("db:3");
        cluster = Orchestrator.builder(driver).time(clock).start();
        db = cluster.statefulSets().named("db");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private void run(UnaryOperator<StatefulSetDraft> change) throws InterruptedException {
        cluster.apply(
                change.apply(statefulSet("db").replicas(3).serviceName("db").container("app", c -> c.image("db:1"))));
        clock.settle();
    }

    /** Lets the time pass from when everything that has just been asked for is under way. */
    private void pass(Duration time) throws InterruptedException {
        clock.settle();
        clock.advance(time);
    }

    /** Keeps a pod in the store when it is deleted, as one whose end takes its time. */
    private void hold(String pod) {
        finalizers(pod, List.of("test/hold"));
    }

    /** Lets a held pod go. */
    private void release(String pod) throws InterruptedException {
        finalizers(pod, List.of());
        clock.settle();
    }

    private void finalizers(String pod, List<String> finalizers) {
        cluster.pods()
                .named(pod)
                .edit(stored -> stored.withMetadata(ObjectMetaBuilder.builder(stored.metadata())
                        .finalizers(finalizers)
                        .build()));
    }

    /** {@return the pods in the order of their names, with what is special about each: {@code db-1!} is not ready} */
    private List<String> pods() {
        return cluster.pods().list().stream()
                .map(pod -> pod.metadata().nameOrEmpty()
                        + (pod.metadata().isTerminating() ? "-" : pod.isReady() ? "" : "!"))
                .toList();
    }

    private List<String> images() {
        return cluster.pods().list().stream()
                .map(pod -> pod.spec().containers().getFirst().image())
                .toList();
    }

    private StatefulSetStatus status() {
        return db.get().status();
    }

    private Pod pod(String name) {
        return cluster.pods().named(name).get();
    }

    private long revisions() {
        return cluster.resources(ResourceTypes.CONTROLLER_REVISION).count();
    }

    private List<String> claims() {
        return cluster.persistentVolumeClaims().list().stream()
                .map(claim -> claim.metadata().nameOrEmpty())
                .toList();
    }

    // ---- coming and going ----

    @Test
    void podsComeOneAfterTheOther() throws Exception {
        run(set -> set);

        assertThat(pods()).containsExactly("db-0!");
        pass(START);
        assertThat(pods()).containsExactly("db-0", "db-1!");
        pass(START);
        assertThat(pods()).containsExactly("db-0", "db-1", "db-2!");
        pass(START);

        assertThat(pods()).containsExactly("db-0", "db-1", "db-2");
        String revision = status().updateRevision();
        assertThat(revision).startsWith("db-");
        assertThat(pod("db-1").metadata().labels())
                .containsEntry("statefulset.kubernetes.io/pod-name", "db-1")
                .containsEntry("apps.kubernetes.io/pod-index", "1")
                .containsEntry("controller-revision-hash", revision);
        assertThat(pod("db-1").spec().hostname()).isEqualTo("db-1");
        assertThat(pod("db-1").spec().subdomain()).isEqualTo("db");
        assertThat(status())
                .returns(3, StatefulSetStatus::replicas)
                .returns(3, StatefulSetStatus::readyReplicas)
                .returns(3, StatefulSetStatus::availableReplicas)
                .returns(3, StatefulSetStatus::currentReplicas)
                .returns(3, StatefulSetStatus::updatedReplicas)
                .returns(revision, StatefulSetStatus::currentRevision);
        assertThat(db.get().isObserved()).isTrue();
        assertThat(db.events())
                .extracting(event -> event.reason() + ": " + event.message())
                .contains("SuccessfulCreate: create Pod db-0 in StatefulSet db successful");
        assertThat(db.rolloutStatus()).isEqualTo("partitioned roll out complete: 3 new pods have been updated...");
    }

    @Test
    void orTogether() throws Exception {
        run(StatefulSetDraft::parallel);

        assertThat(pods()).containsExactly("db-0!", "db-1!", "db-2!");
    }

    @Test
    void theHighestGoesFirstAndTheNextWhenItHasEnded() throws Exception {
        run(set -> set);
        pass(START.multipliedBy(3));

        hold("db-1");
        hold("db-2");
        db.scale(1);
        pass(Duration.ofMinutes(1));
        assertThat(pods()).containsExactly("db-0", "db-1", "db-2-");
        release("db-2");
        assertThat(pods()).containsExactly("db-0", "db-1-");
        release("db-1");

        assertThat(pods()).containsExactly("db-0");
        assertThat(status().replicas()).isEqualTo(1);
    }

    @Test
    void aDeletedPodComesBackOnlyWhenItHasEnded() throws Exception {
        run(set -> set);
        pass(START.multipliedBy(3));
        String before = pod("db-1").metadata().uid();

        hold("db-1");
        cluster.pods().named("db-1").delete();
        pass(Duration.ofMinutes(1));
        assertThat(pods()).containsExactly("db-0", "db-1-", "db-2");
        assertThat(pod("db-1").metadata().uid()).isEqualTo(before);
        release("db-1");

        assertThat(pods()).containsExactly("db-0", "db-1!", "db-2");
        assertThat(pod("db-1").metadata().uid()).isNotEqualTo(before);
    }

    @Test
    void ordinalsStartWhereTheyAreToldTo() throws Exception {
        run(set -> set.replicas(2).spec(spec -> spec.ordinals(new StatefulSetOrdinals(5))));
        pass(START.multipliedBy(2));
        assertThat(pods()).containsExactly("db-5", "db-6");

        db.patchMerge("{\"spec\":{\"ordinals\":{\"start\":6}}}");
        pass(START.multipliedBy(2));

        assertThat(pods()).containsExactly("db-6", "db-7");
    }

    @Test
    void podsAreFoundByNameThroughTheirHeadlessService() throws Exception {
        cluster.apply(service("db")
                .selector("app", "db")
                .spec(spec -> spec.clusterIP("None"))
                .port(5432));
        run(set -> set);
        pass(START.multipliedBy(3));

        assertThat(cluster.endpointSlices().list().getFirst().endpoints())
                .extracting(endpoint -> endpoint.hostname())
                .containsExactlyInAnyOrder("db-0", "db-1", "db-2");
    }

    @Test
    void podsGoWithTheirSet() throws Exception {
        run(set -> set);
        pass(START.multipliedBy(3));

        db.delete();
        clock.settle();

        assertThat(pods()).isEmpty();
        assertThat(revisions()).isZero();
    }

    @Test
    void aPodThatIsReadyForTooShortHoldsTheNextBack() throws Exception {
        run(set -> set.minReady(Duration.ofSeconds(10)));
        pass(START);
        assertThat(pods()).containsExactly("db-0");
        assertThat(status().readyReplicas()).isEqualTo(1);
        assertThat(status().availableReplicas()).isZero();

        pass(Duration.ofSeconds(9));
        assertThat(pods()).containsExactly("db-0");
        pass(Duration.ofSeconds(1));

        assertThat(pods()).containsExactly("db-0", "db-1!");
        assertThat(status().availableReplicas()).isEqualTo(1);
    }

    // ---- rollouts ----

    @Test
    void aNewTemplateIsRolledOutFromTheHighestDown() throws Exception {
        run(set -> set);
        pass(START.multipliedBy(3));
        String old = status().currentRevision();

        hold("db-2");
        db.setImage("app", "db:2");
        clock.settle();
        assertThat(pods()).containsExactly("db-0", "db-1", "db-2-");
        release("db-2");
        assertThat(pods()).containsExactly("db-0", "db-1", "db-2!");
        assertThat(images()).containsExactly("db:1", "db:1", "db:2");
        assertThat(status())
                .returns(old, StatefulSetStatus::currentRevision)
                .returns(2, StatefulSetStatus::currentReplicas)
                .returns(1, StatefulSetStatus::updatedReplicas);
        assertThat(db.rolloutStatus()).isEqualTo("Waiting for 1 pods to be ready...");
        pass(START.multipliedBy(3));

        assertThat(images()).containsOnly("db:2");
        assertThat(status().currentRevision())
                .isEqualTo(status().updateRevision())
                .isNotEqualTo(old);
        assertThat(status().currentReplicas()).isEqualTo(3);
        assertThat(db.get().isComplete()).isTrue();
    }

    @Test
    void thePartitionStaysAtItsVersionEvenWhenItsPodsAreLost() throws Exception {
        run(set -> set.rollingUpdate(2, "1"));
        pass(START.multipliedBy(3));

        db.setImage("app", "db:2");
        pass(START.multipliedBy(3));
        assertThat(images()).containsExactly("db:1", "db:1", "db:2");
        assertThat(db.rolloutStatus()).isEqualTo("partitioned roll out complete: 1 new pods have been updated...");
        cluster.pods().named("db-0").delete();
        pass(START);

        assertThat(pods()).containsExactly("db-0", "db-1", "db-2");
        assertThat(images()).containsExactly("db:1", "db:1", "db:2");
    }

    @Test
    void onDeleteUpdatesWhatTheUserDeletes() throws Exception {
        run(StatefulSetDraft::updateOnDelete);
        pass(START.multipliedBy(3));

        db.setImage("app", "db:2");
        pass(START.multipliedBy(5));
        assertThat(images()).containsOnly("db:1");
        cluster.pods().named("db-1").delete();
        pass(START);

        assertThat(images()).containsExactly("db:1", "db:2", "db:1");
    }

    @Test
    void aBrokenTemplateBlocksUntilItIsUndoneAndItsPodDeleted() throws Exception {
        run(set -> set);
        pass(START.multipliedBy(3));

        db.setImage("app", "db:3");
        pass(Duration.ofMinutes(10));
        assertThat(pods()).containsExactly("db-0", "db-1", "db-2!");
        assertThat(images()).containsExactly("db:1", "db:1", "db:3");

        db.undoRollout();
        pass(Duration.ofMinutes(10));
        assertThat(pods()).as("as Kubernetes documents").containsExactly("db-0", "db-1", "db-2!");

        cluster.pods().named("db-2").delete();
        pass(Duration.ofSeconds(30).plus(START));

        assertThat(pods()).containsExactly("db-0", "db-1", "db-2");
        assertThat(images()).containsOnly("db:1");
        assertThat(db.get().isComplete()).isTrue();
    }

    @Test
    void aVersionThatComesBackKeepsItsRevisionUnderANewNumber() throws Exception {
        run(set -> set.replicas(1));
        pass(START);
        String first = status().updateRevision();
        db.setImage("app", "db:2");
        pass(START);

        db.undoRollout();
        pass(START);

        assertThat(status().updateRevision()).isEqualTo(first);
        assertThat(db.rolloutHistory())
                .extracting(revision -> revision.number())
                .containsExactly(2L, 3L);
        assertThat(images()).containsExactly("db:1");
        assertThat(revisions()).isEqualTo(2);
    }

    @Test
    void oldRevisionsBeyondTheLimitAreForgotten() throws Exception {
        run(set -> set.replicas(1).spec(spec -> spec.revisionHistoryLimit(2)));
        pass(START);
        for (int i = 0; i < 6; i++) {
            db.setEnv("ROUND", Integer.toString(i));
            pass(START);
        }

        assertThat(revisions()).as("the present one and two old ones").isEqualTo(3);
        assertThat(db.rolloutHistory())
                .extracting(revision -> revision.number())
                .containsExactly(5L, 6L, 7L);
        db.undoRollout(5);
        pass(START);
        assertThat(pod("db-0").spec().containers().getFirst().env())
                .singleElement()
                .returns("3", env -> env.value());
    }

    @Test
    void aRestartReplacesAllPods() throws Exception {
        run(set -> set);
        pass(START.multipliedBy(3));
        var before = cluster.pods().list().stream()
                .map(pod -> pod.metadata().uidOrEmpty())
                .toList();

        db.restartRollout();
        pass(START.multipliedBy(3));

        assertThat(pods()).containsExactly("db-0", "db-1", "db-2");
        assertThat(cluster.pods().list())
                .noneMatch(pod -> before.contains(pod.metadata().uidOrEmpty()));
        assertThat(db.awaitRollout(Duration.ofSeconds(5)).get().isComplete()).isTrue();
    }

    // ---- claims ----

    private static PersistentVolumeClaim data() {
        return PersistentVolumeClaimBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("data").build())
                .spec(PersistentVolumeClaimSpecBuilder.builder()
                        .accessModes(List.of("ReadWriteOnce"))
                        .resources(new VolumeResourceRequirements(Map.of(), Map.of("storage", Quantity.parse("1Gi"))))
                        .build())
                .build();
    }

    private void runWithClaims(String whenDeleted, String whenScaled) throws InterruptedException {
        run(set -> set.volumeClaim(data())
                .parallel()
                .spec(spec -> spec.persistentVolumeClaimRetentionPolicy(
                        new StatefulSetPersistentVolumeClaimRetentionPolicy(whenDeleted, whenScaled))));
    }

    @Test
    void eachPodHasClaimsOfItsOwnThatStay() throws Exception {
        runWithClaims("Retain", "Retain");
        assertThat(claims()).containsExactly("data-db-0", "data-db-1", "data-db-2");
        assertThat(cluster.persistentVolumeClaims().named("data-db-1").get().metadata())
                .returns(Map.of("app", "db"), metadata -> metadata.labels())
                .returns(List.of(), metadata -> metadata.ownerReferences());
        assertThat(pod("db-1").spec().volumes())
                .anyMatch(volume -> volume.name().equals("data")
                        && volume.persistentVolumeClaim() != null
                        && volume.persistentVolumeClaim().claimName().equals("data-db-1"));
        assertThat(db.events())
                .extracting(event -> event.message())
                .contains("create Claim data-db-1 Pod db-1 in StatefulSet db success");

        db.scale(1);
        pass(Duration.ofMinutes(1));
        assertThat(claims()).hasSize(3);
        db.delete();
        pass(Duration.ofMinutes(1));

        assertThat(pods()).isEmpty();
        assertThat(claims()).hasSize(3);
    }

    @Test
    void claimsGoWithThePodsThatAreNoLongerWanted() throws Exception {
        runWithClaims("Retain", "Delete");
        String before = cluster.persistentVolumeClaims()
                .named("data-db-2")
                .get()
                .metadata()
                .uid();

        db.scale(2);
        pass(Duration.ofMinutes(1));
        assertThat(claims()).containsExactly("data-db-0", "data-db-1");
        db.scale(3);
        pass(Duration.ofMinutes(1));

        assertThat(claims()).hasSize(3);
        assertThat(cluster.persistentVolumeClaims()
                        .named("data-db-2")
                        .get()
                        .metadata()
                        .uid())
                .isNotEqualTo(before);
        cluster.pods().named("db-0").delete();
        pass(Duration.ofMinutes(1));
        assertThat(claims()).as("a pod that comes back keeps its claim").hasSize(3);
    }

    @Test
    void claimsGoWithTheSet() throws Exception {
        runWithClaims("Delete", "Retain");

        db.scale(2);
        pass(Duration.ofMinutes(1));
        assertThat(claims()).hasSize(3);
        db.delete();
        pass(Duration.ofMinutes(1));

        assertThat(claims()).isEmpty();
    }
}
