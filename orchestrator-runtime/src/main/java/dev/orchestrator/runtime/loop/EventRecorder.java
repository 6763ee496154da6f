package dev.orchestrator.runtime.loop;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.EventSource;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Writes down what happens to objects, for people to read: {@code kubectl describe} and {@code kubectl get events}. */
public interface EventRecorder {

    /**
     * Writes an event about an object, or counts it again when the same was written before. Never blocks and never
     * fails: events are dropped when there are too many of them.
     *
     * @param about the object
     * @param type {@code Normal} or {@code Warning}
     * @param reason a word in camel case, such as {@code SuccessfulCreate}
     * @param message a sentence
     * @param component who reports, such as {@code replicaset-controller}
     */
    void event(Resource about, String type, String reason, String message, String component);

    /**
     * Writes an event about a part of an object, as {@link #event(Resource, String, String, String, String)} does.
     *
     * @param fieldPath the part, such as {@code spec.containers{web}}; null for the whole object
     * @param source who reports, and on which node
     */
    default void event(
            Resource about,
            @Nullable String fieldPath,
            String type,
            String reason,
            String message,
            EventSource source) {
        event(about, type, reason, message, requireNonNullElse(source.component(), ""));
    }

    /** {@return a recorder that drops everything} */
    static EventRecorder none() {
        return (about, type, reason, message, component) -> {};
    }
}
