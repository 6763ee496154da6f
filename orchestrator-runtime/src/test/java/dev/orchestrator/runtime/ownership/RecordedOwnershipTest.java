package dev.orchestrator.runtime.ownership;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.meta.ManagedFieldsEntry;
import dev.orchestrator.api.model.meta.ManagedFieldsEntryBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.codec.YamlText;
import dev.orchestrator.runtime.store.AdmitsEverything;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecordedOwnershipTest {

    private static final ObjectKey KEY = new ObjectKey("shop", "o");

    private final ManualClock clock = new ManualClock();
    private final ObjectStore store =
            new ObjectStore(clock, new AdmitsEverything(), new RecordedOwnership(), StoreOptions.defaults());

    @AfterEach
    void close() {
        store.close();
    }

    private static WriteRequest by(String who) {
        return WriteRequest.by(who);
    }

    private ConfigMap create(String name, Map<String, String> data) {
        return store.create(
                ConfigMapBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .namespace("shop")
                                .name(name)
                                .build())
                        .data(data)
                        .build(),
                by("a"));
    }

    private ConfigMap edit(String who, Map<String, String> data) {
        return store.edit(
                ResourceTypes.CONFIG_MAP,
                KEY,
                by(who),
                map -> ConfigMapBuilder.builder(map).data(data).build());
    }

    private Pod pod() {
        return store.create(
                PodBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .namespace("shop")
                                .name("o")
                                .build())
                        .spec(PodSpecBuilder.builder()
                                .containers(List.of(ContainerBuilder.builder()
                                        .name("web")
                                        .image("nginx")
                                        .build()))
                                .build())
                        .build(),
                by("a"));
    }

    private Pod edit(WriteRequest request, UnaryOperator<Pod> change) {
        return store.edit(ResourceTypes.POD, KEY, request, change);
    }

    private static Pod withPhase(Pod pod, String phase) {
        return PodBuilder.builder(pod)
                .status(PodStatusBuilder.builder(pod.status()).phase(phase).build())
                .build();
    }

    private static List<String> shown(Resource object) {
        return ManagedFields.shown(object).metadata().managedFields().stream()
                .map(entry -> entry.manager() + (entry.subresource() == null ? "" : "/" + entry.subresource()) + " "
                        + FieldSet.fromTree(entry.fieldsV1()).paths())
                .toList();
    }

    @Test
    void objectsOfOneWriterShareItsMark() {
        ConfigMap first = create("o", Map.of("x", "1"));
        ConfigMap second = create("p", Map.of("x", "1"));

        assertThat(first.metadata().managedFields()).isSameAs(second.metadata().managedFields());
        assertThat(shown(first)).containsExactly("a [.data, .data.x]");
    }

    @Test
    void whoWritesItAloneOwnsItAll() throws InterruptedException {
        create("o", Map.of("x", "1"));
        clock.advance(Duration.ofSeconds(5));

        ConfigMap edited = edit("a", Map.of("x", "2", "z", "1"));

        assertThat(shown(edited)).containsExactly("a [.data, .data.x, .data.z]");
        assertThat(edited.metadata().managedFields().getFirst().time()).isEqualTo(clock.instant());
    }

    @Test
    void anotherOwnsJustWhatItChanges() {
        create("o", Map.of("x", "1", "z", "1"));

        ConfigMap edited = edit("b", Map.of("x", "2", "z", "1"));
        ConfigMap back = edit("a", Map.of("x", "3", "z", "1"));

        assertThat(shown(edited)).containsExactlyInAnyOrder("a [.data, .data.z]", "b [.data.x]");
        assertThat(shown(back)).containsExactly("a [.data, .data.x, .data.z]");
    }

    @Test
    void whatIsRemovedIsNobodys() {
        create("o", Map.of("x", "1"));
        edit("b", Map.of("x", "1", "z", "1"));

        ConfigMap edited = edit("c", Map.of("x", "1"));

        assertThat(shown(edited)).containsExactly("a [.data, .data.x]");
    }

    @Test
    void aWriteThatChangesNothingChangesNoOwner() throws InterruptedException {
        ConfigMap created = create("o", Map.of("x", "1"));
        clock.advance(Duration.ofSeconds(5));

        assertThat(edit("b", Map.of("x", "1"))).isSameAs(created);
    }

    @Test
    void theStatusOfAPodIsTheKubelets() {
        pod();
        Pod bound = edit(
                by("s").on(Subresource.BINDING),
                pod -> PodBuilder.builder(pod)
                        .spec(PodSpecBuilder.builder(pod.spec()).nodeName("n").build())
                        .build());
        Pod running = edit(by("kubelet").on(Subresource.STATUS), pod -> withPhase(pod, "Running"));
        Pod done = edit(by("kubelet").on(Subresource.STATUS), pod -> withPhase(pod, "Succeeded"));

        String creator = "a [.spec.containers[name=\"web\"], .spec.containers[name=\"web\"].image,"
                + " .spec.containers[name=\"web\"].name]";
        assertThat(shown(bound)).containsExactly(creator);
        assertThat(shown(running)).containsExactly(creator, "kubelet/status [.status.phase]");
        assertThat(done.metadata().managedFields()).isSameAs(running.metadata().managedFields());
    }

    @Test
    void othersInAPodsStatusAreNamed() {
        pod();
        edit(
                by("scheduler").on(Subresource.STATUS),
                pod -> PodBuilder.builder(pod)
                        .status(PodStatusBuilder.builder(pod.status())
                                .nominatedNodeName("n")
                                .build())
                        .build());
        Pod running = edit(by("kubelet").on(Subresource.STATUS), pod -> withPhase(pod, "Running"));

        assertThat(shown(running))
                .contains("kubelet/status [.status.phase]", "scheduler/status [.status.nominatedNodeName]");
    }

    @Test
    void theOldestOfManyWritersBecomeOne() throws InterruptedException {
        create("o", Map.of());
        var data = new HashMap<String, String>();
        for (char who = 'b'; who <= 'n'; who++) {
            clock.advance(Duration.ofSeconds(1));
            data.put(String.valueOf(who), "1");
            edit(String.valueOf(who), Map.copyOf(data));
        }

        ConfigMap last = store.get(ResourceTypes.CONFIG_MAP, KEY);

        assertThat(last.metadata().managedFields())
                .hasSize(10)
                .extracting(ManagedFieldsEntry::manager)
                .contains("ancient-changes", "n")
                .doesNotContain("b", "c");
    }

    @Test
    void aWriterMayHandOverOrForgetOwners() {
        create("o", Map.of("x", "1"));
        var entry = ManagedFieldsEntryBuilder.builder()
                .manager("z")
                .operation("Apply")
                .apiVersion("v1")
                .fieldsType("FieldsV1")
                .fieldsV1(tree("{'f:data': {'f:x': {}}}"))
                .build();

        ConfigMap given = withOwners(List.of(entry));
        ConfigMap unknown = withOwners(List.of());
        ConfigMap malformed = withOwners(List.of(
                ManagedFieldsEntryBuilder.builder(entry).operation("Guess").build()));
        ConfigMap forgotten =
                withOwners(List.of(ManagedFieldsEntryBuilder.builder().build()));
        ConfigMap later = edit("b", Map.of("x", "2"));

        assertThat(shown(given)).containsExactly("z [.data.x]");
        assertThat(shown(unknown)).containsExactly("z [.data.x]");
        assertThat(shown(malformed)).containsExactly("z [.data.x]");
        assertThat(forgotten.metadata().managedFields()).isEmpty();
        assertThat(later.metadata().managedFields()).isEmpty();
    }

    private ConfigMap withOwners(List<ManagedFieldsEntry> owners) {
        return store.edit(
                ResourceTypes.CONFIG_MAP,
                KEY,
                by("b"),
                map -> map.withMetadata(ObjectMetaBuilder.builder(map.metadata())
                        .managedFields(owners)
                        .build()));
    }

    private static Map<String, Object> tree(String yaml) {
        return Trees.map(YamlText.parse(yaml).getFirst().root());
    }
}
