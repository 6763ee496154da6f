package dev.orchestrator.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.Definition;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.api.model.meta.ManagedFieldsEntry;
import org.jspecify.annotations.Nullable;

/**
 * One object by its name, whether or not it exists: the verbs of {@code kubectl} on it.
 *
 * <p>A handle keeps nothing but the name: each call looks anew. Methods that change the object return the handle, so
 * that a wait can follow. Every method that needs the object throws {@link ApiException} with reason {@code NOT_FOUND}
 * when there is none.
 *
 * <p>Waits return as soon as what they wait for is the case, at once when it is already. They are woken by changes, not
 * by polling, and their deadline is real time even when the orchestrator runs on a {@link ManualClock}. A wait that
 * fails throws {@link AwaitException}, which tells why: at the deadline, or at once when success has become impossible.
 *
 * @param <R> the kind
 * @param <H> the handle itself
 */
public interface ResourceHandle<R extends Resource, H extends ResourceHandle<R, H>> {

    /** {@return the kind} */
    ResourceType<R> type();

    /** {@return namespace and name} */
    ObjectKey key();

    /** {@return the name} */
    default String name() {
        return key().name();
    }

    /** {@return the object as it is now} */
    R get();

    /** {@return the object as it is now, if there is one} */
    Optional<R> find();

    /** {@return whether there is such an object} */
    default boolean exists() {
        return find().isPresent();
    }

    /**
     * Changes the object, however many others change it at the same time.
     *
     * @param change makes the new state from the present one; called again when another change came first
     * @throws ApiException if the change is refused, with reason {@code BAD_REQUEST} if it gave another name
     */
    H edit(UnaryOperator<R> change);

    /**
     * Replaces the object.
     *
     * @param object the new state, as a whole; if it carries a resource version, only that version is replaced
     * @throws ApiException if it is refused, with reason {@code CONFLICT} if the object has changed since
     */
    H replace(Definition object);

    /**
     * Merges a partial object into this one: null removes a field, a list replaces the list (RFC 7396).
     *
     * @param patch YAML or JSON
     */
    H patchMerge(String patch);

    /**
     * Merges a partial object into this one as {@code kubectl patch} does: elements of lists of named things, such as
     * containers, are merged by their names; {@code $patch: delete} and {@code $patch: replace} are understood.
     *
     * @param patch YAML or JSON
     */
    H patch(String patch);

    /**
     * Changes the object step by step (RFC 6902); nothing changes when a step fails.
     *
     * @param patch YAML or JSON: a list of operations
     */
    H patchJson(String patch);

    /** Adds or replaces a label. */
    H label(String key, String value);

    /** Adds or replaces labels, all at once. */
    H label(Map<String, String> labels);

    /**
     * Adds a label without overwriting one, as {@code kubectl label} does; one that has this value already is left.
     *
     * @throws ApiException with reason {@code CONFLICT} if the label has another value
     */
    H addLabel(String key, String value);

    /** Removes a label, if it is there. */
    H unlabel(String key);

    /** Adds or replaces an annotation. */
    H annotate(String key, String value);

    /** Adds or replaces annotations, all at once. */
    H annotate(Map<String, String> annotations);

    /**
     * Adds an annotation without overwriting one, as {@code kubectl annotate} does; one that has this value already is
     * left.
     *
     * @throws ApiException with reason {@code CONFLICT} if the annotation has another value
     */
    H addAnnotation(String key, String value);

    /** Removes an annotation, if it is there. */
    H unannotate(String key);

    /**
     * Deletes the object and, in the background, what it owns; with finalizers or a grace period it stays for a while.
     */
    default H delete() {
        return delete(Propagation.BACKGROUND);
    }

    /** Deletes the object. */
    H delete(Propagation propagation);

    /**
     * Deletes the object with another grace period than its own.
     *
     * @param gracePeriod how long a pod has to end, in whole seconds; zero forces the deletion
     * @throws IllegalArgumentException if the grace period is negative
     */
    H delete(Propagation propagation, Duration gracePeriod);

    /**
     * {@return who owns which fields of the object, all of them written out as {@code kubectl get
     * --show-managed-fields} shows them}
     *
     * @throws ApiException with reason {@code NOT_FOUND} if there is no such object
     */
    List<ManagedFieldsEntry> managedFields();

    /** {@return the events about the object, oldest first} */
    List<Event> events();

    /** {@return all there is to say about the object, for people, as {@code kubectl describe} does} */
    String describe();

    /** {@return the object as YAML} */
    default String toYaml() {
        return Manifests.toYaml(get());
    }

    /**
     * Blocks until the object is there and meets a condition.
     *
     * @param what the condition in words, for the message of a failure, such as {@code to have an address}
     * @return the object as it met the condition
     * @throws AwaitException if it did not in time
     * @throws InterruptedException if interrupted while waiting
     */
    R await(String what, Predicate<R> condition, Duration timeout) throws InterruptedException;

    /**
     * Blocks until a condition of the status, such as {@code Ready}, is {@code True}.
     *
     * @return the object as it met the condition
     * @throws AwaitException if it did not in time
     * @throws InterruptedException if interrupted while waiting
     */
    default R awaitCondition(String type, Duration timeout) throws InterruptedException {
        return awaitCondition(type, "True", timeout);
    }

    /**
     * Blocks until a condition of the status has a status of its own, such as {@code False} or {@code Unknown}.
     *
     * @return the object as it met the condition
     * @throws AwaitException if it did not in time
     * @throws InterruptedException if interrupted while waiting
     */
    R awaitCondition(String type, String status, Duration timeout) throws InterruptedException;

    /**
     * Blocks until a field has a value, as {@code kubectl wait --for=jsonpath='{.status.phase}'=Running} does.
     *
     * @param path as for {@link #field}
     * @param value the value as text; of several fields that the path names, one is to have it
     * @return the object as it has the value
     * @throws AwaitException if it did not have it in time
     * @throws IllegalArgumentException if the path is malformed
     * @throws InterruptedException if interrupted while waiting
     */
    R awaitField(String path, String value, Duration timeout) throws InterruptedException;

    /**
     * {@return the values of the fields that a JSONPath names, in order; none if there is no such field}
     *
     * @param path such as {@code .status.phase}, <code>{.spec.containers[*].image}</code>,
     *     {@code .status.conditions[?(@.type=="Ready")].status} or
     *     {@code .metadata.annotations['kubernetes.io/change-cause']}
     * @throws IllegalArgumentException if the path is malformed
     */
    List<Object> field(String path);

    /**
     * Blocks until there is no such object.
     *
     * @throws AwaitException if there still is one at the end
     * @throws InterruptedException if interrupted while waiting
     */
    void awaitDeleted(Duration timeout) throws InterruptedException;

    /** {@return the value of a label, or null} */
    default @Nullable String labelValue(String key) {
        return get().metadata().labels().get(key);
    }
}
