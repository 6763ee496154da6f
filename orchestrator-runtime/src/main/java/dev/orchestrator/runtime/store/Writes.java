package dev.orchestrator.runtime.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.ManagedFieldsEntry;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Every write: prepared and admitted by the writing thread without a lock, then committed under the one lock, or
 * prepared again when another commit came first.
 */
@SuppressWarnings("ReferenceEquality") // Stored objects are shared: the same instance is the same state.
final class Writes {

    /** How often a write is admitted again because what it claims was taken meanwhile. */
    private static final int CLAIMS = 3;

    /** How many generated names are tried. */
    private static final int NAMES = 8;

    /** How many names of namespaces are remembered; forgetting them costs a little memory, no more. */
    private static final int MOST_NAMESPACES = 10_000;

    private final Function<ResourceType<?>, Table> tables;
    private final Journal journal;
    private final Indexes indexes;
    private final Admission admission;
    private final Ownership ownership;
    private final Ledger ledger;
    private final Function<String, List<Resource>> objectsInNamespace;
    private final TimeSource time;
    private final Identifiers identifiers;
    /** One instance of each name of a namespace, shared by all objects in it. */
    private final Map<String, String> namespaces = new ConcurrentHashMap<>();

    private volatile Instant second = Instant.EPOCH;

    /**
     * Who has a say in every write.
     *
     * @param admission decides what may be stored
     * @param ownership knows who owns which fields
     * @param ledger keeps account of what namespaces hold
     */
    record Rules(Admission admission, Ownership ownership, Ledger ledger) {}

    Writes(
            Function<ResourceType<?>, Table> tables,
            Journal journal,
            Indexes indexes,
            Rules rules,
            Function<String, List<Resource>> objectsInNamespace,
            long seed) {
        this.tables = tables;
        this.journal = journal;
        this.indexes = indexes;
        this.admission = rules.admission();
        this.ownership = rules.ownership();
        this.ledger = rules.ledger();
        this.objectsInNamespace = objectsInNamespace;
        this.time = journal.time();
        this.identifiers = new Identifiers(seed);
    }

    Resource create(Table table, Resource object, WriteRequest request) {
        ObjectMeta given = object.metadata();
        String version = given.resourceVersion();
        if (version != null && !version.isEmpty() && !version.equals("0")) {
            throw StoreErrors.versionOnCreate();
        }
        if (!given.nameOrEmpty().isEmpty()) {
            return created(table, object, given.nameOrEmpty(), request)
                    .orElseThrow(() -> exists(table, key(table, given, given.nameOrEmpty())));
        }
        String base = given.generateName();
        if (base == null || base.isEmpty()) {
            throw StoreErrors.noName(table.type);
        }
        String name = "";
        for (int tries = 0; tries < NAMES; tries++) {
            name = identifiers.name(base);
            Optional<Resource> created = created(table, object, name, request);
            if (created.isPresent()) {
                return created.get();
            }
        }
        throw StoreErrors.noFreeName(table.type, key(table, given, name));
    }

    /** {@return the object as it is stored now; empty when the name is taken} */
    private Optional<Resource> created(Table table, Resource object, String name, WriteRequest request) {
        ObjectKey key = shared(key(table, object.metadata(), name));
        Instant now = thisSecond();
        ObjectMeta metadata = Metadata.born(
                object.metadata(),
                key,
                identifiers.uid(),
                now,
                Parts.firstGeneration(object),
                ownership.ofCreated(table.type, object.metadata(), request, now));
        Resource newborn = Newborn.of(metadata, object);
        for (int tries = 0; tries < CLAIMS; tries++) {
            Resource admitted = CustomParts.kept(admission.admitCreate(newborn, request));
            if (table.find(key) != null) {
                return Optional.empty();
            }
            Resource stored =
                    request.dryRun() ? weighed(null, admitted, request) : tryCreate(table, key, admitted, request);
            if (stored != null) {
                return Optional.of(stored);
            }
        }
        if (table.find(key) != null) {
            return Optional.empty();
        }
        throw StoreErrors.claimed(table.type, key);
    }

    /**
     * {@return the object as it is stored now; null when its name, or something it claims, has been taken meanwhile}
     */
    private @Nullable Resource tryCreate(Table table, ObjectKey key, Resource admitted, WriteRequest request) {
        Woken woken;
        Resource stored;
        long revision;
        journal.lock.lock();
        try {
            if (table.find(key) != null || !indexes.claims.areFree(admitted, null)) {
                return null;
            }
            requireBasis(request);
            revision = begin(null, admitted, request);
            stored = Metadata.withVersion(admitted, revision);
            var entry = new Entry(key, revision, stored);
            table.add(entry, stored);
            indexes.add(entry, stored);
            woken = journal.publish(table, entry, new StoreEvent(StoreEvent.Kind.ADDED, stored, null, revision));
        } finally {
            journal.lock.unlock();
        }
        journal.finish(woken, revision);
        return stored;
    }

    /**
     * {@return the revision of a commit that nothing stops any more} Called with the lock held.
     *
     * @throws ApiException if the namespace would hold too much, or the commit could not be kept
     */
    private long begin(@Nullable Resource before, @Nullable Resource after, WriteRequest request) {
        if (after != null) {
            ledger.check(before, after, request);
        }
        journal.check();
        ledger.post(before, after, objectsInNamespace);
        return journal.begin();
    }

    /** {@return the object of a write that is only tried, if it would fit} */
    private Resource weighed(@Nullable Resource before, Resource after, WriteRequest request) {
        journal.lock.lock();
        try {
            ledger.check(before, after, request);
        } finally {
            journal.lock.unlock();
        }
        return after;
    }

    /** Under the lock: what the write was decided on can not change before the commit. */
    private void requireBasis(WriteRequest request) {
        Basis basis = request.basis();
        if (basis == null) {
            return;
        }
        Entry entry = tables.apply(basis.type()).find(basis.key());
        if (entry == null || !basis.holds(entry.object.metadata())) {
            throw new SupersededException(basis);
        }
    }

    private static ApiException exists(Table table, ObjectKey key) {
        Entry entry = table.find(key);
        return entry != null && entry.object.metadata().isTerminating()
                ? StoreErrors.terminating(table.type, key)
                : ApiException.alreadyExists(table.type, key);
    }

    private static ObjectKey key(Table table, ObjectMeta metadata, String name) {
        if (!table.type.isNamespaced()) {
            return ObjectKey.cluster(name);
        }
        String namespace = metadata.namespaceOrEmpty();
        return new ObjectKey(namespace.isEmpty() ? "default" : namespace, name);
    }

    private ObjectKey shared(ObjectKey key) {
        if (namespaces.size() >= MOST_NAMESPACES) {
            namespaces.clear();
        }
        String known = namespaces.putIfAbsent(key.namespace(), key.namespace());
        return known == null ? key : new ObjectKey(known, key.name());
    }

    // One instance a second: the timestamps of many objects share it.
    private Instant thisSecond() {
        Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant shared = second;
        if (shared.equals(now)) {
            return shared;
        }
        second = now;
        return now;
    }

    Resource update(Table table, Resource object, WriteRequest request) {
        ObjectKey key = key(table, object.metadata(), object.metadata().nameOrEmpty());
        while (true) {
            Entry entry = found(table, key);
            Resource old = entry.object;
            boolean conditional = checkCondition(table, key, old.metadata(), object.metadata());
            Resource updated = tryUpdate(table, entry, old, object, request);
            if (updated != null) {
                return updated;
            }
            if (conditional) {
                throw ApiException.modified(table.type, key);
            }
        }
    }

    Resource edit(Table table, ObjectKey key, WriteRequest request, UnaryOperator<Resource> change) {
        while (true) {
            Entry entry = found(table, key);
            Resource old = entry.object;
            Resource changed = change.apply(old);
            if (changed == old) {
                return kept(old);
            }
            checkCondition(table, key, old.metadata(), changed.metadata());
            Resource updated = tryUpdate(table, entry, old, changed, request);
            if (updated != null) {
                return updated;
            }
        }
    }

    private static Entry found(Table table, ObjectKey key) {
        Entry entry = table.find(key);
        if (entry == null) {
            throw ApiException.notFound(table.type, key);
        }
        return entry;
    }

    /** {@return whether the write is for one version only; refuses it when that is not the stored one} */
    private static boolean checkCondition(Table table, ObjectKey key, ObjectMeta old, ObjectMeta written) {
        String uid = written.uidOrEmpty();
        if (!uid.isEmpty() && !uid.equals(old.uid())) {
            throw StoreErrors.otherUid(table.type, key, uid, old.uidOrEmpty());
        }
        String version = written.resourceVersion();
        if (version == null || version.isEmpty() || version.equals("0")) {
            return false;
        }
        if (!version.equals(old.resourceVersion())) {
            if (!isNumber(version)) {
                throw StoreErrors.badVersion(version);
            }
            throw ApiException.modified(table.type, key);
        }
        return true;
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** {@return the object as it is stored now; null when another commit came first} */
    private @Nullable Resource tryUpdate(
            Table table, Entry entry, Resource old, Resource written, WriteRequest request) {
        Instant now = thisSecond();
        Resource merged = Subresources.merge(old, written, request.subresource(), now);
        Resource admitted =
                CustomParts.kept(admission.admitUpdate(old, withSystemMetadata(old, merged, request), request));
        Resource next = withSystemMetadata(old, admitted, request);
        if (!next.equals(old)) {
            next = withOwners(next, ownership.ofUpdated(old, next, request, now));
        }
        if (next.equals(old)) {
            return entry.object == old && table.find(entry.key) == entry ? kept(old) : null;
        }
        if (request.dryRun()) {
            return weighed(old, next, request);
        }
        return Deletion.isOver(next)
                ? ended(table, entry, old, next, request)
                : changed(table, entry, old, next, request);
    }

    /** What somebody else wrote is acknowledged to nobody before it is kept. */
    private Resource kept(Resource stored) {
        journal.awaitKept(stored);
        return stored;
    }

    private static Resource withSystemMetadata(Resource old, Resource next, WriteRequest request) {
        long generation = old.metadata().generation();
        // The node of a pod is not what its author intends: binding leaves the generation as it is.
        boolean binding = request.subresource() == WriteRequest.Subresource.BINDING;
        if (generation > 0 && !binding && Parts.isOtherIntent(old, next)) {
            generation++;
        }
        ObjectMeta metadata = Metadata.updated(old.metadata(), next.metadata(), generation);
        return metadata == next.metadata() ? next : Parts.join(metadata, next, next);
    }

    private static Resource withOwners(Resource object, List<ManagedFieldsEntry> owners) {
        return object.metadata().managedFields() == owners
                ? object
                : object.withMetadata(ObjectMetaBuilder.builder(object.metadata())
                        .managedFields(owners)
                        .build());
    }

    private @Nullable Resource changed(Table table, Entry entry, Resource old, Resource next, WriteRequest request) {
        Woken woken;
        Resource stored;
        long revision;
        journal.lock.lock();
        try {
            if (entry.object != old || table.find(entry.key) != entry) {
                return null;
            }
            if (!indexes.claims.areFree(next, entry)) {
                throw StoreErrors.claimed(table.type, entry.key);
            }
            requireBasis(request);
            revision = begin(old, next, request);
            stored = Metadata.withVersion(next, revision);
            entry.object = stored;
            table.change(entry, old, stored);
            indexes.change(entry, old, stored);
            woken = journal.publish(table, entry, new StoreEvent(StoreEvent.Kind.MODIFIED, stored, old, revision));
        } finally {
            journal.lock.unlock();
        }
        journal.finish(woken, revision);
        return stored;
    }

    private @Nullable Resource ended(Table table, Entry entry, Resource old, Resource last, WriteRequest request) {
        Woken woken;
        Resource gone;
        long revision;
        journal.lock.lock();
        try {
            if (entry.object != old || table.find(entry.key) != entry) {
                return null;
            }
            requireBasis(request);
            revision = begin(old, null, request);
            gone = Metadata.withVersion(last, revision);
            table.remove(entry, old);
            indexes.remove(entry, old);
            woken = journal.publish(table, entry, new StoreEvent(StoreEvent.Kind.DELETED, gone, old, revision));
        } finally {
            journal.lock.unlock();
        }
        journal.finish(woken, revision);
        return gone;
    }

    /** {@return the object, still there; empty when it is gone} */
    Optional<Resource> delete(Table table, ObjectKey key, DeleteOptions options, WriteRequest request) {
        Preconditions.checkOptions(options);
        boolean dryRun = request.dryRun() || options.dryRun().contains("All");
        while (true) {
            Entry entry = found(table, key);
            Resource old = entry.object;
            Preconditions.check(table.type, key, old.metadata(), options);
            admission.admitDelete(old, dryRun ? request.asDryRun() : request);
            Deletion deletion = Deletion.of(old, options, time.instant());
            if (dryRun) {
                return deletion.left(old);
            }
            Optional<Resource> left = tryDelete(table, entry, old, deletion, request);
            if (left != null) {
                return left;
            }
        }
    }

    /** {@return what is left of the object; null when another commit came first} */
    @SuppressWarnings("NullableOptional")
    private @Nullable Optional<Resource> tryDelete(
            Table table, Entry entry, Resource old, Deletion deletion, WriteRequest request) {
        return switch (deletion) {
            case Deletion.Wait() -> Optional.of(kept(old));
            case Deletion.Mark(Resource marked) -> {
                Resource stored = changed(table, entry, old, marked, request);
                yield stored == null ? null : Optional.of(stored);
            }
            case Deletion.End(Resource last) ->
                ended(table, entry, old, last, request) == null ? null : Optional.empty();
        };
    }
}
