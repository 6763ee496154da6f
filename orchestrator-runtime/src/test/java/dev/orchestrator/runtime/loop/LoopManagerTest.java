package dev.orchestrator.runtime.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.store.AdmitsEverything;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.store.WriteRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class LoopManagerTest {

    private static final WriteRequest BY_TEST = WriteRequest.by("test");

    private final ManualClock clock = new ManualClock();
    private final ObjectStore store = new ObjectStore(clock, new AdmitsEverything(), StoreOptions.defaults());
    private final LoopManager loops = new LoopManager(store, clock);
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        loops.close();
        store.close();
    }

    private static ConfigMap map(String name) {
        return ConfigMapBuilder.builder()
                .metadata(
                        ObjectMetaBuilder.builder().namespace("shop").name(name).build())
                .build();
    }

    private ConfigMap change(ConfigMap map, String value) {
        return store.update(
                ConfigMapBuilder.builder(map).data(Map.of("value", value)).build(), BY_TEST);
    }

    private Duration elapsed(Instant start) {
        return Duration.between(start, clock.instant());
    }

    @Test
    void existingObjectsComeFirstAsAdditionsThenEveryChangeInOrder() throws InterruptedException {
        ConfigMap a = store.create(map("a"), BY_TEST);
        loops.watch(
                ResourceTypes.CONFIG_MAP,
                change -> log.add((change.isAdded() ? "added " : change.isDeleted() ? "deleted " : "changed ")
                        + change.object().metadata().name()));
        loops.start();
        store.create(map("b"), BY_TEST);
        change(a, "1");
        store.delete(
                ResourceTypes.CONFIG_MAP,
                a.key(),
                DeleteOptionsBuilder.builder().build(),
                BY_TEST);

        clock.settle();

        assertThat(log).containsExactly("added a", "added b", "changed a", "deleted a");
        assertThat(loops.revision()).isEqualTo(store.revision());
    }

    @Test
    void noWorkerBeginsBeforeAllThatExistsHasBeenHandedOut() throws InterruptedException {
        int existing = 2_000;
        for (int i = 0; i < existing; i++) {
            store.create(map("map-" + i), BY_TEST);
        }
        var handed = new AtomicInteger();
        var seenByWorkers = new ConcurrentHashMap<String, Integer>();
        WorkQueue<String> queue = loops.queue("test", 2, name -> {
            seenByWorkers.put(name, handed.get());
            return Outcome.done();
        });
        loops.watch(ResourceTypes.CONFIG_MAP, change -> {
            queue.add(change.object().metadata().nameOrEmpty());
            handed.incrementAndGet();
        });
        loops.start();
        clock.settle();

        assertThat(seenByWorkers).hasSize(existing);
        assertThat(seenByWorkers.values()).containsOnly(existing);
    }

    @Test
    void aKeyIsQueuedOnceHoweverOftenItIsAdded() throws InterruptedException {
        var release = new CountDownLatch(1);
        WorkQueue<String> queue = loops.queue("test", 1, key -> {
            log.add(key);
            release.await();
            return Outcome.done();
        });
        loops.start();
        queue.add("busy");

        for (int i = 0; i < 10; i++) {
            queue.add("a");
            queue.add("b");
        }
        release.countDown();
        clock.settle();

        assertThat(log).containsExactly("busy", "a", "b");
        assertThat(loops.metrics()).singleElement().satisfies(metrics -> {
            assertThat(metrics.adds()).isEqualTo(3);
            assertThat(metrics.passes()).isEqualTo(3);
            assertThat(metrics.depth()).isZero();
        });
    }

    @Test
    void aKeyAddedWhileItIsWorkedOnComesOnceMoreAfterwards() throws InterruptedException {
        var inside = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var concurrent = new AtomicInteger();
        WorkQueue<String> queue = loops.queue("test", 4, key -> {
            assertThat(concurrent.incrementAndGet()).isEqualTo(1);
            log.add(key);
            inside.countDown();
            release.await();
            concurrent.decrementAndGet();
            return Outcome.done();
        });
        loops.start();
        queue.add("a");
        inside.await();

        queue.add("a");
        queue.add("a");
        release.countDown();
        clock.settle();

        assertThat(log).containsExactly("a", "a");
    }

    @Test
    void oneKeyIsNeverWorkedOnTwiceAtOnceUnderLoad() throws InterruptedException {
        Map<Integer, AtomicBoolean> busy = new ConcurrentHashMap<>();
        Map<Integer, AtomicInteger> passes = new ConcurrentHashMap<>();
        var overlaps = new AtomicInteger();
        WorkQueue<Integer> queue = loops.queue("test", 8, key -> {
            if (!busy.computeIfAbsent(key, missing -> new AtomicBoolean()).compareAndSet(false, true)) {
                overlaps.incrementAndGet();
            }
            LockSupport.parkNanos(1);
            passes.computeIfAbsent(key, missing -> new AtomicInteger()).incrementAndGet();
            busy.get(key).set(false);
            return Outcome.done();
        });
        loops.start();
        List<Thread> adders = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            adders.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 5000; i++) {
                    queue.add(i % 10);
                }
            }));
        }
        for (Thread adder : adders) {
            adder.join();
        }

        clock.settle();

        assertThat(overlaps).hasValue(0);
        assertThat(passes).hasSize(10);
    }

    @Test
    void failuresAreRetriedWithGrowingDelaysAndSuccessForgetsThem() throws InterruptedException {
        Instant start = clock.instant();
        List<Duration> attempts = Collections.synchronizedList(new ArrayList<>());
        WorkQueue<String> queue = loops.queue("test", 1, key -> {
            attempts.add(elapsed(start));
            if (attempts.size() < 6) {
                throw new IllegalStateException("not yet");
            }
            return Outcome.done();
        });
        loops.start();
        queue.add("a");

        clock.advance(Duration.ofSeconds(10));

        assertThat(attempts).hasSize(6);
        for (int i = 1; i < 6; i++) {
            long plain = 5L << (i - 1);
            long delay = attempts.get(i).minus(attempts.get(i - 1)).toMillis();
            assertThat(delay).as("delay after attempt " + i).isBetween(plain, plain + plain / 10 + 1);
        }
        QueueMetrics metrics = loops.metrics().getFirst();
        assertThat(metrics.failures()).isEqualTo(5);
        assertThat(metrics.retries()).isEqualTo(5);
    }

    @Test
    void delaysAreTheSameInEveryRunAndNeverExceedTheMaximum() {
        var one = new Backoff("queue");
        var other = new Backoff("queue");

        for (int attempt = 1; attempt < 100; attempt++) {
            assertThat(one.delay("key", attempt))
                    .isEqualTo(other.delay("key", attempt))
                    .isBetween(Duration.ofMillis(5), Duration.ofSeconds(1000));
        }
        assertThat(one.delay("key", 1)).isNotEqualTo(one.delay("another key", 1));
        assertThat(one.delay("key", 40)).isEqualTo(Duration.ofSeconds(1000));
    }

    @Test
    void aBugInOneReconcilerStopsNobodyElse() throws InterruptedException {
        WorkQueue<String> broken = loops.queue("broken", 1, key -> {
            throw new StackOverflowError("a bug");
        });
        WorkQueue<String> healthy = loops.queue("healthy", 1, key -> {
            log.add(key);
            return Outcome.done();
        });
        loops.watch(ResourceTypes.CONFIG_MAP, change -> {
            throw new IllegalStateException("a bug");
        });
        loops.watch(
                ResourceTypes.CONFIG_MAP,
                change -> healthy.add(change.object().metadata().nameOrEmpty()));
        loops.start();
        broken.add("x");

        store.create(map("a"), BY_TEST);
        clock.settle();
        store.create(map("b"), BY_TEST);
        clock.settle();

        assertThat(log).containsExactly("a", "b");
    }

    @Test
    void ofSeveralDelayedAdditionsTheEarliestCounts() throws InterruptedException {
        Instant start = clock.instant();
        WorkQueue<String> queue = loops.queue("test", 1, key -> {
            log.add(key + " " + elapsed(start).toSeconds());
            return Outcome.done();
        });
        loops.start();

        queue.addAfter("a", Duration.ofSeconds(10));
        queue.addAfter("a", Duration.ofSeconds(5));
        queue.addAfter("a", Duration.ofSeconds(20));
        queue.addAfter("b", Duration.ZERO);
        clock.advance(Duration.ofMinutes(1));

        assertThat(log).containsExactly("b 0", "a 5");
    }

    @Test
    void anOutcomeSaysWhenToLookAgain() throws InterruptedException {
        Instant start = clock.instant();
        WorkQueue<String> queue = loops.queue("test", 1, key -> {
            log.add(Long.toString(elapsed(start).toSeconds()));
            return log.size() < 3 ? Outcome.after(Duration.ofSeconds(7)) : Outcome.done();
        });
        loops.start();
        queue.add("a");

        clock.advance(Duration.ofMinutes(1));

        assertThat(log).containsExactly("0", "7", "14");
    }

    @Test
    void settlingCoversEverythingThatFollows() throws InterruptedException {
        // A chain through the store: each change leads to the next, in another queue, through another event.
        WorkQueue<String> queue = loops.queue("test", 2, key -> {
            store.edit(
                    ResourceTypes.CONFIG_MAP,
                    map(key).key(),
                    BY_TEST,
                    map -> ConfigMapBuilder.builder(map)
                            .data(Map.of("n", Integer.toString(number(map) + 1)))
                            .build());
            return Outcome.done();
        });
        loops.watch(ResourceTypes.CONFIG_MAP, change -> {
            if (number(change.object()) < 200) {
                queue.add(change.object().metadata().nameOrEmpty());
            }
        });
        loops.start();

        for (int round = 0; round < 5; round++) {
            String name = "m" + round;
            store.create(map(name), BY_TEST);
            clock.settle();
            assertThat(number(store.get(ResourceTypes.CONFIG_MAP, map(name).key())))
                    .isEqualTo(200);
        }
    }

    private static int number(ConfigMap map) {
        return Integer.parseInt(map.data().getOrDefault("n", "0"));
    }

    @Test
    void withNothingToDoTheLoopsAreIdle() throws InterruptedException {
        WorkQueue<String> queue = loops.queue("test", 4, key -> {
            log.add(key);
            return Outcome.done();
        });
        loops.watch(
                ResourceTypes.CONFIG_MAP,
                change -> queue.add(change.object().metadata().nameOrEmpty()));
        loops.start();
        store.create(map("a"), BY_TEST);
        clock.settle();
        long revision = store.revision();

        clock.advance(Duration.ofDays(1));

        assertThat(log).containsExactly("a");
        assertThat(store.revision()).isEqualTo(revision);
        assertThat(clock.nextTimer()).isNull();
    }

    @Test
    void closingInterruptsWorkersAndDropsWhatWaits() throws InterruptedException {
        var inside = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        WorkQueue<String> queue = loops.queue("test", 1, key -> {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return Outcome.done();
        });
        loops.start();
        queue.add("a");
        queue.add("b");
        queue.addAfter("c", Duration.ofSeconds(1));
        inside.await();

        loops.close();
        queue.add("d");

        assertThat(interrupted.await(0, TimeUnit.SECONDS)).isTrue();
        clock.settle();
        assertThat(clock.nextTimer()).isNull();
        assertThatThrownBy(() -> loops.queue("late", 1, key -> Outcome.done()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("late: the loops run already");
    }
}
