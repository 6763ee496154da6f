package dev.orchestrator.runtime.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.runtime.store.Samples.BY_TEST;
import static dev.orchestrator.runtime.store.Samples.DELETE;
import static dev.orchestrator.runtime.store.Samples.configMap;
import static dev.orchestrator.runtime.store.Samples.key;
import static dev.orchestrator.runtime.store.Samples.labelled;
import static dev.orchestrator.runtime.store.Samples.pod;
import static dev.orchestrator.runtime.store.Samples.withData;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(20)
class StoreWatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock();
    private final ObjectStore store = new ObjectStore(
            clock, new AdmitsEverything(), StoreOptions.defaults().withHistory(16));

    @AfterEach
    void close() {
        store.close();
    }

    private static List<String> drain(WatchCursor cursor) {
        List<String> seen = new ArrayList<>();
        for (StoreEvent event = cursor.poll(); event != null; event = cursor.poll()) {
            seen.add(event.kind() + " " + event.object().metadata().name());
        }
        return seen;
    }

    private void relabel(String name, String value) {
        store.edit(
                ResourceTypes.CONFIG_MAP,
                key(name),
                BY_TEST,
                map -> map.withMetadata(ObjectMetaBuilder.builder(map.metadata())
                        .labels(Map.of("app", value))
                        .build()));
    }

    @Test
    void aWatchFromNowSeesWhatComesAfterIt() {
        store.create(configMap("a"), BY_TEST);
        WatchCursor cursor = store.watch(WatchQuery.of(ResourceTypes.CONFIG_MAP));

        store.create(configMap("b"), BY_TEST);
        store.create(pod("p"), BY_TEST);
        store.update(withData(configMap("b"), "1"), BY_TEST);
        store.delete(ResourceTypes.CONFIG_MAP, key("a"), DELETE, BY_TEST);

        assertThat(drain(cursor)).containsExactly("ADDED b", "MODIFIED b", "DELETED a");
        assertThat(cursor.revision()).isEqualTo(store.revision());
    }

    @Test
    void aWatchFromARevisionSeesWhatCameAfterIt() {
        store.create(configMap("a"), BY_TEST);
        long revision = store.revision();
        store.create(configMap("b"), BY_TEST);

        assertThat(drain(store.watch(WatchQuery.of(ResourceTypes.CONFIG_MAP).after(revision))))
                .containsExactly("ADDED b");
        assertThat(drain(store.watch(WatchQuery.of().after(revision + 5)))).isEmpty();
    }

    @Test
    void initialObjectsComeFirstThenABookmarkThenChanges() {
        store.create(configMap("a"), BY_TEST);
        store.create(pod("p"), BY_TEST);
        WatchCursor one = store.watch(
                WatchQuery.of(ResourceTypes.CONFIG_MAP).withInitial().withBookmarks());
        WatchCursor all = store.watch(WatchQuery.of().withInitial());
        store.create(configMap("b"), BY_TEST);

        assertThat(drain(one)).containsExactly("ADDED a", "BOOKMARK null", "ADDED b");
        assertThat(drain(all)).containsExactlyInAnyOrder("ADDED a", "ADDED p", "ADDED b");
    }

    @Test
    void bookmarksComeOnceAMinute() throws InterruptedException {
        WatchCursor cursor = store.watch(WatchQuery.of(ResourceTypes.CONFIG_MAP).withBookmarks());
        store.create(pod("p"), BY_TEST);

        assertThat(cursor.poll()).isNull();
        clock.advance(Duration.ofMinutes(1));
        StoreEvent bookmark = requireNonNull(cursor.next(Duration.ZERO));

        assertThat(bookmark.kind()).isEqualTo(StoreEvent.Kind.BOOKMARK);
        assertThat(bookmark.object().metadata().resourceVersion()).isEqualTo(Long.toString(store.revision()));
        assertThat(cursor.poll()).isNull();
    }

    @Test
    void aSelectorTurnsLabelChangesIntoAdditionsAndDeletions() {
        WatchCursor cursor = store.watch(WatchQuery.of(ResourceTypes.CONFIG_MAP).labels(Selector.parse("app=web")));
        ConfigMap created = store.create(
                ConfigMapBuilder.builder().metadata(labelled("a", "app", "db")).build(), BY_TEST);
        relabel("a", "web");
        ConfigMap matching = store.get(ResourceTypes.CONFIG_MAP, key("a"));
        relabel("a", "db");
        long left = store.revision();
        store.delete(ResourceTypes.CONFIG_MAP, key("a"), DELETE, BY_TEST);

        StoreEvent added = requireNonNull(cursor.poll());
        StoreEvent deleted = requireNonNull(cursor.poll());

        assertThat(created.metadata().labels()).containsEntry("app", "db");
        assertThat(added.kind()).isEqualTo(StoreEvent.Kind.ADDED);
        assertThat(added.object()).isSameAs(matching);
        assertThat(deleted.kind()).isEqualTo(StoreEvent.Kind.DELETED);
        assertThat(deleted.object().metadata().labels()).containsEntry("app", "web");
        assertThat(deleted.object().metadata().resourceVersion()).isEqualTo(Long.toString(left));
        assertThat(cursor.poll()).isNull();
    }

    @Test
    void aCursorThatFallsBehindExpires() {
        WatchCursor cursor = store.watch(WatchQuery.of(ResourceTypes.CONFIG_MAP));
        store.create(configMap("a"), BY_TEST);
        for (int i = 0; i < 40; i++) {
            store.update(withData(configMap("a"), "v" + i), BY_TEST);
        }

        assertThatThrownBy(cursor::poll)
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("too old resource version: 1 (")
                .extracting(e -> ((ApiException) e).reason())
                .isEqualTo(Reason.EXPIRED);
        assertThatThrownBy(() ->
                        store.watch(WatchQuery.of(ResourceTypes.CONFIG_MAP).after(1)))
                .hasMessageStartingWith("too old resource version: 1 (");
    }

    @Test
    void aQuietWatchDoesNotExpireWhileOtherTypesChange() {
        WatchCursor cursor = store.watch(WatchQuery.of(ResourceTypes.POD));
        store.create(configMap("a"), BY_TEST);
        for (int i = 0; i < 100; i++) {
            store.update(withData(configMap("a"), "v" + i), BY_TEST);
        }
        store.create(pod("p"), BY_TEST);

        assertThat(drain(cursor)).containsExactly("ADDED p");
    }

    @Test
    void aWatchForOneObjectSleepsThroughTheChangesOfOthers() throws Exception {
        store.create(configMap("a"), BY_TEST);
        store.create(configMap("b"), BY_TEST);
        WatchCursor cursor = store.watch(
                WatchQuery.of(ResourceTypes.CONFIG_MAP).namespace("shop").named("a"));
        var seen = new LinkedBlockingQueue<String>();
        Thread reader = Thread.ofVirtual().start(() -> read(cursor, seen));
        awaitParked(reader);

        // Far more than the history holds, none of which concerns the sleeper.
        for (int i = 0; i < 100; i++) {
            store.update(withData(configMap("b"), "v" + i), BY_TEST);
        }
        store.update(withData(configMap("a"), "1"), BY_TEST);

        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("MODIFIED a");
        cursor.close();
        reader.join();
    }

    private static void read(WatchCursor cursor, BlockingQueue<String> seen) {
        try {
            StoreEvent event = cursor.next(PATIENCE);
            while (event != null) {
                seen.add(event.kind() + " " + event.object().metadata().name());
                event = cursor.next(PATIENCE);
            }
        } catch (InterruptedException | ApiException e) {
            seen.add(e.toString());
        }
    }

    private static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void closingACursorWakesItsReader() throws InterruptedException {
        WatchCursor cursor = store.watch(WatchQuery.of());
        var seen = new LinkedBlockingQueue<String>();
        Thread reader = Thread.ofVirtual().start(() -> read(cursor, seen));
        awaitParked(reader);

        cursor.close();

        assertThat(reader.join(PATIENCE)).isTrue();
        assertThat(cursor.poll()).isNull();
    }
}
