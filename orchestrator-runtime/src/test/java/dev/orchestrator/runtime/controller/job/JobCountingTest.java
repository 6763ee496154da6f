package dev.orchestrator.runtime.controller.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.runtime.store.StoreEvent;
import dev.orchestrator.runtime.store.WatchCursor;
import dev.orchestrator.runtime.store.WatchQuery;
import dev.orchestrator.runtime.store.WriteRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Pods end, fail and are deleted, users change their minds, at any moment: every pod is counted once, in one way. */
class JobCountingTest {

    private static final int STEPS = 60;

    private final Set<String> namedSucceeded = new HashSet<>();
    private final Set<String> namedFailed = new HashSet<>();
    private final Map<String, String> ended = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private String fault = "";

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("job.seeds", 60));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void countsEachPodOnce(long seed) throws InterruptedException {
        var random = new SplittableRandom(seed);
        boolean isIndexed = random.nextBoolean();
        int completions = 5 + random.nextInt(15);
        try (var cluster = new JobStory();
                WatchCursor changes = cluster.store.watch(WatchQuery.of(ResourceTypes.JOB, ResourceTypes.POD))) {
            cluster.story.create(JobStory.job(spec -> spec.completions(completions)
                    .parallelism(1 + random.nextInt(6))
                    .backoffLimit(1000)
                    .completionMode(isIndexed ? "Indexed" : "NonIndexed")));
            for (int step = 0; step < STEPS && !cluster.job().isFinished(); step++) {
                act(cluster, random);
                if (random.nextInt(3) == 0) {
                    cluster.settle();
                }
                if (random.nextInt(4) == 0) {
                    cluster.advance(Duration.ofSeconds(random.nextInt(30)));
                }
                look(changes);
            }
            finish(cluster);
            look(changes);

            assertThat(fault).as("seed %d", seed).isEmpty();
            Job job = cluster.job();
            assertThat(job.isComplete()).as("seed %d: %s", seed, job.status()).isTrue();
            assertThat(cluster.pods()).as("seed %d", seed).noneMatch(Tracking::isHeld);
            check(seed, job, isIndexed);
        }
    }

    private void act(JobStory cluster, SplittableRandom random) throws InterruptedException {
        List<Pod> pods = cluster.pods();
        if (pods.isEmpty()) {
            return;
        }
        Pod pod = pods.get(random.nextInt(pods.size()));
        try {
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> ifRunning(pod, () -> cluster.exit(pod, 0));
                case 3, 4 -> ifRunning(pod, () -> cluster.exit(pod, 1));
                case 5 -> ifRunning(pod, () -> cluster.bind(pod));
                case 6 ->
                    cluster.store.delete(
                            ResourceTypes.POD,
                            pod.key(),
                            DeleteOptionsBuilder.builder().build(),
                            WriteRequest.by("user"));
                case 7 -> cluster.edit(spec -> spec.parallelism(random.nextInt(6)));
                default -> cluster.edit(spec -> spec.suspend(random.nextInt(3) == 0));
            }
        } catch (ApiException e) {
            // The pod has gone meanwhile.
            assertThat(e.reason()).isIn(ApiException.Reason.NOT_FOUND, ApiException.Reason.CONFLICT);
        }
    }

    private static void ifRunning(Pod pod, Runnable action) {
        if (!pod.isFinished()) {
            action.run();
        }
    }

    private void finish(JobStory cluster) throws InterruptedException {
        cluster.edit(spec -> spec.suspend(false).parallelism(5));
        for (int i = 0; i < 200 && !cluster.job().isFinished(); i++) {
            for (Pod pod : new ArrayList<>(cluster.pods())) {
                if (pod.isActive()) {
                    cluster.exit(pod, 0);
                }
            }
            cluster.settle();
            cluster.allEnded();
            cluster.advance(Duration.ofMinutes(11));
        }
    }

    /** Looks at every revision in order. */
    private void look(WatchCursor changes) {
        for (StoreEvent event = changes.poll(); event != null; event = changes.poll()) {
            if (event.object() instanceof Pod pod) {
                look(pod);
            } else if (event.object() instanceof Job job) {
                look(job);
            }
        }
    }

    private void look(Pod pod) {
        String uid = pod.metadata().uidOrEmpty();
        if (pod.isFinished() && Tracking.isHeld(pod)) {
            ended.putIfAbsent(uid, String.valueOf(pod.status().phase()));
        }
        if (pod.metadata().isTerminating() && Tracking.isHeld(pod)) {
            deleted.add(uid);
        }
    }

    private void look(Job job) {
        var uncounted = job.status().uncountedTerminatedPods();
        if (uncounted == null) {
            return;
        }
        namedSucceeded.addAll(uncounted.succeeded());
        namedFailed.addAll(uncounted.failed());
        int failed = job.status().failed() + uncounted.failed().size();
        if (failed != namedFailed.size()) {
            fault += "revision " + job.metadata().resourceVersion() + ": " + failed + " failed, but named were "
                    + namedFailed.size() + "\n";
        }
        if (!job.isIndexed() && job.status().succeeded() + uncounted.succeeded().size() != namedSucceeded.size()) {
            fault += "revision " + job.metadata().resourceVersion() + ": " + job.status() + ", but named were "
                    + namedSucceeded.size() + "\n";
        }
        if (job.isIndexed()
                && job.status().succeeded()
                        != IndexSet.parse(job.status().completedIndexes(), 1000).total()) {
            fault += "revision " + job.metadata().resourceVersion() + ": " + job.status() + "\n";
        }
    }

    private void check(long seed, Job job, boolean isIndexed) {
        assertThat(namedFailed).as("seed %d", seed).noneMatch(namedSucceeded::contains);
        var failedForGood = new HashSet<String>();
        var succeeded = new HashSet<String>();
        ended.forEach((uid, phase) -> (phase.equals("Failed") ? failedForGood : succeeded).add(uid));
        assertThat(failedForGood).as("seed %d: all that failed count", seed).allMatch(namedFailed::contains);
        assertThat(namedFailed)
                .as("seed %d: only those count", seed)
                .allMatch(uid -> failedForGood.contains(uid) || deleted.contains(uid));
        assertThat(job.status().failed()).as("seed %d", seed).isEqualTo(namedFailed.size());
        if (!isIndexed) {
            assertThat(succeeded)
                    .as("seed %d: all that succeeded count", seed)
                    .allMatch(uid -> namedSucceeded.contains(uid) || namedFailed.contains(uid));
            assertThat(namedSucceeded).as("seed %d: only those count", seed).allMatch(succeeded::contains);
            assertThat(job.status().succeeded()).as("seed %d", seed).isEqualTo(namedSucceeded.size());
        }
    }
}
