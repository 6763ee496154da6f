package dev.orchestrator.runtime.ownership;

import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.meta.ManagedFieldsEntry;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

import static java.util.Objects.requireNonNullElse;

/** Objects with the owners of their fields written out, as Kubernetes shows them. */
public final class ManagedFields {

    private ManagedFields() {}

    /**
     * {@return an object whose metadata names all fields of all owners}
     *
     * <p>A stored object says of most of its owners only that they own what others do not.
     */
    @SuppressWarnings("unchecked") // withMetadata gives an object of the same record
    public static <R extends Resource> R shown(R object) {
        List<ManagedFieldsEntry> stored = object.metadata().managedFields();
        if (stored.stream().noneMatch(Marks::isMark)) {
            return object;
        }
        FieldSet rest = ManagedParts.written(object);
        for (ManagedFieldsEntry entry : stored) {
            if (!Marks.isMark(entry)) {
                rest = rest.difference(FieldSet.fromTree(entry.fieldsV1()));
            }
        }
        List<ManagedFieldsEntry> written = new ArrayList<>(stored.size());
        for (ManagedFieldsEntry entry : stored) {
            if (!Marks.isMark(entry)) {
                written.add(entry);
                continue;
            }
            String part = requireNonNullElse(entry.subresource(), "");
            FieldSet fields = ManagedParts.part(object.resourceType(), rest, part);
            if (!fields.isEmpty()) {
                written.add(Owners.entry(Manager.of(entry), fields.toTree(), entry.time()));
            }
        }
        return (R) with(object, written);
    }

    static Resource with(Resource object, List<ManagedFieldsEntry> owners) {
        return object.withMetadata(ObjectMetaBuilder.builder(object.metadata())
                .managedFields(owners)
                .build());
    }
}
