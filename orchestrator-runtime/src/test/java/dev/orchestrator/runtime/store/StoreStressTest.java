package dev.orchestrator.runtime.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.SystemTime;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.core.Secret;
import dev.orchestrator.api.model.core.SecretBuilder;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Invariant 1: an acknowledged write is never lost, reordered or seen twice. */
class StoreStressTest {

    private static final int WRITERS = 8;
    private static final int NAMES = 40;
    private static final Duration LENGTH = Duration.ofMillis(1200);

    private final SystemTime time = new SystemTime();
    private final ObjectStore store = new ObjectStore(
            time, new AdmitsEverything(), StoreOptions.defaults().withHistory(1 << 20));
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

    /** Reads a watch to the end and checks each step of it. */
    private final class Watcher implements Runnable {

        final Map<String, Resource> state = new HashMap<>();
        final List<Long> revisions = new ArrayList<>();
        final WatchCursor cursor;
        volatile long until = Long.MAX_VALUE;

        Watcher(WatchQuery query) {
            this.cursor = store.watch(query);
        }

        @Override
        public void run() {
            try {
                long last = 0;
                while (cursor.revision() < until) {
                    StoreEvent event = cursor.next(Duration.ofMillis(20));
                    if (event != null) {
                        assertThat(event.revision()).isGreaterThanOrEqualTo(last);
                        last = event.revision();
                        apply(event);
                    }
                }
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            }
        }

        private void apply(StoreEvent event) {
            String id = id(event.object());
            Resource known = state.get(id);
            revisions.add(event.revision());
            switch (event.kind()) {
                case ADDED -> {
                    assertThat(known).as("added twice: " + id).isNull();
                    state.put(id, event.object());
                }
                case MODIFIED -> {
                    assertThat(event.previous())
                            .as("a change was missed: " + id)
                            .isSameAs(known);
                    state.put(id, event.object());
                }
                case DELETED -> {
                    assertThat(known).as("deleted but never added: " + id).isNotNull();
                    state.remove(id);
                }
                case BOOKMARK -> {}
            }
        }
    }

    @Test
    @Timeout(30)
    void watchersSeeEveryRevisionOnceAndInOrder() throws Exception {
        List<Watcher> watchers = List.of(
                new Watcher(WatchQuery.of().after(1)),
                new Watcher(WatchQuery.of(ResourceTypes.CONFIG_MAP).after(1)),
                new Watcher(WatchQuery.of(ResourceTypes.SECRET).after(1)),
                new Watcher(WatchQuery.of(ResourceTypes.SECRET, ResourceTypes.CONFIG_MAP)
                        .after(1)),
                new Watcher(WatchQuery.of(ResourceTypes.SECRET)
                        .namespace("a")
                        .named("n1")
                        .after(1)));
        List<Thread> reading = new ArrayList<>();
        watchers.forEach(watcher -> reading.add(Thread.ofVirtual().start(watcher)));
        List<Thread> writing = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            long seed = i;
            writing.add(Thread.ofVirtual().start(() -> write(new SplittableRandom(seed))));
        }
        List<Watcher> late = new ArrayList<>();
        long end = System.nanoTime() + LENGTH.toNanos();
        while (System.nanoTime() < end && failure.get() == null) {
            checkSnapshot();
            if (late.size() < 20) {
                Watcher watcher =
                        new Watcher(WatchQuery.of(ResourceTypes.SECRET).withInitial());
                late.add(watcher);
                reading.add(Thread.ofVirtual().start(watcher));
            }
        }
        stop.set(true);
        for (Thread thread : writing) {
            thread.join();
        }
        long revision = store.revision();
        watchers.forEach(watcher -> watcher.until = revision);
        late.forEach(watcher -> watcher.until = revision);
        for (Thread thread : reading) {
            thread.join();
        }

        assertThat(failure.get()).isNull();
        assertThat(revision).as("little was written").isGreaterThan(100);
        assertThat(watchers.getFirst().revisions).hasSize((int) revision - 1);
        assertThat(watchers.getFirst().state).isEqualTo(stored(ResourceTypes.SECRET, ResourceTypes.CONFIG_MAP));
        assertThat(watchers.get(1).state).isEqualTo(stored(ResourceTypes.CONFIG_MAP));
        assertThat(watchers.get(2).state).isEqualTo(stored(ResourceTypes.SECRET));
        assertThat(watchers.get(3).state).isEqualTo(watchers.getFirst().state);
        assertThat(watchers.get(3).revisions).isEqualTo(watchers.getFirst().revisions);
        late.forEach(watcher -> assertThat(watcher.state).isEqualTo(watchers.get(2).state));
        acknowledged.forEach((id, written) -> {
            Resource object = watchers.getFirst().state.get(id);
            if (object != null) {
                assertThat(Long.parseLong(object.metadata().resourceVersion()))
                        .as("an acknowledged write was lost: " + id)
                        .isGreaterThanOrEqualTo(written);
            }
        });
        time.close();
    }

    // Writers may outrun the history between two pages; being told so is a right answer, too.
    private void checkSnapshot() {
        try {
            comparePagesWithTheWhole();
        } catch (ApiException e) {
            assertThat(e.reason()).isEqualTo(ApiException.Reason.EXPIRED);
        }
    }

    // A list at the revision of a page must be what the events up to it make.
    private void comparePagesWithTheWhole() {
        Page<Secret> page =
                store.list(ResourceTypes.SECRET, ListQuery.everything().limit(7));
        Page<Secret> whole = store.list(
                ResourceTypes.SECRET, ListQuery.everything().at(page.resourceVersion(), ListQuery.VersionMatch.EXACT));
        List<Secret> paged = new ArrayList<>(page.items());
        Page<Secret> next = page;
        while (next.continueToken() != null) {
            next = store.list(
                    ResourceTypes.SECRET, ListQuery.everything().limit(7).continueFrom(next.continueToken()));
            paged.addAll(next.items());
        }
        assertThat(paged).isEqualTo(whole.items());
        for (Secret secret : paged) {
            assertThat(Long.parseLong(secret.metadata().resourceVersion())).isLessThanOrEqualTo(page.revision());
        }
    }

    private void write(SplittableRandom random) {
        try {
            while (!stop.get()) {
                ResourceType<?> type = random.nextBoolean() ? ResourceTypes.SECRET : ResourceTypes.CONFIG_MAP;
                var key = new ObjectKey(random.nextBoolean() ? "a" : "b", "n" + random.nextInt(NAMES));
                try {
                    write(type, key, random);
                } catch (ApiException e) {
                    assertThat(e.reason()).isIn(ApiException.Reason.NOT_FOUND, ApiException.Reason.ALREADY_EXISTS);
                }
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    private <R extends Resource> void write(ResourceType<R> type, ObjectKey key, SplittableRandom random) {
        var request = WriteRequest.by("test");
        switch (random.nextInt(4)) {
            case 0 -> acknowledge(store.create(object(type, key), request));
            case 1, 2 ->
                acknowledge(store.edit(type, key, request, object -> type.cast(changed(object, random.nextInt()))));
            default -> store.delete(type, key, DeleteOptionsBuilder.builder().build(), request);
        }
    }

    private void acknowledge(Resource object) {
        acknowledged.merge(id(object), Long.parseLong(object.metadata().resourceVersion()), Math::max);
    }

    private static Resource object(ResourceType<?> type, ObjectKey key) {
        var metadata = ObjectMetaBuilder.builder()
                .namespace(key.namespace())
                .name(key.name())
                .build();
        return type.equals(ResourceTypes.SECRET)
                ? SecretBuilder.builder().metadata(metadata).build()
                : ConfigMapBuilder.builder().metadata(metadata).build();
    }

    private static Resource changed(Resource object, int value) {
        String text = Integer.toString(value);
        return switch (object) {
            case ConfigMap map ->
                ConfigMapBuilder.builder(map).data(Map.of("value", text)).build();
            case Secret secret ->
                SecretBuilder.builder(secret).stringData(Map.of("value", text)).build();
            default -> object;
        };
    }

    private Map<String, Resource> stored(ResourceType<?>... types) {
        Map<String, Resource> stored = new TreeMap<>();
        for (ResourceType<?> type : types) {
            store.list(type).forEach(object -> stored.put(id(object), object));
        }
        return stored;
    }

    private static String id(Resource object) {
        return object.resourceType().kind() + " " + object.key();
    }
}
