package dev.orchestrator.runtime.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import org.jspecify.annotations.Nullable;

/** The objects of one type, by key and by what they have in common, and who waits for their changes. */
@SuppressWarnings("ReferenceEquality") // Stored objects are shared: the same instance is the same state.
final class Table {

    final ResourceType<?> type;
    final TypeLog log;
    final Waiters waiters = new Waiters();
    /** How many cursors count each change as work; guarded by the store's lock. */
    int accounted;

    private final Map<ObjectKey, Entry> byKey = new ConcurrentHashMap<>();
    private final Index<LabelKey> labels = new Index<>();
    private final Index<String> uncontrolled = new Index<>();
    private final Map<ObjectKey, NamedWaiters> named = new ConcurrentHashMap<>();
    private volatile EntryTree sorted = EntryTree.EMPTY_BY_KEY;

    /** Those who wait for one object; counted, so that the last one takes the list away. */
    private static final class NamedWaiters {

        final Waiters waiters = new Waiters();
        int cursors;
    }

    Table(ResourceType<?> type, int history) {
        this.type = type;
        this.log = new TypeLog(history);
    }

    @Nullable
    Entry find(ObjectKey key) {
        return byKey.get(key);
    }

    int size() {
        return sorted.size();
    }

    void add(Entry entry, Resource object) {
        byKey.put(entry.key, entry);
        sorted = sorted.with(entry);
        String namespace = entry.key.namespace();
        for (Map.Entry<String, String> label : object.metadata().labels().entrySet()) {
            labels.add(new LabelKey(namespace, label.getKey(), label.getValue()), entry);
        }
        if (!Owners.isControlled(object)) {
            uncontrolled.add(namespace, entry);
        }
    }

    void remove(Entry entry, Resource object) {
        byKey.remove(entry.key);
        sorted = sorted.without(entry);
        String namespace = entry.key.namespace();
        for (Map.Entry<String, String> label : object.metadata().labels().entrySet()) {
            labels.remove(new LabelKey(namespace, label.getKey(), label.getValue()), entry);
        }
        if (!Owners.isControlled(object)) {
            uncontrolled.remove(namespace, entry);
        }
    }

    void change(Entry entry, Resource before, Resource after) {
        if (before.metadata() == after.metadata()) {
            return;
        }
        String namespace = entry.key.namespace();
        Map<String, String> old = before.metadata().labels();
        Map<String, String> now = after.metadata().labels();
        if (old != now && !old.equals(now)) {
            old.forEach((label, value) -> {
                if (!value.equals(now.get(label))) {
                    labels.remove(new LabelKey(namespace, label, value), entry);
                }
            });
            now.forEach((label, value) -> {
                if (!value.equals(old.get(label))) {
                    labels.add(new LabelKey(namespace, label, value), entry);
                }
            });
        }
        boolean wasControlled = Owners.isControlled(before);
        boolean isControlled = Owners.isControlled(after);
        if (wasControlled && !isControlled) {
            uncontrolled.add(namespace, entry);
        } else if (!wasControlled && isControlled) {
            uncontrolled.remove(namespace, entry);
        }
    }

    /** Visits the entries of a namespace, or all of them for null, by key. */
    void forEach(@Nullable String namespace, Predicate<Entry> visitor) {
        if (namespace == null) {
            sorted.forEach(visitor);
        } else {
            sorted.forEachFrom(
                    new ObjectKey(namespace, ""),
                    entry -> entry.key.namespace().equals(namespace) && visitor.test(entry));
        }
    }

    int sizeOf(LabelKey label) {
        return labels.size(label);
    }

    void forEachLabelled(LabelKey label, Predicate<Entry> visitor) {
        labels.forEach(label, visitor);
    }

    int uncontrolledIn(String namespace) {
        return uncontrolled.size(namespace);
    }

    void forEachUncontrolled(String namespace, Predicate<Entry> visitor) {
        uncontrolled.forEach(namespace, visitor);
    }

    /** {@return the list of those who wait for one object}; called with the store's lock held */
    Waiters join(ObjectKey key) {
        NamedWaiters list = named.computeIfAbsent(key, missing -> new NamedWaiters());
        list.cursors++;
        return list.waiters;
    }

    /** Ends the membership of one who waited for an object; called with the store's lock held. */
    void leave(ObjectKey key) {
        NamedWaiters list = named.get(key);
        if (list != null && --list.cursors == 0) {
            named.remove(key);
        }
    }

    /** Wakes those who wait for a change of this object; called with the store's lock held. */
    void wake(ObjectKey key, long revision, Woken woken) {
        if (!waiters.isEmpty()) {
            waiters.wake(revision, woken);
        }
        if (!named.isEmpty()) {
            NamedWaiters list = named.get(key);
            if (list != null) {
                list.waiters.wake(revision, woken);
            }
        }
    }
}
