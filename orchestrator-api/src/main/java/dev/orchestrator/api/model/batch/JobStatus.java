package dev.orchestrator.api.model.batch;

import java.time.Instant;
import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What a job was last seen to do. */
@Model
public record JobStatus(
        int active,
        @Nullable String completedIndexes,
        @Nullable Instant completionTime,
        List<JobCondition> conditions,
        int failed,
        @Nullable String failedIndexes,
        @Nullable Integer ready,
        @Nullable Instant startTime,
        int succeeded,
        @Nullable Integer terminating,
        @Nullable UncountedTerminatedPods uncountedTerminatedPods) {

    /** With nothing set. */
    public static final JobStatus EMPTY = JobStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public JobStatus {
        conditions = Immutables.list(conditions);
    }
}
