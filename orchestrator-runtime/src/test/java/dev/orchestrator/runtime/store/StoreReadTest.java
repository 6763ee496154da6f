package dev.orchestrator.runtime.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.store.ListQuery.VersionMatch;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.orchestrator.runtime.store.Samples.BY_TEST;
import static dev.orchestrator.runtime.store.Samples.DELETE;
import static dev.orchestrator.runtime.store.Samples.configMap;
import static dev.orchestrator.runtime.store.Samples.key;
import static dev.orchestrator.runtime.store.Samples.labelled;
import static dev.orchestrator.runtime.store.Samples.onNode;
import static dev.orchestrator.runtime.store.Samples.ownedBy;
import static dev.orchestrator.runtime.store.Samples.owner;
import static dev.orchestrator.runtime.store.Samples.pod;
import static dev.orchestrator.runtime.store.Samples.withData;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class StoreReadTest {

    private final ObjectStore store = new ObjectStore(
            new ManualClock(), new AdmitsEverything(), StoreOptions.defaults().withHistory(64));

    private static List<String> names(List<? extends Resource> objects) {
        return objects.stream().map(object -> object.metadata().nameOrEmpty()).toList();
    }

    private void create(String... names) {
        for (String name : names) {
            store.create(configMap(name), BY_TEST);
        }
    }

    @Test
    void listsAreSortedByNamespaceAndName() {
        store.create(
                ConfigMapBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .namespace("b")
                                .name("0")
                                .build())
                        .build(),
                BY_TEST);
        store.create(
                ConfigMapBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .namespace("a")
                                .name("9")
                                .build())
                        .build(),
                BY_TEST);
        create("c", "a", "b");

        assertThat(store.list(ResourceTypes.CONFIG_MAP))
                .extracting(Resource::key)
                .extracting(ObjectKey::toString)
                .containsExactly("a/9", "b/0", "shop/a", "shop/b", "shop/c");
        assertThat(names(store.list(ResourceTypes.CONFIG_MAP, "shop"))).containsExactly("a", "b", "c");
        assertThat(store.list(ResourceTypes.CONFIG_MAP, "nowhere")).isEmpty();
    }

    @Test
    void pagesShowTheStateOfTheFirstWhateverHappensInBetween() {
        create("a", "b", "c", "d", "e");
        Page<ConfigMap> first =
                store.list(ResourceTypes.CONFIG_MAP, ListQuery.everything().limit(2));

        store.delete(ResourceTypes.CONFIG_MAP, key("d"), DELETE, BY_TEST);
        store.update(withData(configMap("e"), "changed"), BY_TEST);
        create("aa", "cc");
        Page<ConfigMap> second = store.list(
                ResourceTypes.CONFIG_MAP, ListQuery.everything().limit(2).continueFrom(first.continueToken()));
        Page<ConfigMap> third = store.list(
                ResourceTypes.CONFIG_MAP, ListQuery.everything().limit(2).continueFrom(second.continueToken()));

        assertThat(names(first.items())).containsExactly("a", "b");
        assertThat(first.remaining()).isEqualTo(3);
        assertThat(names(second.items())).containsExactly("c", "d");
        assertThat(second.remaining()).isEqualTo(1);
        assertThat(names(third.items())).containsExactly("e");
        assertThat(third.items().getFirst().data()).isEmpty();
        assertThat(third.continueToken()).isNull();
        assertThat(List.of(second.revision(), third.revision())).containsOnly(first.revision());
    }

    @Test
    void aPageWhoseRevisionIsForgottenExpiresWithATokenThatGoesOn() {
        create("a", "b", "c");
        Page<ConfigMap> first =
                store.list(ResourceTypes.CONFIG_MAP, ListQuery.everything().limit(1));
        for (int i = 0; i < 100; i++) {
            store.update(withData(configMap("a"), "v" + i), BY_TEST);
        }
        ListQuery next = ListQuery.everything().limit(5).continueFrom(first.continueToken());

        assertThatThrownBy(() -> store.list(ResourceTypes.CONFIG_MAP, next))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith(
                        "The provided continue parameter is too old to display a consistent list result. You can"
                                + " start a new list without the continue parameter, or use the continue token")
                .satisfies(e -> {
                    var status = ((ApiException) e).status();
                    assertThat(status.code()).isEqualTo(410);
                    assertThat(status.reason()).isEqualTo("Expired");
                    Page<ConfigMap> rest = store.list(
                            ResourceTypes.CONFIG_MAP,
                            ListQuery.everything()
                                    .continueFrom(
                                            requireNonNull(status.metadata()).continueToken()));
                    assertThat(names(rest.items())).containsExactly("b", "c");
                });
        assertThatThrownBy(() -> store.list(
                        ResourceTypes.CONFIG_MAP, ListQuery.everything().at("2", VersionMatch.EXACT)))
                .hasMessage("The resourceVersion for the provided list is too old.");
    }

    @Test
    void aQuietTypeKeepsItsHistoryWhileOthersChange() {
        store.create(pod("p"), BY_TEST);
        long revision = store.revision();
        create("a");
        for (int i = 0; i < 200; i++) {
            store.update(withData(configMap("a"), "v" + i), BY_TEST);
        }

        Page<Pod> page =
                store.list(ResourceTypes.POD, ListQuery.everything().at(Long.toString(revision), VersionMatch.EXACT));

        assertThat(names(page.items())).containsExactly("p");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "too new | 999 | Timeout: Too large resource version: 999, current: 1",
                "no number | abc | resourceVersion: Invalid value: \"abc\": strconv.ParseUint: parsing \"abc\": invalid syntax",
                "negative | -1 | resourceVersion: Invalid value: \"-1\": strconv.ParseUint: parsing \"-1\": invalid syntax"
            })
    void revisionsThatCannotBeAreRefused(String name, String version, String message) {
        assertThatThrownBy(() -> store.list(
                        ResourceTypes.CONFIG_MAP, ListQuery.everything().at(version, null)))
                .hasMessage(message);
    }

    static Stream<Arguments> tokens() {
        return Stream.of(
                arguments("rubbish", "!!!", "illegal base64 data at input byte 0"),
                arguments("no JSON", "eHl6", "invalid character 'x' looking for beginning of value"),
                arguments(
                        "another version",
                        "eyJ2IjoidjEiLCJydiI6MSwic3RhcnQiOiJhIn0",
                        "server does not recognize this encoded version \"v1\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void tokensThatNobodyMadeAreRefused(String name, String token, String message) {
        assertThatThrownBy(() -> store.list(
                        ResourceTypes.CONFIG_MAP, ListQuery.everything().continueFrom(token)))
                .isInstanceOf(ApiException.class)
                .hasMessage("invalid continue token: continue key is not valid: " + message);
    }

    @Test
    void ownersAreFoundByIndexThroughEveryChange() {
        store.create(pod(ownedBy("old", owner("rs", true), owner("other", null))), BY_TEST);
        store.create(pod(ownedBy("young", owner("rs", true))), BY_TEST);
        store.create(pod(ownedBy("loose", owner("rs", null))), BY_TEST);
        store.create(
                ConfigMapBuilder.builder()
                        .metadata(ownedBy("map", owner("rs", true)))
                        .build(),
                BY_TEST);

        assertThat(names(store.podsControlledBy("rs"))).containsExactly("old", "young");
        assertThat(names(store.controlledBy(ResourceTypes.CONFIG_MAP, "rs"))).containsExactly("map");
        assertThat(names(store.dependents("rs"))).containsExactly("old", "young", "loose", "map");
        assertThat(names(store.dependents("other"))).containsExactly("old");

        own("young");
        own("loose", owner("rs", true), owner("rs", true));
        store.delete(ResourceTypes.POD, key("old"), DELETE, BY_TEST);

        assertThat(names(store.podsControlledBy("rs"))).containsExactly("loose");
        assertThat(store.dependents("other")).isEmpty();
        assertThat(names(store.uncontrolled(ResourceTypes.POD, "shop", Selector.everything())))
                .containsExactly("young");
    }

    private void own(String name, OwnerReference... owners) {
        store.edit(
                ResourceTypes.POD,
                key(name),
                BY_TEST,
                pod -> pod.withMetadata(ObjectMetaBuilder.builder(pod.metadata())
                        .ownerReferences(List.of(owners))
                        .build()));
    }

    @Test
    void nodesAreFoundByIndex() {
        store.create(pod("a"), BY_TEST);
        store.create(pod("b"), BY_TEST);
        bind("b", "n1");
        bind("a", "n1");

        assertThat(names(store.podsOnNode("n1"))).containsExactly("a", "b");
        assertThat(names(store.list(
                                ResourceTypes.POD,
                                ListQuery.everything().fields(FieldSelector.is("spec.nodeName", "n1")))
                        .items()))
                .containsExactly("a", "b");
        assertThat(store.podsOnNode("n2")).isEmpty();

        store.delete(
                ResourceTypes.POD,
                key("a"),
                DeleteOptionsBuilder.builder().gracePeriodSeconds(0L).build(),
                BY_TEST);
        assertThat(names(store.podsOnNode("n1"))).containsExactly("b");
    }

    private void bind(String name, String node) {
        store.edit(ResourceTypes.POD, key(name), BY_TEST.on(Subresource.BINDING), pod -> onNode(pod, node));
    }

    @Test
    void labelsAreFoundByIndexThroughEveryChange() {
        store.create(pod(labelled("a", "app", "web")), BY_TEST);
        store.create(pod(labelled("b", "app", "db")), BY_TEST);
        store.create(pod("c"), BY_TEST);

        assertThat(matching("app=web")).containsExactly("a");
        assertThat(matching("app in (web,db)")).containsExactlyInAnyOrder("a", "b");
        assertThat(matching("app!=web")).containsExactly("b", "c");
        assertThat(matching("!app")).containsExactly("c");

        store.edit(
                ResourceTypes.POD,
                key("a"),
                BY_TEST,
                pod -> pod.withMetadata(ObjectMetaBuilder.builder(pod.metadata())
                        .labels(Map.of("app", "db", "x", "y"))
                        .build()));

        assertThat(matching("app=web")).isEmpty();
        assertThat(matching("app=db")).containsExactly("a", "b");
        assertThat(matching("app=db,x=y")).containsExactly("a");
    }

    private List<String> matching(String selector) {
        return names(store.matching(ResourceTypes.POD, "shop", Selector.parse(selector)));
    }

    @Test
    void allTypesOfANamespaceAreFound() {
        create("a");
        store.create(pod("b"), BY_TEST);
        store.create(Samples.namespace("shop"), BY_TEST);

        assertThat(names(store.inNamespace("shop"))).containsExactlyInAnyOrder("a", "b");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ConfigMap | data.a | \"data.a\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"",
                "Pod | spec.hostname | field label not supported: spec.hostname",
                "Node | metadata.namespace | field label not supported: metadata.namespace",
                "Event | message | field label not supported: message",
                "Job | spec.x | field label \"spec.x\" not supported for Job"
            })
    void fieldsThatAKindDoesNotSupportAreRefused(String kind, String field, String message) {
        ResourceType<?> type = ResourceTypes.named(kind).orElseThrow();

        assertThatThrownBy(() -> store.list(type, ListQuery.everything().fields(FieldSelector.is(field, "x"))))
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata.name=a", "metadata.name==a,metadata.namespace=shop", "metadata.name!=b", ""})
    void fieldSelectorsAreRead(String text) {
        create("a");

        assertThat(names(store.list(
                                ResourceTypes.CONFIG_MAP, ListQuery.everything().fields(FieldSelector.parse(text)))
                        .items()))
                .containsExactly("a");
    }

    @Test
    void aTreeOfEntriesStaysSortedThroughManyChanges() {
        long seed = 42;
        var random = new SplittableRandom(seed);
        List<Entry> model = new ArrayList<>();
        EntryTree tree = EntryTree.EMPTY_BY_KEY;
        for (int i = 0; i < 20_000; i++) {
            if (model.isEmpty() || random.nextInt(100) < (i < 12_000 ? 70 : 20)) {
                var entry = new Entry(new ObjectKey("n" + random.nextInt(3), "x" + i), i, configMap("x"));
                model.add(entry);
                tree = tree.with(entry);
            } else {
                Entry gone = model.remove(random.nextInt(model.size()));
                tree = tree.without(gone);
            }
            assertThat(tree.size()).as("seed " + seed).isEqualTo(model.size());
        }
        model.sort(Comparator.comparing(entry -> entry.key));
        List<Entry> walked = new ArrayList<>();
        tree.forEach(walked::add);
        List<Entry> inMiddle = new ArrayList<>();
        tree.forEachFrom(new ObjectKey("n1", ""), entry -> entry.key.namespace().equals("n1") && inMiddle.add(entry));

        assertThat(walked).as("seed " + seed).isEqualTo(model);
        assertThat(inMiddle)
                .isEqualTo(model.stream()
                        .filter(entry -> entry.key.namespace().equals("n1"))
                        .toList());
    }

    @Test
    void everyTypeHasAnEmptyFormForBookmarks() {
        Function<ResourceType<?>, ObjectMeta> bookmark = type -> {
            WatchCursor cursor = store.watch(WatchQuery.of(type).withInitial().withBookmarks());
            StoreEvent event = requireNonNull(cursor.poll());
            assertThat(event.kind()).isEqualTo(StoreEvent.Kind.BOOKMARK);
            return event.object().metadata();
        };

        assertThat(ResourceTypes.stored())
                .allSatisfy(type ->
                        assertThat(bookmark.apply(type).resourceVersion()).isEqualTo("1"));
    }
}
