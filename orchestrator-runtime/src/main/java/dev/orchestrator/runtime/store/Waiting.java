package dev.orchestrator.runtime.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.ObjectKey;
import org.jspecify.annotations.Nullable;

/** The lists that one cursor waits in, and how it leaves them. */
final class Waiting {

    private final List<Waiters> lists;
    private final List<Waiters.Node> nodes = new ArrayList<>();
    private final @Nullable Table table;
    private final @Nullable ObjectKey key;

    private Waiting(WatchCursor cursor, List<Waiters> lists, @Nullable Table table, @Nullable ObjectKey key) {
        this.lists = lists;
        this.table = table;
        this.key = key;
        lists.forEach(list -> nodes.add(new Waiters.Node(cursor)));
    }

    /** Finds the narrowest lists for a query: one object, some types, or anything. */
    static Waiting of(WatchCursor cursor, Journal journal, List<Table> tables, WatchQuery query) {
        if (tables.isEmpty()) {
            return new Waiting(cursor, List.of(journal.anything()), null, null);
        }
        Optional<String> name = query.fields().required(Fields.NAME);
        if (tables.size() == 1 && name.isPresent()) {
            Table table = tables.getFirst();
            String namespace = table.type.isNamespaced() ? query.namespace() : "";
            if (namespace != null) {
                var key = new ObjectKey(namespace, name.get());
                journal.lock.lock();
                try {
                    return new Waiting(cursor, List.of(table.join(key)), table, key);
                } finally {
                    journal.lock.unlock();
                }
            }
        }
        return new Waiting(cursor, tables.stream().map(table -> table.waiters).toList(), null, null);
    }

    /** {@return whether only the changes of one object wake the cursor} */
    boolean isForOneObject() {
        return key != null;
    }

    void enqueue() {
        for (int i = 0; i < nodes.size(); i++) {
            lists.get(i).enqueue(nodes.get(i));
        }
    }

    /** Leaves all lists for good; called with the store's lock held. */
    void leave() {
        for (int i = 0; i < nodes.size(); i++) {
            lists.get(i).remove(nodes.get(i));
        }
        if (table != null && key != null) {
            table.leave(key);
        }
    }
}
