package dev.orchestrator.api.model.batch;

import java.time.Instant;
import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.core.ObjectReference;
import org.jspecify.annotations.Nullable;

/** What a cron job was last seen to do. */
@Model
public record CronJobStatus(
        List<ObjectReference> active,
        @Nullable Instant lastScheduleTime,
        @Nullable Instant lastSuccessfulTime) {

    /** With nothing set. */
    public static final CronJobStatus EMPTY = CronJobStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CronJobStatus {
        active = Immutables.list(active);
    }
}
