package dev.orchestrator.runtime.store;

import java.util.Set;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Which changes to watch, and from when.
 *
 * @param types the types; none for all
 * @param namespace the namespace; null for all
 * @param labels the condition on labels
 * @param fields the condition on fields
 * @param from the revision after which changes are seen; null for {@link #initial} or for now
 * @param initial whether the objects that exist come first, each as an addition
 * @param bookmarks whether bookmarks are given: after the initial objects, and about once a minute
 */
public record WatchQuery(
        Set<ResourceType<?>> types,
        @Nullable String namespace,
        Selector labels,
        FieldSelector fields,
        @Nullable Long from,
        boolean initial,
        boolean bookmarks) {

    /** Copies the types. */
    public WatchQuery {
        types = Set.copyOf(types);
    }

    /** {@return the query for what changes from now on, of the given types or of all when none is given} */
    public static WatchQuery of(ResourceType<?>... types) {
        return new WatchQuery(
                Set.of(types), null, Selector.everything(), FieldSelector.everything(), null, false, false);
    }

    /** {@return this query in one namespace, or in all for null} */
    public WatchQuery namespace(@Nullable String name) {
        return new WatchQuery(types, name, labels, fields, from, initial, bookmarks);
    }

    /** {@return this query with a condition on labels} */
    public WatchQuery labels(Selector selector) {
        return new WatchQuery(types, namespace, selector, fields, from, initial, bookmarks);
    }

    /** {@return this query with a condition on fields} */
    public WatchQuery fields(FieldSelector selector) {
        return new WatchQuery(types, namespace, labels, selector, from, initial, bookmarks);
    }

    /** {@return this query for one object: a watch for it costs nothing while others change} */
    public WatchQuery named(String name) {
        return fields(FieldSelector.is(Fields.NAME, name));
    }

    /** {@return this query for what changes after a revision} */
    public WatchQuery after(long revision) {
        return new WatchQuery(types, namespace, labels, fields, revision, false, bookmarks);
    }

    /** {@return this query with the objects that exist first} */
    public WatchQuery withInitial() {
        return new WatchQuery(types, namespace, labels, fields, null, true, bookmarks);
    }

    /** {@return this query with bookmarks} */
    public WatchQuery withBookmarks() {
        return new WatchQuery(types, namespace, labels, fields, from, initial, true);
    }

    boolean selectsAll() {
        return namespace == null && labels.requirements().isEmpty() && fields.isEverything();
    }
}
