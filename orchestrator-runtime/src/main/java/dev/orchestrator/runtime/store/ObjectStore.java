package dev.orchestrator.runtime.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.DeleteOptions;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * All objects of one orchestrator: versioned, indexed and watched.
 *
 * <p>Objects are immutable and shared; nothing is copied on its way in or out. Reads take no lock and see one revision.
 * Every write goes one way: admission, check of the version, the next revision, publication. What a refused write would
 * have done has not happened. All methods may be called from any thread, but never from {@link Admission} for the same
 * object.
 */
public final class ObjectStore implements AutoCloseable {

    private final int history;
    private final Journal journal;
    private final Indexes indexes = new Indexes();
    private final Map<ResourceType<?>, Table> tables = new ConcurrentHashMap<>();
    private final Reads reads;
    private final Lists lists;
    private final Writes writes;
    private final Callers callers = new Callers();
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

    /** Creates an empty store that keeps no record of who owns what. */
    public ObjectStore(TimeSource time, Admission admission, StoreOptions options) {
        this(time, admission, Ownership.UNRECORDED, options);
    }

    /**
     * Creates an empty store.
     *
     * @param time where timestamps come from and what is told about work in progress
     * @param admission decides what may be stored
     * @param ownership knows who owns which fields
     * @param options how long the history is
     */
    public ObjectStore(TimeSource time, Admission admission, Ownership ownership, StoreOptions options) {
        this(time, admission, ownership, options, null);
    }

    /**
     * Creates a store that begins with what a log has kept, and whose commits it keeps.
     *
     * @param log the log, which outlives the store; null if commits end with the JVM
     */
    public ObjectStore(
            TimeSource time, Admission admission, Ownership ownership, StoreOptions options, @Nullable CommitLog log) {
        this(time, admission, ownership, Ledger.NONE, options, log);
    }

    /**
     * Creates a store that keeps account of what namespaces hold.
     *
     * @param ledger refuses what is too much
     */
    public ObjectStore(
            TimeSource time,
            Admission admission,
            Ownership ownership,
            Ledger ledger,
            StoreOptions options,
            @Nullable CommitLog log) {
        StoredState begin = log == null ? StoredState.NOTHING : log.recovered();
        this.history = options.history();
        this.journal = new Journal(history, requireNonNull(time, "time is null"), callers, log, begin.revision());
        this.reads = new Reads(journal);
        this.lists = new Lists(journal, reads);
        this.writes = new Writes(
                this::table,
                journal,
                indexes,
                new Writes.Rules(
                        requireNonNull(admission, "admission is null"),
                        requireNonNull(ownership, "ownership is null"),
                        requireNonNull(ledger, "ledger is null")),
                this::inNamespace,
                options.seed());
        // Definitions come first: they say what the rest is.
        begin.objects().stream().filter(ObjectStore::isDefinition).forEach(this::restore);
        begin.objects().stream().filter(stored -> !isDefinition(stored)).forEach(this::restore);
        for (Table table : allTables()) {
            table.forEach(null, entry -> {
                ledger.post(null, entry.object, this::inNamespace);
                return true;
            });
        }
        if (log != null) {
            log.start(this::state);
        }
    }

    private static boolean isDefinition(StoredState.StoredObject stored) {
        return stored.object() instanceof CustomResourceDefinition;
    }

    private void restore(StoredState.StoredObject stored) {
        Resource object = stored.object() instanceof CustomObject custom ? defined(custom) : stored.object();
        var entry = new Entry(object.key(), stored.sequence(), object);
        table(object.resourceType()).add(entry, object);
        indexes.add(entry, object);
    }

    private CustomObject defined(CustomObject object) {
        ResourceType<CustomObject> named = object.resourceType();
        for (CustomResourceDefinition definition : list(ResourceTypes.CUSTOM_RESOURCE_DEFINITION)) {
            if (definition.spec().group().equals(named.group())
                    && definition.spec().names().kind().equals(named.kind())
                    && definition.version(named.version()).isPresent()) {
                return object.as(definition.typeOf(named.version()));
            }
        }
        return object;
    }

    private StoredState state() {
        journal.lock.lock();
        try {
            var objects = new ArrayList<StoredState.StoredObject>();
            for (Table table : allTables()) {
                table.forEach(null, entry -> objects.add(new StoredState.StoredObject(entry.sequence, entry.object)));
            }
            return new StoredState(journal.published(), objects);
        } finally {
            journal.lock.unlock();
        }
    }

    private Table table(ResourceType<?> type) {
        // All versions of a custom kind are one table: an object of one is an object of all.
        ResourceType<?> key = type.isCustom() ? CustomObject.type(type.group() + "/any", type.kind()) : type;
        Table table = tables.get(key);
        return table != null ? table : tables.computeIfAbsent(key, missing -> new Table(type, history));
    }

    /** {@return the newest revision} */
    public long revision() {
        return journal.published();
    }

    /** {@return whether a write blocks until it is kept, which nobody should wait for who has more to do} */
    public boolean waitsForDisk() {
        return journal.hasLog();
    }

    /** {@return how many objects of a type there are} */
    public int count(ResourceType<?> type) {
        return table(type).size();
    }

    // ---- reads ----

    /** {@return the object, if there is one of that name} */
    public <R extends Resource> Optional<R> find(ResourceType<R> type, ObjectKey key) {
        Entry entry = table(type).find(key);
        return entry == null ? Optional.empty() : Optional.of(type.cast(entry.object));
    }

    /**
     * {@return the object of that name}
     *
     * @throws ApiException with reason {@code NOT_FOUND}
     */
    public <R extends Resource> R get(ResourceType<R> type, ObjectKey key) {
        Entry entry = table(type).find(key);
        if (entry == null) {
            throw ApiException.notFound(type, key);
        }
        return type.cast(entry.object);
    }

    /**
     * {@return the objects a query selects, by namespace and name, as they were at one revision}
     *
     * @throws ApiException if the query makes no sense, or asks for a revision that is no longer known
     */
    public <R extends Resource> Page<R> list(ResourceType<R> type, ListQuery query) {
        Page<R> page = lists.page(table(type), query);
        return type.isCustom() ? page.map(type::cast) : page;
    }

    /** {@return all objects of a type, by namespace and name} */
    public <R extends Resource> List<R> list(ResourceType<R> type) {
        return list(type, ListQuery.everything()).items();
    }

    /** {@return all objects of a type in a namespace, by name} */
    public <R extends Resource> List<R> list(ResourceType<R> type, String namespace) {
        return list(type, ListQuery.inNamespace(namespace)).items();
    }

    /** {@return the pods that an object controls, oldest first} */
    public List<Pod> podsControlledBy(String ownerUid) {
        return controlledBy(ResourceTypes.POD, ownerUid);
    }

    /**
     * {@return the pods of a job that it still has something to do about, oldest first: all but those that have ended
     * and hold no finalizer}
     */
    public List<Pod> podsAwaitingJob(String jobUid) {
        return cast(reads.collect(
                table(ResourceTypes.POD),
                visitor -> indexes.byAwaitingJob.forEach(jobUid, visitor),
                object -> jobUid.equals(Owners.jobAwaiting(object))));
    }

    /** {@return the pods that are bound to a node, in the order in which they were created} */
    public List<Pod> podsOnNode(String node) {
        return cast(reads.collect(
                table(ResourceTypes.POD),
                visitor -> indexes.byNode.forEach(node, visitor),
                object -> object instanceof Pod pod && node.equals(pod.spec().nodeName())));
    }

    /** {@return the objects of a type that an object controls, oldest first} */
    public <R extends Resource> List<R> controlledBy(ResourceType<R> type, String ownerUid) {
        return cast(reads.collect(
                table(type),
                visitor -> indexes.byOwner.forEach(ownerUid, visitor),
                object -> type.javaType().isInstance(object) && Owners.isControlledBy(object, ownerUid)));
    }

    /** {@return the objects of a type that nobody controls and whose labels match, oldest first} */
    public <R extends Resource> List<R> uncontrolled(ResourceType<R> type, String namespace, Selector selector) {
        return cast(lists.uncontrolled(table(type), namespace, selector));
    }

    /** {@return the objects of any type that name this uid among their owners, oldest first} */
    public List<Resource> dependents(String ownerUid) {
        return reads.collect(
                        null,
                        visitor -> indexes.byOwner.forEach(ownerUid, visitor),
                        object -> Owners.isOwnedBy(object, ownerUid))
                .objects();
    }

    /** {@return the objects of a type in a namespace whose labels match, oldest first} */
    public <R extends Resource> List<R> matching(ResourceType<R> type, String namespace, Selector selector) {
        return cast(lists.matching(table(type), namespace, selector));
    }

    /** {@return the objects of all types in a namespace} */
    public List<Resource> inNamespace(String namespace) {
        List<Table> all = List.copyOf(tables.values());
        return reads.collect(
                        null,
                        visitor -> all.forEach(table -> table.forEach(namespace, visitor)),
                        object -> namespace.equals(object.metadata().namespaceOrEmpty()))
                .objects();
    }

    // The conditions above let through objects of the one type only.
    @SuppressWarnings("unchecked")
    private static <R extends Resource> List<R> cast(Reads.Snapshot snapshot) {
        return (List<R>) snapshot.objects();
    }

    // ---- writes ----

    /**
     * Stores a new object.
     *
     * @return the object as it is stored
     * @throws ApiException if the name is taken or admission refuses it
     */
    public <R extends Resource> R create(R object, WriteRequest request) {
        return same(object, writes.create(table(object.resourceType()), object, request));
    }

    /**
     * Replaces the part of an object that the request is about.
     *
     * @param object the new state; when it carries a resource version, only that version is replaced
     * @return the object as it is stored; the stored one itself when nothing changes; the last state when the change
     *     removed the last finalizer of an object that was being deleted
     * @throws ApiException if there is no such object, it has been modified meanwhile, or admission refuses the change
     */
    public <R extends Resource> R update(R object, WriteRequest request) {
        return same(object, writes.update(table(object.resourceType()), object, request));
    }

    /**
     * Changes an object, however many others change it at the same time.
     *
     * @param change makes the new state from the present one; called again when another commit came first, so it must
     *     have no side effects; may return its argument to change nothing
     * @return the object as it is stored
     * @throws ApiException if there is no such object or admission refuses the change
     */
    public <R extends Resource> R edit(
            ResourceType<R> type, ObjectKey key, WriteRequest request, UnaryOperator<R> change) {
        return type.cast(writes.edit(table(type), key, request, object -> change.apply(type.cast(object))));
    }

    /**
     * Deletes an object, or begins to: with finalizers or a grace period it stays for now and is marked.
     *
     * @return the object while it is still there; empty when it is gone
     * @throws ApiException if there is no such object, a precondition does not hold, or admission refuses
     */
    public <R extends Resource> Optional<R> delete(
            ResourceType<R> type, ObjectKey key, DeleteOptions options, WriteRequest request) {
        return writes.delete(table(type), key, options, request).map(type::cast);
    }

    /**
     * Deletes every object that a query selects, as {@link #delete} does; objects that others delete meanwhile are no
     * error.
     *
     * @return the objects as they were selected
     */
    public <R extends Resource> List<R> deleteCollection(
            ResourceType<R> type, ListQuery query, DeleteOptions options, WriteRequest request) {
        List<R> selected = list(type, query).items();
        for (R object : selected) {
            try {
                delete(type, object.key(), options, request);
            } catch (ApiException e) {
                if (e.reason() != ApiException.Reason.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return selected;
    }

    @SuppressWarnings("unchecked")
    private static <R extends Resource> R same(R object, Resource stored) {
        return (R) object.resourceType().cast(stored);
    }

    // ---- watches ----

    /**
     * Opens a watch that its owner reads.
     *
     * @throws ApiException with reason {@code EXPIRED} if it is to start from a revision that is no longer known, or if
     *     a field selector names an unknown field
     */
    public WatchCursor watch(WatchQuery query) {
        return open(query, false);
    }

    /**
     * Opens a watch each of whose changes counts as work until the next one is asked for, so that a manual clock
     * settles only after they have been dealt with.
     */
    public WatchCursor watchAsWork(WatchQuery query) {
        return open(query, true);
    }

    /**
     * Calls back for each change in order, on virtual threads that the store owns; the callback may block.
     *
     * @throws ApiException as {@link #watch(WatchQuery)} does
     */
    public Subscription watch(WatchQuery query, WatchListener listener) {
        WatchCursor cursor = watchAsWork(query);
        var subscription = new Subscription(name(query), cursor, listener, callers, subscriptions::remove);
        subscriptions.add(subscription);
        subscription.start();
        return subscription;
    }

    private static String name(WatchQuery query) {
        return query.types().isEmpty()
                ? "all"
                : String.join(
                        ",",
                        query.types().stream()
                                .map(ResourceType::plural)
                                .sorted()
                                .toList());
    }

    private WatchCursor open(WatchQuery query, boolean asWork) {
        query.types().forEach(query.fields()::check);
        List<Table> watched = query.types().stream()
                .map(this::table)
                .sorted(Comparator.comparing(table -> table.type.kind()))
                .toList();
        if (!asWork) {
            return lists.open(watched, allTables(), query, false);
        }
        journal.lock.lock();
        try {
            WatchCursor cursor = lists.open(watched, allTables(), query, true);
            journal.account(watched, 1);
            return cursor;
        } finally {
            journal.lock.unlock();
        }
    }

    private List<Table> allTables() {
        List<Table> all = new ArrayList<>();
        for (ResourceType<?> type : ResourceTypes.stored()) {
            Table table = tables.get(type);
            if (table != null) {
                all.add(table);
            }
        }
        tables.values().stream().filter(table -> table.type.isCustom()).forEach(all::add);
        return all;
    }

    /** Ends all callback watches; the objects can still be read. */
    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }
}
