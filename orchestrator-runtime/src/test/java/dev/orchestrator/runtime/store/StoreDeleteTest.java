package dev.orchestrator.runtime.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.NamespaceBuilder;
import dev.orchestrator.api.model.core.NamespaceSpec;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.orchestrator.runtime.store.Samples.BY_TEST;
import static dev.orchestrator.runtime.store.Samples.DELETE;
import static dev.orchestrator.runtime.store.Samples.configMap;
import static dev.orchestrator.runtime.store.Samples.inPhase;
import static dev.orchestrator.runtime.store.Samples.key;
import static dev.orchestrator.runtime.store.Samples.meta;
import static dev.orchestrator.runtime.store.Samples.namespace;
import static dev.orchestrator.runtime.store.Samples.onNode;
import static dev.orchestrator.runtime.store.Samples.pod;
import static dev.orchestrator.runtime.store.Samples.withFinalizers;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class StoreDeleteTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final ManualClock clock = new ManualClock(NOW.plusMillis(300));
    private final ObjectStore store = new ObjectStore(clock, new AdmitsEverything(), StoreOptions.defaults());

    private static DeleteOptions grace(@Nullable Long seconds) {
        return DeleteOptionsBuilder.builder().gracePeriodSeconds(seconds).build();
    }

    private static DeleteOptions policy(String policy) {
        return DeleteOptionsBuilder.builder().propagationPolicy(policy).build();
    }

    private Optional<Pod> deletePod(DeleteOptions options) {
        return store.delete(ResourceTypes.POD, key("p"), options, BY_TEST);
    }

    private Pod runningPod() {
        store.create(pod("p"), BY_TEST);
        return store.edit(ResourceTypes.POD, key("p"), BY_TEST.on(Subresource.BINDING), pod -> onNode(pod, "n1"));
    }

    @Test
    void anObjectThatNothingHoldsBackIsGoneAtOnce() {
        ConfigMap created = store.create(configMap("a"), BY_TEST);
        WatchCursor cursor = store.watch(WatchQuery.of());

        Optional<ConfigMap> left = store.delete(ResourceTypes.CONFIG_MAP, key("a"), DELETE, BY_TEST);

        assertThat(left).isEmpty();
        assertThat(store.find(ResourceTypes.CONFIG_MAP, key("a"))).isEmpty();
        StoreEvent event = requireNonNull(cursor.poll());
        assertThat(event.kind()).isEqualTo(StoreEvent.Kind.DELETED);
        assertThat(event.previous()).isSameAs(created);
        assertThat(event.object().metadata().resourceVersion()).isEqualTo(Long.toString(store.revision()));
        assertThatThrownBy(() -> store.delete(ResourceTypes.CONFIG_MAP, key("a"), DELETE, BY_TEST))
                .hasMessage("configmaps \"a\" not found");
    }

    @Test
    void finalizersKeepATerminatingObjectUntilTheLastIsRemoved() {
        store.create(
                ConfigMapBuilder.builder()
                        .metadata(withFinalizers(meta("a"), "x/1", "x/2"))
                        .build(),
                BY_TEST);

        Optional<ConfigMap> left = store.delete(ResourceTypes.CONFIG_MAP, key("a"), DELETE, BY_TEST);
        long marked = store.revision();
        Optional<ConfigMap> again = store.delete(ResourceTypes.CONFIG_MAP, key("a"), DELETE, BY_TEST);

        assertThat(left).get().satisfies(map -> {
            assertThat(map.metadata().deletionTimestamp()).isEqualTo(NOW);
            assertThat(map.metadata().deletionGracePeriodSeconds()).isZero();
        });
        assertThat(again).isEqualTo(left);
        assertThat(store.revision()).isEqualTo(marked);

        finalizers("x/2");
        assertThat(store.find(ResourceTypes.CONFIG_MAP, key("a"))).isPresent();
        finalizers();
        assertThat(store.find(ResourceTypes.CONFIG_MAP, key("a"))).isEmpty();
    }

    private void finalizers(String... names) {
        store.edit(
                ResourceTypes.CONFIG_MAP,
                key("a"),
                BY_TEST,
                map -> map.withMetadata(withFinalizers(map.metadata(), names)));
    }

    static Stream<Arguments> policies() {
        return Stream.of(
                arguments("none asked for", DELETE, List.of("x/y")),
                arguments("background", policy("Background"), List.of("x/y")),
                arguments("foreground", policy("Foreground"), List.of("x/y", "foregroundDeletion")),
                arguments("orphan", policy("Orphan"), List.of("x/y", "orphan")),
                arguments(
                        "the older way to orphan",
                        DeleteOptionsBuilder.builder().orphanDependents(true).build(),
                        List.of("x/y", "orphan")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("policies")
    void propagationPoliciesBecomeFinalizers(String name, DeleteOptions options, List<String> finalizers) {
        store.create(
                ConfigMapBuilder.builder()
                        .metadata(withFinalizers(meta("a"), "x/y"))
                        .build(),
                BY_TEST);

        Optional<ConfigMap> left = store.delete(ResourceTypes.CONFIG_MAP, key("a"), options, BY_TEST);

        assertThat(left).get().extracting(map -> map.metadata().finalizers()).isEqualTo(finalizers);
    }

    @Test
    void aLaterPolicyReplacesAnEarlierOne() {
        store.create(configMap("a"), BY_TEST);
        store.delete(ResourceTypes.CONFIG_MAP, key("a"), policy("Foreground"), BY_TEST);

        Optional<ConfigMap> left = store.delete(ResourceTypes.CONFIG_MAP, key("a"), policy("Orphan"), BY_TEST);
        Optional<ConfigMap> gone = store.delete(ResourceTypes.CONFIG_MAP, key("a"), policy("Background"), BY_TEST);

        assertThat(left).get().extracting(map -> map.metadata().finalizers()).isEqualTo(List.of("orphan"));
        assertThat(gone).isEmpty();
    }

    @Test
    void aRunningPodStaysForItsGracePeriod() {
        runningPod();

        Optional<Pod> left = deletePod(DELETE);

        assertThat(left).get().satisfies(pod -> {
            assertThat(pod.metadata().deletionTimestamp()).isEqualTo(NOW.plusSeconds(30));
            assertThat(pod.metadata().deletionGracePeriodSeconds()).isEqualTo(30);
            assertThat(pod.metadata().generation()).isEqualTo(2);
        });
        long revision = store.revision();
        assertThat(deletePod(DELETE)).isEqualTo(left);
        assertThat(deletePod(grace(60L))).isEqualTo(left);
        assertThat(store.revision()).isEqualTo(revision);
    }

    @Test
    void aShorterGracePeriodWins() {
        runningPod();
        deletePod(DELETE);

        Optional<Pod> left = deletePod(grace(5L));

        assertThat(left).get().satisfies(pod -> {
            assertThat(pod.metadata().deletionTimestamp()).isEqualTo(NOW.plusSeconds(5));
            assertThat(pod.metadata().deletionGracePeriodSeconds()).isEqualTo(5);
            assertThat(pod.metadata().generation()).isEqualTo(2);
        });
        assertThat(deletePod(grace(0L))).isEmpty();
        assertThat(store.find(ResourceTypes.POD, key("p"))).isEmpty();
    }

    @Test
    void aPodWithFinalizersOutlivesItsGracePeriod() {
        store.create(pod(withFinalizers(meta("p"), "x/y")), BY_TEST);
        store.edit(ResourceTypes.POD, key("p"), BY_TEST.on(Subresource.BINDING), pod -> onNode(pod, "n1"));
        deletePod(DELETE);

        Optional<Pod> left = deletePod(grace(0L));
        store.edit(ResourceTypes.POD, key("p"), BY_TEST, pod -> pod.withMetadata(withFinalizers(pod.metadata())));

        assertThat(left)
                .get()
                .extracting(pod -> pod.metadata().deletionGracePeriodSeconds())
                .isEqualTo(0L);
        assertThat(store.find(ResourceTypes.POD, key("p"))).isEmpty();
    }

    @Test
    void removingTheFinalizersOfARunningPodDoesNotCutItsGracePeriodShort() {
        store.create(pod(withFinalizers(meta("p"), "x/y")), BY_TEST);
        store.edit(ResourceTypes.POD, key("p"), BY_TEST.on(Subresource.BINDING), pod -> onNode(pod, "n1"));
        deletePod(DELETE);

        store.edit(ResourceTypes.POD, key("p"), BY_TEST, pod -> pod.withMetadata(withFinalizers(pod.metadata())));

        assertThat(store.find(ResourceTypes.POD, key("p"))).isPresent();
    }

    static Stream<Arguments> podsThatGoAtOnce() {
        return Stream.of(
                arguments("one without a node", pod("p"), DELETE),
                arguments("one that has succeeded", inPhase(onNode(pod("p"), "n1"), "Succeeded"), DELETE),
                arguments("one that has failed", inPhase(onNode(pod("p"), "n1"), "Failed"), DELETE),
                arguments("one that is killed", onNode(pod("p"), "n1"), grace(0L)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("podsThatGoAtOnce")
    void podsThatNeedNoGraceGoAtOnce(String name, Pod pod, DeleteOptions options) {
        store.create(pod, BY_TEST);
        store.update(pod, BY_TEST.on(Subresource.STATUS));

        assertThat(deletePod(options)).isEmpty();
        assertThat(store.find(ResourceTypes.POD, key("p"))).isEmpty();
    }

    @Test
    void aNegativeGracePeriodMeansASecond() {
        runningPod();

        assertThat(deletePod(grace(-1L)))
                .get()
                .extracting(pod -> pod.metadata().deletionGracePeriodSeconds())
                .isEqualTo(1L);
    }

    @Test
    void preconditionsMustHold() {
        ConfigMap created = store.create(configMap("a"), BY_TEST);
        String uid = created.metadata().uidOrEmpty();

        assertThatThrownBy(() -> store.delete(ResourceTypes.CONFIG_MAP, key("a"), preconditions(null, "x"), BY_TEST))
                .isInstanceOf(ApiException.class)
                .hasMessage("Operation cannot be fulfilled on ConfigMap \"a\": the UID in the precondition (x) does not"
                        + " match the UID in record (" + uid
                        + "). The object might have been deleted and then recreated")
                .extracting(e -> ((ApiException) e).reason())
                .isEqualTo(Reason.CONFLICT);
        assertThatThrownBy(() -> store.delete(ResourceTypes.CONFIG_MAP, key("a"), preconditions("1", uid), BY_TEST))
                .hasMessage("Operation cannot be fulfilled on ConfigMap \"a\": the ResourceVersion in the precondition"
                        + " (1) does not match the ResourceVersion in record (2). The object might have been modified");
        assertThat(store.delete(ResourceTypes.CONFIG_MAP, key("a"), preconditions("2", uid), BY_TEST))
                .isEmpty();
    }

    private static DeleteOptions preconditions(@Nullable String version, @Nullable String uid) {
        return DeleteOptionsBuilder.builder()
                .preconditions(new Preconditions(version, uid))
                .build();
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        store.create(configMap("a"), BY_TEST);
        var both = DeleteOptionsBuilder.builder()
                .orphanDependents(true)
                .propagationPolicy("Foreground")
                .build();
        var dryRun = DeleteOptionsBuilder.builder().dryRun(List.of("Foo")).build();

        assertThatThrownBy(() -> store.delete(ResourceTypes.CONFIG_MAP, key("a"), both, BY_TEST))
                .hasMessage("DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Invalid value:"
                        + " \"Foreground\": orphanDependents and deletionPropagation cannot be both set");
        assertThatThrownBy(() -> store.delete(ResourceTypes.CONFIG_MAP, key("a"), dryRun, BY_TEST))
                .hasMessage("DeleteOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: []string{\"Foo\"}:"
                        + " supported values: \"All\"");
    }

    @Test
    void aNamespaceTerminatesAndGoesWhenItsFinalizersAreGone() {
        store.create(namespace("n"), BY_TEST);
        var key = ObjectKey.cluster("n");

        Optional<Namespace> left = store.delete(ResourceTypes.NAMESPACE, key, DELETE, BY_TEST);
        Optional<Namespace> again = store.delete(ResourceTypes.NAMESPACE, key, DELETE, BY_TEST);

        assertThat(left).get().satisfies(namespace -> {
            assertThat(namespace.status().phase()).isEqualTo("Terminating");
            assertThat(namespace.metadata().deletionTimestamp()).isEqualTo(NOW);
        });
        assertThat(again).isEqualTo(left);

        store.edit(
                ResourceTypes.NAMESPACE,
                key,
                BY_TEST.on(Subresource.FINALIZE),
                namespace -> NamespaceBuilder.builder(namespace)
                        .spec(NamespaceSpec.EMPTY)
                        .build());
        assertThat(store.find(ResourceTypes.NAMESPACE, key)).isEmpty();
    }

    @Test
    void aCollectionIsDeletedBySelector() {
        store.create(
                ConfigMapBuilder.builder()
                        .metadata(Samples.labelled("a", "x", "1"))
                        .build(),
                BY_TEST);
        store.create(
                ConfigMapBuilder.builder()
                        .metadata(Samples.labelled("b", "x", "2"))
                        .build(),
                BY_TEST);
        var selector = Selector.parse("x=1");

        List<ConfigMap> deleted = store.deleteCollection(
                ResourceTypes.CONFIG_MAP, ListQuery.inNamespace("shop").labels(selector), DELETE, BY_TEST);

        assertThat(deleted).extracting(map -> map.metadata().name()).containsExactly("a");
        assertThat(store.list(ResourceTypes.CONFIG_MAP))
                .extracting(map -> map.metadata().name())
                .containsExactly("b");
    }

    @Test
    void aDeletedNameCanBeUsedAgainByAnotherObject() {
        ConfigMap first = store.create(configMap("a"), BY_TEST);
        store.delete(ResourceTypes.CONFIG_MAP, key("a"), DELETE, BY_TEST);

        ConfigMap second = store.create(configMap("a"), BY_TEST);

        assertThat(second.metadata().uid()).isNotEqualTo(first.metadata().uid());
        assertThatThrownBy(() -> store.update(first, BY_TEST)).hasMessageContaining("Precondition failed: UID");
    }
}
