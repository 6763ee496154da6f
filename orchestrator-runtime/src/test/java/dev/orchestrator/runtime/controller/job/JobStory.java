package dev.orchestrator.runtime.controller.job;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobBuilder;
import dev.orchestrator.api.model.batch.JobCondition;
import dev.orchestrator.api.model.batch.JobSpecBuilder;
import dev.orchestrator.api.model.batch.JobStatus;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.ContainerStateBuilder;
import dev.orchestrator.api.model.core.ContainerStateTerminatedBuilder;
import dev.orchestrator.api.model.core.ContainerStatusBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpecBuilder;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.runtime.controller.garbage.GarbageCollector;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;
import dev.orchestrator.runtime.story.Objects;
import dev.orchestrator.runtime.story.Story;

/** Jobs and their pods on a manual clock; the test itself is the scheduler and the kubelet. */
final class JobStory implements AutoCloseable {

    private static final WriteRequest TEST = WriteRequest.by("test");

    final Story story = Story.admitted(
            parts -> new JobController(parts.store(), parts.time(), parts.events()),
            parts -> new GarbageCollector(parts.store(), parts.events()));
    final ObjectStore store = story.store();

    @Override
    public void close() {
        story.close();
    }

    /** {@return a job named {@code work} whose one container is named {@code main}} */
    static Job job(UnaryOperator<JobSpecBuilder> change) {
        var template = PodTemplateSpecBuilder.builder()
                .metadata(Objects.meta("", "", "app=work"))
                .spec(PodSpecBuilder.builder()
                        .restartPolicy("Never")
                        .containers(List.of(ContainerBuilder.builder()
                                .name("main")
                                .image("work:1")
                                .build()))
                        .build())
                .build();
        return JobBuilder.builder()
                .metadata(Objects.meta("default", "work"))
                .spec(change.apply(JobSpecBuilder.builder().template(template)).build())
                .build();
    }

    Job start(UnaryOperator<JobSpecBuilder> change) throws InterruptedException {
        Job created = story.create(job(change));
        settle();
        return created;
    }

    void settle() throws InterruptedException {
        story.settle();
    }

    void advance(Duration duration) throws InterruptedException {
        story.advance(duration);
    }

    Job job() {
        return story.get(ResourceTypes.JOB, "default", "work");
    }

    JobStatus status() {
        return job().status();
    }

    void edit(UnaryOperator<JobSpecBuilder> change) throws InterruptedException {
        story.edit(
                ResourceTypes.JOB,
                "default",
                "work",
                job -> JobBuilder.builder(job)
                        .spec(change.apply(JobSpecBuilder.builder(job.spec())).build())
                        .build());
        settle();
    }

    /** {@return type, status and reason of each condition} */
    List<String> conditions() {
        return status().conditions().stream()
                .map(condition -> condition.type() + "=" + condition.status() + " " + condition.reason())
                .toList();
    }

    String message(String condition) {
        return job().condition(condition).map(JobCondition::message).orElse("");
    }

    List<Pod> pods() {
        return store.list(ResourceTypes.POD, "default");
    }

    List<Pod> active() {
        return pods().stream().filter(Pod::isActive).toList();
    }

    /** {@return the pod of an index that runs} */
    Pod active(int index) {
        return active().stream()
                .filter(pod -> Tracking.index(pod) == index)
                .findFirst()
                .orElseThrow();
    }

    List<Integer> activeIndexes() {
        return active().stream().map(Tracking::index).sorted().toList();
    }

    List<String> events(String reason) {
        return story.events().stream()
                .filter(event -> event.contains(" " + reason + " "))
                .toList();
    }

    // ---- the kubelet ----

    void bind(Pod pod) {
        store.edit(
                ResourceTypes.POD,
                pod.key(),
                TEST.on(Subresource.BINDING),
                present -> PodBuilder.builder(present)
                        .spec(PodSpecBuilder.builder(present.spec())
                                .nodeName("node-1")
                                .build())
                        .build());
    }

    /** The pod runs on a node and is ready. */
    void run(Pod pod) {
        bind(pod);
        status(
                pod,
                status -> status.phase("Running")
                        .conditions(List.of(PodConditionBuilder.builder()
                                .type("Ready")
                                .status("True")
                                .build())));
    }

    void status(Pod pod, UnaryOperator<PodStatusBuilder> change) {
        store.edit(
                ResourceTypes.POD,
                pod.key(),
                TEST.on(Subresource.STATUS),
                present -> PodBuilder.builder(present)
                        .status(change.apply(PodStatusBuilder.builder(present.status()))
                                .build())
                        .build());
    }

    /** The container of the pod exits. */
    void exit(Pod pod, int code) {
        var now = story.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        status(
                pod,
                status -> status.phase(code == 0 ? "Succeeded" : "Failed")
                        .conditions(List.of())
                        .containerStatuses(List.of(ContainerStatusBuilder.builder()
                                .name("main")
                                .image("work:1")
                                .imageID("work:1")
                                .state(ContainerStateBuilder.builder()
                                        .terminated(ContainerStateTerminatedBuilder.builder()
                                                .exitCode(code)
                                                .finishedAt(now)
                                                .build())
                                        .build())
                                .build())));
    }

    void succeed(Pod pod) throws InterruptedException {
        exit(pod, 0);
        settle();
    }

    void fail(Pod pod) throws InterruptedException {
        exit(pod, 1);
        settle();
    }

    /** A user deletes the pod; on a node it ends only when {@link #ended} says so. */
    void delete(Pod pod) throws InterruptedException {
        store.delete(
                ResourceTypes.POD, pod.key(), DeleteOptionsBuilder.builder().build(), TEST);
        settle();
    }

    /** The containers of a pod that is being deleted have ended. */
    void ended(Pod pod) throws InterruptedException {
        Optional<Pod> present = store.find(ResourceTypes.POD, pod.key());
        if (present.isPresent()) {
            store.delete(
                    ResourceTypes.POD,
                    pod.key(),
                    DeleteOptionsBuilder.builder().gracePeriodSeconds(0L).build(),
                    TEST);
        }
        settle();
    }

    void allEnded() throws InterruptedException {
        for (Pod pod : pods()) {
            if (pod.metadata().isTerminating()) {
                ended(pod);
            }
        }
    }

    void deleteJob(String policy) throws InterruptedException {
        store.delete(
                ResourceTypes.JOB,
                new ObjectKey("default", "work"),
                DeleteOptionsBuilder.builder().propagationPolicy(policy).build(),
                TEST);
        settle();
    }
}
