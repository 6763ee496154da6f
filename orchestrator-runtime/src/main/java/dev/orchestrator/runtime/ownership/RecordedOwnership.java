package dev.orchestrator.runtime.ownership;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.meta.ManagedFieldsEntry;
import dev.orchestrator.api.model.meta.ManagedFieldsEntryBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.store.Ownership;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;

/**
 * Records who owns which fields at the price of almost nothing: the first writer of an object, or of its status, leaves
 * a mark that names no fields; only what others write beside it is looked at field by field.
 */
@SuppressWarnings("ReferenceEquality") // Stored lists are shared: the same instance is the same state.
public final class RecordedOwnership implements Ownership {

    private static final String STATUS = Subresource.STATUS.path();
    private static final Set<String> KINDS_OF_THE_KUBELET = Set.of("Pod", "Node");
    private static final String KUBELET = "kubelet";

    private final Marks marks = new Marks();

    @Override
    public List<ManagedFieldsEntry> ofCreated(
            ResourceType<?> type, ObjectMeta given, WriteRequest request, Instant now) {
        return request.withOwners() ? given.managedFields() : marks.alone(writer(type, request), now);
    }

    private static Manager writer(ResourceType<?> type, WriteRequest request) {
        String name = request.owner().isEmpty() ? "unknown" : request.owner();
        return new Manager(name, false, type.apiVersion(), request.subresource().path());
    }

    @Override
    public List<ManagedFieldsEntry> ofUpdated(Resource old, Resource next, WriteRequest request, Instant now) {
        List<ManagedFieldsEntry> before = old.metadata().managedFields();
        List<ManagedFieldsEntry> given = next.metadata().managedFields();
        if (request.withOwners()) {
            return isSameButForTimes(before, given) ? before : given;
        }
        boolean mayGive = request.subresource() == Subresource.MAIN && given != before;
        List<ManagedFieldsEntry> base = mayGive ? given(old, given) : before;
        if (base.isEmpty() || request.subresource() == Subresource.BINDING) {
            return base;
        }
        Manager writer = writer(old.resourceType(), request);
        return ownsTheRest(old, base, writer) ? marked(base, writer, now) : recorded(old, next, base, writer, now);
    }

    // A client may write down the owners itself: to hand over what it owns, or to forget them all. Not to know them is
    // no reason to forget them.
    private static List<ManagedFieldsEntry> given(Resource old, List<ManagedFieldsEntry> given) {
        List<ManagedFieldsEntry> before = old.metadata().managedFields();
        if (given.isEmpty() || given.equals(before)) {
            return before;
        }
        if (given.size() == 1
                && given.getFirst().equals(ManagedFieldsEntryBuilder.builder().build())) {
            return List.of();
        }
        if (given.stream().anyMatch(Marks::isMark)
                || given.equals(ManagedFields.shown(old).metadata().managedFields())) {
            return before;
        }
        try {
            return Owners.decode(given).encode();
        } catch (IllegalArgumentException malformed) {
            return before;
        }
    }

    /** {@return whether all that a writer can change is its own already, or nobody's} */
    private static boolean ownsTheRest(Resource object, List<ManagedFieldsEntry> owners, Manager writer) {
        boolean ofStatus = writer.subresource().equals(STATUS);
        if (!ofStatus && !writer.subresource().isEmpty()) {
            return false;
        }
        boolean isMarked = false;
        for (ManagedFieldsEntry owner : owners) {
            if (ofStatus == isOfStatus(owner)) {
                if (!Marks.isMark(owner) || !Manager.of(owner).isSame(writer)) {
                    return false;
                }
                isMarked = true;
            }
        }
        return isMarked || (ofStatus && mayMarkStatus(object, owners, writer));
    }

    // Many write to the status of a pod, but nearly all of it is the kubelet's.
    private static boolean mayMarkStatus(Resource object, List<ManagedFieldsEntry> owners, Manager writer) {
        return owners.stream().anyMatch(Marks::isMark)
                && (object.resourceType().isCustom()
                        || !KINDS_OF_THE_KUBELET.contains(object.resourceType().kind())
                        || writer.name().equals(KUBELET));
    }

    private static boolean isOfStatus(ManagedFieldsEntry entry) {
        return STATUS.equals(entry.subresource());
    }

    private List<ManagedFieldsEntry> marked(List<ManagedFieldsEntry> owners, Manager writer, Instant now) {
        boolean ofStatus = writer.subresource().equals(STATUS);
        List<ManagedFieldsEntry> others = new ArrayList<>(owners.size());
        for (ManagedFieldsEntry owner : owners) {
            if (ofStatus != isOfStatus(owner)) {
                others.add(owner);
            } else if (now.equals(owner.time())) {
                return owners;
            }
        }
        return switch (others.size()) {
            case 0 -> marks.alone(writer, now);
            case 1 -> marks.beside(others.getFirst(), writer, now);
            default -> {
                others.add(marks.entry(writer, now));
                yield Owners.sorted(others);
            }
        };
    }

    private List<ManagedFieldsEntry> recorded(
            Resource old, Resource next, List<ManagedFieldsEntry> base, Manager writer, Instant now) {
        Codec.Difference difference = Codec.difference(old, next);
        Comparison change = Comparison.of(ModelSchema.of(old.resourceType()), difference.old(), difference.now());
        FieldSet written = change.written().difference(ManagedParts.NEVER_OWNED);
        if (written.isEmpty()
                && change.removed().difference(ManagedParts.NEVER_OWNED).isEmpty()) {
            return base;
        }
        List<ManagedFieldsEntry> after = new ArrayList<>();
        List<ManagedFieldsEntry> named = new ArrayList<>();
        boolean ownsTheRest = false;
        for (ManagedFieldsEntry entry : base) {
            boolean isOwn = Marks.isMark(entry) && Manager.of(entry).isSame(writer);
            ownsTheRest |= isOwn;
            if (!isOwn) {
                (Marks.isMark(entry) ? after : named).add(entry);
            }
        }
        ownsTheRest |= writer.subresource().equals(STATUS)
                && after.stream().noneMatch(RecordedOwnership::isOfStatus)
                && mayMarkStatus(old, base, writer);
        Owners owners = Owners.decode(named);
        if (ownsTheRest) {
            after.add(marks.entry(writer, now));
            after.addAll(owners.lost(change).encode());
        } else {
            after.addAll(owners.updated(writer, change, FieldSet.EMPTY, now).encode());
        }
        return after.size() <= Owners.MOST_UPDATES ? Owners.sorted(after) : capped(next, after);
    }

    private static List<ManagedFieldsEntry> capped(Resource next, List<ManagedFieldsEntry> owners) {
        Resource shown = ManagedFields.shown(ManagedFields.with(next, owners));
        return Owners.decode(shown.metadata().managedFields()).capped().encode();
    }

    private static boolean isSameButForTimes(List<ManagedFieldsEntry> before, List<ManagedFieldsEntry> given) {
        if (before.size() != given.size()) {
            return false;
        }
        return timeless(before).equals(timeless(given));
    }

    private static Set<ManagedFieldsEntry> timeless(List<ManagedFieldsEntry> entries) {
        var timeless = new HashSet<ManagedFieldsEntry>();
        for (ManagedFieldsEntry entry : entries) {
            timeless.add(ManagedFieldsEntryBuilder.builder(entry).time(null).build());
        }
        return timeless;
    }
}
