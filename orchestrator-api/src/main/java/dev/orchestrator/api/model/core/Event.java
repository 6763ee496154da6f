package dev.orchestrator.api.model.core;

import java.time.Instant;

import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Something that happened to an object, for people to read. */
@Model
public record Event(
        @Nullable String action,
        int count,
        @Nullable MicroTime eventTime,
        @Nullable Instant firstTimestamp,
        @Required ObjectReference involvedObject,
        @Nullable Instant lastTimestamp,
        @Nullable String message,
        @Required ObjectMeta metadata,
        @Nullable String reason,
        @Nullable ObjectReference related,
        @Nullable String reportingComponent,
        @Nullable String reportingInstance,
        @Nullable EventSeries series,
        EventSource source,
        @Nullable String type)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Event {
        involvedObject = requireNonNullElse(involvedObject, ObjectReference.EMPTY);
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        source = requireNonNullElse(source, EventSource.EMPTY);
    }

    @Override
    public ResourceType<Event> resourceType() {
        return ResourceTypes.EVENT;
    }

    @Override
    public Event withMetadata(ObjectMeta metadata) {
        return EventBuilder.builder(this).metadata(metadata).build();
    }
}
