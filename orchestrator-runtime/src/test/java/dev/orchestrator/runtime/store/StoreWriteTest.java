package dev.orchestrator.runtime.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentStatusBuilder;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.store.Samples.BY_TEST;
import static dev.orchestrator.runtime.store.Samples.DELETE;
import static dev.orchestrator.runtime.store.Samples.configMap;
import static dev.orchestrator.runtime.store.Samples.deployment;
import static dev.orchestrator.runtime.store.Samples.inPhase;
import static dev.orchestrator.runtime.store.Samples.key;
import static dev.orchestrator.runtime.store.Samples.meta;
import static dev.orchestrator.runtime.store.Samples.namespace;
import static dev.orchestrator.runtime.store.Samples.onNode;
import static dev.orchestrator.runtime.store.Samples.pod;
import static dev.orchestrator.runtime.store.Samples.version;
import static dev.orchestrator.runtime.store.Samples.withData;
import static dev.orchestrator.runtime.store.Samples.withFinalizers;
import static dev.orchestrator.runtime.store.Samples.withVersion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StoreWriteTest {

    private static final WriteRequest STATUS = BY_TEST.on(Subresource.STATUS);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T10:00:00.750Z"));
    private final ObjectStore store = new ObjectStore(
            clock, new AdmitsEverything(), StoreOptions.defaults().withSeed(1));

    private static void assertRefused(ThrowingCallable write, Reason reason, String message) {
        assertThatThrownBy(write)
                .isInstanceOf(ApiException.class)
                .hasMessage(message)
                .extracting(e -> ((ApiException) e).reason())
                .isEqualTo(reason);
    }

    @Test
    void creationSetsWhatOnlyTheStoreMaySet() {
        var given = ObjectMetaBuilder.builder(meta("a"))
                .uid("mine")
                .creationTimestamp(Instant.EPOCH)
                .deletionTimestamp(Instant.EPOCH)
                .deletionGracePeriodSeconds(7L)
                .generation(9)
                .selfLink("/a")
                .build();

        ConfigMap created =
                store.create(ConfigMapBuilder.builder().metadata(given).build(), BY_TEST);

        var metadata = created.metadata();
        assertThat(metadata.uid()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(metadata.creationTimestamp()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(metadata.deletionTimestamp()).isNull();
        assertThat(metadata.deletionGracePeriodSeconds()).isNull();
        assertThat(metadata.selfLink()).isNull();
        assertThat(metadata.generation()).isZero();
        assertThat(metadata.resourceVersion()).isEqualTo(Long.toString(store.revision()));
        assertThat(store.get(ResourceTypes.CONFIG_MAP, key("a"))).isSameAs(created);
    }

    @Test
    void generationBeginsAtOneForKindsThatHaveIntent() {
        assertThat(store.create(pod("p"), BY_TEST).metadata().generation()).isEqualTo(1);
        assertThat(store.create(deployment("d", 1), BY_TEST).metadata().generation())
                .isEqualTo(1);
        assertThat(store.create(configMap("c"), BY_TEST).metadata().generation())
                .isZero();
        assertThat(store.create(namespace("n"), BY_TEST).metadata().generation())
                .isZero();
    }

    @Test
    void statusSentWithACreationIsDropped() {
        var status = DeploymentStatusBuilder.builder().replicas(5).build();

        Deployment created = store.create(
                DeploymentBuilder.builder(deployment("d", 1)).status(status).build(), BY_TEST);
        Pod pod = store.create(inPhase(pod("p"), "Running"), BY_TEST);

        assertThat(created.status().replicas()).isZero();
        assertThat(pod.status().phase()).isEqualTo("Pending");
    }

    @Test
    void refusalsOfCreationAreWordedAsKubernetesWordsThem() {
        store.create(configMap("a"), BY_TEST);
        store.create(withFinalizersOn("b"), BY_TEST);
        store.delete(ResourceTypes.CONFIG_MAP, key("b"), DELETE, BY_TEST);
        var versioned = configMap("c").withMetadata(withVersion(meta("c"), "5"));
        var nameless = configMap("c").withMetadata(meta(""));

        assertRefused(
                () -> store.create(configMap("a"), BY_TEST), Reason.ALREADY_EXISTS, "configmaps \"a\" already exists");
        assertRefused(
                () -> store.create(configMap("b"), BY_TEST),
                Reason.ALREADY_EXISTS,
                "object is being deleted: configmaps \"b\" already exists");
        assertRefused(
                () -> store.create(versioned, BY_TEST),
                Reason.UNKNOWN,
                "resourceVersion should not be set on objects to be created");
        assertRefused(
                () -> store.create(nameless, BY_TEST),
                Reason.INVALID,
                "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required");
    }

    @Test
    void generatedNamesAreShortUniqueAndOfTheirAlphabet() {
        String base = "a-very-long-base-of-a-name-that-must-be-cut-to-leave-some-room-for-the-rest-";
        var metadata = ObjectMetaBuilder.builder(meta("")).generateName(base).build();
        Set<String> names = new HashSet<>();

        for (int i = 0; i < 500; i++) {
            ConfigMap nameless = ConfigMapBuilder.builder().metadata(metadata).build();
            names.add(store.create(nameless, BY_TEST).metadata().nameOrEmpty());
        }

        assertThat(names)
                .hasSize(500)
                .allMatch(name -> name.matches("\\Q" + base.substring(0, 58) + "\\E[bcdfghjklmnpqrstvwxz2456789]{5}"));
    }

    @Test
    void anObjectWithoutANamespaceGoesToTheDefaultOne() {
        var metadata = ObjectMetaBuilder.builder().name("a").build();

        ConfigMap created =
                store.create(ConfigMapBuilder.builder().metadata(metadata).build(), BY_TEST);

        assertThat(created.metadata().namespace()).isEqualTo("default");
    }

    @Test
    void everyChangeGetsTheNextRevision() {
        long before = store.revision();

        ConfigMap created = store.create(configMap("a"), BY_TEST);
        ConfigMap changed = store.update(withData(created, "1"), BY_TEST);

        assertThat(version(created)).isEqualTo(before + 1);
        assertThat(version(changed)).isEqualTo(before + 2);
        assertThat(store.revision()).isEqualTo(before + 2);
    }

    @Test
    void aWriteThatChangesNothingKeepsTheVersionAndPublishesNothing() {
        ConfigMap created = store.create(withData(configMap("a"), "1"), BY_TEST);
        WatchCursor cursor = store.watch(WatchQuery.of());
        ConfigMap equal = ConfigMapBuilder.builder(created)
                .data(Map.of("value", "1"))
                .metadata(ObjectMetaBuilder.builder(created.metadata()).build())
                .build();

        assertThat(store.update(equal, BY_TEST)).isSameAs(created);
        assertThat(store.edit(ResourceTypes.CONFIG_MAP, key("a"), BY_TEST, map -> map))
                .isSameAs(created);
        assertThat(cursor.poll()).isNull();
    }

    @Test
    void generationRisesOnlyWithTheIntent() {
        Deployment created = store.create(deployment("d", 1), BY_TEST);

        Deployment labelled = store.edit(
                ResourceTypes.DEPLOYMENT,
                key("d"),
                BY_TEST,
                d -> d.withMetadata(ObjectMetaBuilder.builder(d.metadata())
                        .labels(Map.of("a", "b"))
                        .build()));
        Deployment observed = store.edit(
                ResourceTypes.DEPLOYMENT,
                key("d"),
                STATUS,
                d -> DeploymentBuilder.builder(d)
                        .status(DeploymentStatusBuilder.builder().replicas(1).build())
                        .build());
        Deployment annotated = store.edit(
                ResourceTypes.DEPLOYMENT,
                key("d"),
                BY_TEST,
                d -> d.withMetadata(ObjectMetaBuilder.builder(d.metadata())
                        .annotations(Map.of("a", "b"))
                        .build()));
        Deployment scaled = store.edit(
                ResourceTypes.DEPLOYMENT,
                key("d"),
                BY_TEST,
                d -> DeploymentBuilder.builder(d)
                        .spec(deployment("d", 2).spec())
                        .build());

        assertThat(List.of(created, labelled, observed))
                .allMatch(d -> d.metadata().generation() == 1);
        assertThat(annotated.metadata().generation()).isEqualTo(2);
        assertThat(scaled.metadata().generation()).isEqualTo(3);
    }

    @Test
    void mainAndStatusAreWrittenApart() {
        store.create(pod("p"), BY_TEST);
        Pod other = onNode(inPhase(pod("p"), "Running"), "n1");

        Pod main = store.update(other, BY_TEST);
        Pod status = store.update(inPhase(pod(Samples.labelled("p", "a", "b")), "Failed"), STATUS);

        assertThat(main.status().phase()).isEqualTo("Pending");
        assertThat(main.spec().nodeName()).isEqualTo("n1");
        assertThat(status.status().phase()).isEqualTo("Failed");
        assertThat(status.spec()).isSameAs(main.spec());
        assertThat(status.metadata().labels()).isEmpty();
    }

    @Test
    void bindingSetsTheNodeOnce() {
        store.create(pod("p"), BY_TEST);
        var binding = BY_TEST.on(Subresource.BINDING);

        Pod bound = store.edit(ResourceTypes.POD, key("p"), binding, pod -> onNode(pod, "n1"));

        assertThat(bound.spec().nodeName()).isEqualTo("n1");
        assertThat(bound.status().conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.type()).isEqualTo("PodScheduled");
            assertThat(condition.status()).isEqualTo("True");
            assertThat(condition.lastTransitionTime()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        });
        assertRefused(
                () -> store.edit(ResourceTypes.POD, key("p"), binding, pod -> onNode(pod, "n2")),
                Reason.CONFLICT,
                "Operation cannot be fulfilled on pods/binding \"p\": pod p is already assigned to node \"n1\"");
    }

    @Test
    void anOldVersionIsRefused() {
        ConfigMap created = store.create(configMap("a"), BY_TEST);
        store.update(withData(created, "1"), BY_TEST);
        var unknown = withData(created, "2").withMetadata(withVersion(created.metadata(), "abc"));
        var stranger = ConfigMapBuilder.builder(created)
                .metadata(ObjectMetaBuilder.builder(meta("a")).uid("abc").build())
                .build();

        assertRefused(
                () -> store.update(withData(created, "2"), BY_TEST),
                Reason.CONFLICT,
                "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your"
                        + " changes to the latest version and try again");
        assertRefused(
                () -> store.update(unknown, BY_TEST),
                Reason.UNKNOWN,
                "strconv.ParseUint: parsing \"abc\": invalid syntax");
        assertRefused(
                () -> store.update(stranger, BY_TEST),
                Reason.CONFLICT,
                "Operation cannot be fulfilled on configmaps \"a\": StorageError: invalid object, Code: 4, Key:"
                        + " /registry/configmaps/shop/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed:"
                        + " UID in precondition: abc, UID in object meta: "
                        + created.metadata().uid());
        assertRefused(() -> store.update(configMap("b"), BY_TEST), Reason.NOT_FOUND, "configmaps \"b\" not found");
    }

    @Test
    void anUpdateWithoutAVersionIsUnconditionalAndKeepsTheIdentity() {
        ConfigMap created = store.create(configMap("a"), BY_TEST);
        store.update(withData(created, "1"), BY_TEST);

        ConfigMap updated = store.update(withData(configMap("a"), "2"), BY_TEST);

        assertThat(updated.data()).containsEntry("value", "2");
        assertThat(updated.metadata().uid()).isEqualTo(created.metadata().uid());
        assertThat(updated.metadata().creationTimestamp())
                .isEqualTo(created.metadata().creationTimestamp());
    }

    @Test
    void anEditIsRepeatedUntilNobodyCameInBetween() {
        store.create(withData(configMap("a"), "0"), BY_TEST);
        var calls = new AtomicInteger();

        ConfigMap edited = store.edit(ResourceTypes.CONFIG_MAP, key("a"), BY_TEST, map -> {
            if (calls.incrementAndGet() == 1) {
                store.update(withData(configMap("a"), "10"), BY_TEST);
            }
            return withData(map, Integer.toString(Integer.parseInt(map.data().get("value")) + 1));
        });

        assertThat(edited.data()).containsEntry("value", "11");
        assertThat(calls).hasValue(2);
    }

    /** Lets another write come first while the first one is being admitted. */
    private static final class Overtaken implements Admission {

        final List<String> admitted = new ArrayList<>();
        Runnable overtake = () -> {};

        @Override
        public <R extends Resource> R admitCreate(R object, WriteRequest request) {
            return object;
        }

        @Override
        public <R extends Resource> R admitUpdate(R old, R updated, WriteRequest request) {
            admitted.add(String.valueOf(old.metadata().resourceVersion()));
            Runnable first = overtake;
            overtake = () -> {};
            first.run();
            return updated;
        }

        @Override
        public <R extends Resource> void admitDelete(R old, WriteRequest request) {
            admitted.add("delete");
        }
    }

    @Test
    void admissionIsAskedAgainWhenAnotherCommitCameFirst() {
        var overtaken = new Overtaken();
        var other = new ObjectStore(clock, overtaken, StoreOptions.defaults());
        overtaken.overtake = () -> other.update(withData(configMap("a"), "other"), BY_TEST);
        other.create(configMap("a"), BY_TEST);

        other.update(withData(configMap("a"), "mine"), BY_TEST);

        assertThat(overtaken.admitted).containsExactly("2", "2", "3");
        assertThat(other.get(ResourceTypes.CONFIG_MAP, key("a")).data()).containsEntry("value", "mine");
    }

    @Test
    void aDryRunStoresNothing() {
        ConfigMap kept = store.create(withFinalizersOn("kept"), BY_TEST);
        long revision = store.revision();

        ConfigMap created = store.create(configMap("a"), BY_TEST.asDryRun());
        ConfigMap updated = store.update(withData(configMap("kept"), "1"), BY_TEST.asDryRun());
        var marked = store.delete(ResourceTypes.CONFIG_MAP, key("kept"), DELETE, BY_TEST.asDryRun());

        assertThat(created.metadata().uid()).isNotNull();
        assertThat(created.metadata().resourceVersion()).isNull();
        assertThat(updated.data()).containsEntry("value", "1");
        assertThat(marked)
                .get()
                .extracting(map -> map.metadata().isTerminating())
                .isEqualTo(true);
        assertThat(store.revision()).isEqualTo(revision);
        assertThat(store.list(ResourceTypes.CONFIG_MAP)).containsExactly(kept);
        assertRefused(
                () -> store.create(configMap("kept"), BY_TEST.asDryRun()),
                Reason.ALREADY_EXISTS,
                "configmaps \"kept\" already exists");
    }

    private static ConfigMap withFinalizersOn(String name) {
        return ConfigMapBuilder.builder()
                .metadata(withFinalizers(meta(name), "x/y"))
                .build();
    }

    @Test
    void aNamespaceIsBornActiveAndKeepsItsFinalizersFromOrdinaryUpdates() {
        Namespace created = store.create(namespace("n"), BY_TEST);

        Namespace updated = store.update(namespace("n"), BY_TEST);

        assertThat(created.status().phase()).isEqualTo("Active");
        assertThat(created.spec().finalizers()).containsExactly("kubernetes");
        assertThat(updated.spec().finalizers()).containsExactly("kubernetes");
    }

    @Test
    void timestampsOfOneSecondAreOneInstance() throws InterruptedException {
        var first = store.create(configMap("a"), BY_TEST).metadata().creationTimestamp();
        clock.advance(Duration.ofMillis(100));

        var second = store.create(configMap("b"), BY_TEST).metadata().creationTimestamp();

        assertThat(second).isSameAs(first);
    }
}
