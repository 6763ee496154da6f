package dev.orchestrator.runtime.handle;

import java.time.Instant;
import java.util.List;

import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.Event;
import org.jspecify.annotations.Nullable;

/** What {@code describe} says at its end: what has happened to the object. */
final class EventList {

    private EventList() {}

    static Sheet write(Sheet sheet, HandleContext context, Resource object) {
        List<Event> events = Events.about(context.store(), object);
        if (events.isEmpty()) {
            return sheet.field("Events", Phrases.NONE);
        }
        Instant now = context.time().instant();
        return sheet.section("Events", () -> {
            // The underlining of the age is one too long in kubectl, too.
            sheet.row("Type", "Reason", "Age", "From", "Message").row("----", "------", "----", "----", "-------");
            events.forEach(event -> sheet.row(
                    event.type(),
                    event.reason(),
                    age(event, now),
                    from(event),
                    Phrases.text(event.message()).strip()));
        });
    }

    private static String age(Event event, Instant now) {
        Instant first = event.eventTime() == null
                ? event.firstTimestamp()
                : event.eventTime().instant();
        var series = event.series();
        if (series != null) {
            return repeated(moment(series.lastObservedTime()), series.count(), first, now);
        }
        return event.count() > 1 ? repeated(event.lastTimestamp(), event.count(), first, now) : Ages.since(first, now);
    }

    private static @Nullable Instant moment(@Nullable MicroTime time) {
        return time == null ? null : time.instant();
    }

    private static String repeated(@Nullable Instant last, int count, @Nullable Instant first, Instant now) {
        return Ages.since(last, now) + " (x" + count + " over " + Ages.since(first, now) + ")";
    }

    private static @Nullable String from(Event event) {
        String component = event.source().component();
        return component == null || component.isEmpty() ? event.reportingComponent() : component;
    }
}
