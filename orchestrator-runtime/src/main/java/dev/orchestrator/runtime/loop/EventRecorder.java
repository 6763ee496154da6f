package dev.orchestrator.runtime.loop;

import dev.orchestrator.api.model.Resource;

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

    /** {@return a recorder that drops everything} */
    static EventRecorder none() {
        return (about, type, reason, message, component) -> {};
    }
}
