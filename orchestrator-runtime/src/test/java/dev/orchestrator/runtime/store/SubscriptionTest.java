package dev.orchestrator.runtime.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.model.ResourceTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.runtime.store.Samples.BY_TEST;
import static dev.orchestrator.runtime.store.Samples.configMap;
import static dev.orchestrator.runtime.store.Samples.withData;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class SubscriptionTest {

    private static final int WATCHES = 40;
    private static final int WRITERS = 4;
    private static final int WRITES = 1000;

    private final ManualClock clock = new ManualClock();
    private final ObjectStore store = new ObjectStore(
            clock, new AdmitsEverything(), StoreOptions.defaults().withHistory(16));

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aCallbackIsToldInOrderAndCountsAsWork() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        Subscription subscription = store.watch(
                WatchQuery.of(ResourceTypes.CONFIG_MAP),
                event -> seen.add(event.kind() + " " + event.object().metadata().name()));

        for (int i = 0; i < 10; i++) {
            store.create(configMap("a" + i), BY_TEST);
        }
        clock.settle();

        assertThat(seen).hasSize(10).startsWith("ADDED a0", "ADDED a1").endsWith("ADDED a9");
        subscription.close();
        store.create(configMap("b"), BY_TEST);
        clock.settle();
        assertThat(seen).hasSize(10);
    }

    @Test
    void aThrowingCallbackEndsOnlyItself() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        var ended = new CountDownLatch(1);
        store.watch(WatchQuery.of(), new WatchListener() {
            @Override
            public void onEvent(StoreEvent event) {
                throw new IllegalStateException("a bug of the listener's");
            }

            @Override
            public void onEnd(@Nullable ApiException reason) {
                ended.countDown();
            }
        });
        store.watch(WatchQuery.of(), event -> seen.add(event.object().key().toString()));

        store.create(configMap("a"), BY_TEST);
        store.create(configMap("b"), BY_TEST);
        clock.settle();

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).containsExactly("shop/a", "shop/b");
    }

    @Test
    void aCallbackThatFallsBehindIsToldSo() throws InterruptedException {
        var release = new CountDownLatch(1);
        var reason = new AtomicReference<@Nullable ApiException>();
        var ended = new CountDownLatch(1);
        store.watch(WatchQuery.of(), new WatchListener() {
            @Override
            public void onEvent(StoreEvent event) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void onEnd(@Nullable ApiException why) {
                reason.set(why);
                ended.countDown();
            }
        });
        store.create(configMap("a"), BY_TEST);
        for (int i = 0; i < 100; i++) {
            store.update(withData(configMap("a"), "v" + i), BY_TEST);
        }
        release.countDown();

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(requireNonNull(reason.get()).reason()).isEqualTo(Reason.EXPIRED);
        clock.settle();
    }

    @Test
    void callbacksThatBlockHoldUpNobody() throws InterruptedException {
        var release = new CountDownLatch(1);
        var blocked = new CountDownLatch(50);
        var interrupted = new CountDownLatch(50);
        List<Subscription> blocking = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            blocking.add(store.watch(WatchQuery.of(), event -> {
                blocked.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            }));
        }
        var seen = new LinkedBlockingQueue<String>();
        store.watch(WatchQuery.of(), event -> seen.add(event.object().key().toString()));

        store.create(configMap("a"), BY_TEST);
        assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
        store.create(configMap("b"), BY_TEST);

        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("shop/a");
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("shop/b");

        blocking.forEach(Subscription::close);
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void aCallbackMayCloseItsOwnWatch() throws InterruptedException {
        var watch = new CompletableFuture<Subscription>();
        var seen = new LinkedBlockingQueue<String>();
        watch.complete(store.watch(WatchQuery.of(), new WatchListener() {
            @Override
            public void onEvent(StoreEvent event) {
                seen.add(event.object().key().toString());
                watch.join().close();
            }

            @Override
            public void onEnd(@Nullable ApiException reason) {
                seen.add("ended: " + reason);
            }
        }));

        store.create(configMap("a"), BY_TEST);
        store.create(configMap("b"), BY_TEST);
        clock.settle();

        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("shop/a");
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("ended: null");
    }

    @Test
    void everyCallbackIsToldEverythingOnceAndInOrderUnderFire() throws InterruptedException {
        try (var fire = new ObjectStore(clock, new AdmitsEverything(), StoreOptions.defaults())) {
            var done = new CountDownLatch(WATCHES);
            List<String> wrong = new CopyOnWriteArrayList<>();
            for (int i = 0; i < WATCHES; i++) {
                fire.watch(WatchQuery.of(), new Checking(wrong, done));
            }

            List<Thread> writers = IntStream.range(0, WRITERS)
                    .mapToObj(writer -> Thread.ofPlatform().start(() -> {
                        for (int i = 0; i < WRITES; i++) {
                            fire.create(configMap("w" + writer + "-" + i), BY_TEST);
                        }
                    }))
                    .toList();
            for (Thread writer : writers) {
                writer.join();
            }

            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(wrong).isEmpty();
        }
    }

    /** Sees to it that its calls come one at a time and in order. */
    private static final class Checking implements WatchListener {
        private final List<String> wrong;
        private final CountDownLatch done;
        private final AtomicInteger inside = new AtomicInteger();
        private long last;
        private int count;

        Checking(List<String> wrong, CountDownLatch done) {
            this.wrong = wrong;
            this.done = done;
        }

        @Override
        public void onEvent(StoreEvent event) {
            if (inside.incrementAndGet() != 1 || event.revision() <= last) {
                wrong.add(event + " after " + last);
            }
            last = event.revision();
            if (++count == WRITERS * WRITES) {
                done.countDown();
            }
            inside.decrementAndGet();
        }
    }

    @Test
    void closingTheStoreEndsAllCallbacks() throws InterruptedException {
        var ended = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            store.watch(WatchQuery.of(), new WatchListener() {
                @Override
                public void onEvent(StoreEvent event) {
                    assertThat(event.object()).isNotNull();
                }

                @Override
                public void onEnd(@Nullable ApiException reason) {
                    ended.countDown();
                }
            });
        }

        store.close();

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
