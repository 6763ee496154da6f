package dev.orchestrator.runtime.store;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.Selector;
import org.jspecify.annotations.Nullable;

/** Decides how a set of objects is read: by which index, at which revision, in which pages. */
final class Lists {

    private final Journal journal;
    private final Reads reads;

    Lists(Journal journal, Reads reads) {
        this.journal = journal;
        this.reads = reads;
    }

    // The walk meets objects of one type only.
    @SuppressWarnings("unchecked")
    <R extends Resource> Page<R> page(Table table, ListQuery query) {
        query.fields().check(table.type);
        long requested = ListVersions.check(query, journal);
        ContinueToken token =
                query.continueToken() == null || query.continueToken().isEmpty()
                        ? null
                        : ContinueToken.decode(query.continueToken());
        long revision = token != null ? token.revision() : requested;
        Predicate<Resource> condition = token == null
                ? query::matches
                : object -> object.key().compareTo(token.start()) >= 0 && query.matches(object);
        Reads.Snapshot snapshot = revision > 0
                ? past(table, query, condition, revision, token)
                : reads.collect(table, walk(table, query), condition);
        List<Resource> objects = snapshot.sortedByKey();
        int limit = query.limit();
        if (limit <= 0 || objects.size() <= limit) {
            return new Page<>((List<R>) objects, snapshot.revision(), null, null);
        }
        List<Resource> items = List.copyOf(objects.subList(0, limit));
        ContinueToken next =
                ContinueToken.after(snapshot.revision(), items.getLast().key());
        Long remaining = query.selectsAll() ? (long) objects.size() - limit : null;
        return new Page<>((List<R>) items, snapshot.revision(), next.encoded(), remaining);
    }

    private Reads.Snapshot past(
            Table table, ListQuery query, Predicate<Resource> condition, long revision, @Nullable ContinueToken token) {
        return reads.collectAt(revision, table, walk(table, query), condition)
                .orElseThrow(() -> token == null
                        ? StoreErrors.tooOldForList()
                        : StoreErrors.tooOldToContinue(new ContinueToken(-1, token.start())));
    }

    private Reads.Walk walk(Table table, ListQuery query) {
        Optional<String> name = query.fields().required(Fields.NAME);
        if (name.isPresent() && (query.namespace() != null || !table.type.isNamespaced())) {
            String namespace = table.type.isNamespaced() && query.namespace() != null ? query.namespace() : "";
            Entry entry = table.find(new ObjectKey(namespace, name.get()));
            return visitor -> Entry.visit(entry, visitor);
        }
        return visitor -> table.forEach(query.namespace(), visitor);
    }

    /** Chooses the index that meets the fewest entries. */
    Reads.Snapshot matching(Table table, String namespace, Selector selector) {
        Predicate<Resource> condition =
                object -> namespace.equals(object.metadata().namespaceOrEmpty())
                        && selector.matches(object.metadata().labels());
        Selector.@Nullable Requirement best = narrowest(table, namespace, selector);
        return best == null
                ? reads.collect(table, visitor -> table.forEach(namespace, visitor), condition)
                : reads.collect(table, visitor -> walkLabel(table, namespace, best, visitor), condition);
    }

    /** {@return the requirement that the label index answers with the fewest entries; null when it answers none} */
    private static Selector.@Nullable Requirement narrowest(Table table, String namespace, Selector selector) {
        Selector.Requirement best = null;
        int fewest = Integer.MAX_VALUE;
        for (Selector.Requirement requirement : selector.requirements()) {
            if (requirement.operator() == Selector.Operator.IN) {
                int entries = size(table, namespace, requirement);
                if (entries < fewest) {
                    fewest = entries;
                    best = requirement;
                }
            }
        }
        return best;
    }

    private static int size(Table table, String namespace, Selector.Requirement requirement) {
        int size = 0;
        for (String value : requirement.values()) {
            size += table.sizeOf(new LabelKey(namespace, requirement.key(), value));
        }
        return size;
    }

    private static void walkLabel(
            Table table, String namespace, Selector.Requirement requirement, Predicate<Entry> visitor) {
        for (String value : requirement.values()) {
            table.forEachLabelled(new LabelKey(namespace, requirement.key(), value), visitor);
        }
    }

    Reads.Snapshot uncontrolled(Table table, String namespace, Selector selector) {
        Predicate<Resource> condition = object -> !Owners.isControlled(object)
                && namespace.equals(object.metadata().namespaceOrEmpty())
                && selector.matches(object.metadata().labels());
        Selector.@Nullable Requirement best = narrowest(table, namespace, selector);
        if (best != null && size(table, namespace, best) < table.uncontrolledIn(namespace)) {
            return reads.collect(table, visitor -> walkLabel(table, namespace, best, visitor), condition);
        }
        return reads.collect(table, visitor -> table.forEachUncontrolled(namespace, visitor), condition);
    }

    /** Opens a cursor where the query says; with initial objects, both are of one revision. */
    WatchCursor open(List<Table> watched, List<Table> all, WatchQuery query, boolean asWork) {
        if (!query.initial()) {
            long from = query.from() == null ? journal.published() : query.from();
            return new WatchCursor(journal, new Feed(journal, watched, from), query, List.of(), asWork);
        }
        List<Table> walked = watched.isEmpty() ? all : watched;
        var filter = new WatchFilter(query);
        Set<Class<?>> types = new HashSet<>();
        walked.forEach(table -> types.add(table.type.javaType()));
        Reads.Snapshot snapshot = reads.collect(
                watched.size() == 1 ? watched.getFirst() : null,
                visitor -> walked.forEach(table -> table.forEach(query.namespace(), visitor)),
                object -> types.contains(object.getClass()) && filter.matches(object));
        if (asWork) {
            journal.time().workStarted();
        }
        return new WatchCursor(
                journal, new Feed(journal, watched, snapshot.revision()), query, snapshot.objects(), asWork);
    }
}
