package dev.orchestrator.api;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.Definition;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.Selector;

/**
 * The objects of one kind, narrowed by namespace and labels. Holds no objects itself: each call looks anew.
 *
 * @param <R> the kind
 * @param <H> the handle of one object
 */
public interface Resources<R extends Resource, H extends ResourceHandle<R, H>> {

    /** {@return the kind} */
    ResourceType<R> type();

    /** {@return the object of this name, which need not exist yet} */
    H named(String name);

    /** {@return those of another namespace} */
    Resources<R, H> inNamespace(String namespace);

    /** {@return those of all namespaces} */
    Resources<R, H> inAllNamespaces();

    /** {@return those of them that carry a label} */
    Resources<R, H> labelled(String key, String value);

    /** {@return those of them that a selector selects} */
    Resources<R, H> matching(Selector selector);

    /**
     * {@return those of them that a selector such as {@code app=web,tier in (a,b)} selects}
     *
     * @throws IllegalArgumentException if the text is not a selector
     */
    default Resources<R, H> matching(String selector) {
        return matching(Selector.parse(selector));
    }

    /**
     * {@return those of them whose fields are as a field selector such as
     * {@code status.phase=Running,spec.nodeName!=n1} says; {@code reason=Killing} of events}
     *
     * @throws ApiException if the text is not a field selector, or, from the methods that look, if the kind does not
     *     support the field
     */
    Resources<R, H> withFields(String fieldSelector);

    /** {@return the objects by namespace and name, as they were at one moment} */
    List<R> list();

    /** {@return how many there are} */
    default int count() {
        return list().size();
    }

    /** {@return a handle for each object that is there now, by namespace and name} */
    List<H> handles();

    /**
     * {@return the handle of the first object by namespace and name that is not being deleted, or else of the first}
     *
     * @throws ApiException with reason {@code NOT_FOUND} if there is none
     */
    H first();

    /**
     * Stores a new object.
     *
     * @return the object as it is stored
     * @throws ApiException if it exists or is refused
     */
    R create(Definition object);

    /**
     * Creates the object or changes what differs, as {@link Cluster#apply(Iterable)} does.
     *
     * @return the object as it is stored
     * @throws ApiException if it is refused
     */
    R apply(Definition object);

    /**
     * Creates or changes an object as {@code kubectl apply --server-side} does: the manager owns the fields that it
     * applies, those that it applied before and no more are removed unless others own them, too.
     *
     * @param object what is wanted; fields that are not set are left to others
     * @param manager who applies
     * @return the object as it is stored
     * @throws ApiException with reason {@code CONFLICT} if another manager owns a field that would change, unless the
     *     manager is forced; and if admission refuses the object
     */
    R apply(Definition object, FieldManager manager);

    /** Deletes the objects that are there now. */
    void delete();

    /**
     * Tells of the objects that are there now, each as an addition, and then of every change until the watch is closed.
     *
     * @param callback called on a thread of this watch, one change after another; what it throws is logged and ends
     *     only this watch
     */
    default Watch watch(Consumer<WatchEvent<R>> callback) {
        return watch(callback, lost -> {});
    }

    /**
     * As {@link #watch(Consumer)}, for a program that has to know when it misses something.
     *
     * @param onLost called once, on the thread of the watch, if the callback has fallen so far behind that changes were
     *     forgotten; nothing more comes then, and whoever wants to go on watches anew
     */
    Watch watch(Consumer<WatchEvent<R>> callback, Consumer<ApiException> onLost);

    /** {@return a reader of the objects that are there now and of every change after; to be read by one thread} */
    WatchReader<R> watch();

    /** {@return a map from name to object} */
    default Map<String, R> byName() {
        return list().stream()
                .collect(Collectors.toUnmodifiableMap(
                        object -> object.metadata().nameOrEmpty(), object -> object, (first, second) -> first));
    }
}
