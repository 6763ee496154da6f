package dev.orchestrator.runtime.controller.endpoints;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.api.model.discovery.EndpointSliceBuilder;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** Writes the slices of one service for one of the two controllers that make slices. */
final class SliceWriter {

    static final String SERVICE_NAME = "kubernetes.io/service-name";
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    static final DeleteOptions DELETE = DeleteOptionsBuilder.builder().build();

    private final ObjectStore store;
    private final OwnWrites ownWrites;
    private final String manager;
    private final WriteRequest request;

    SliceWriter(ObjectStore store, OwnWrites ownWrites, String manager) {
        this.store = store;
        this.ownWrites = ownWrites;
        this.manager = manager;
        this.request = WriteRequest.ofController(manager);
    }

    /** {@return the slices that this controller made for a service} */
    List<EndpointSlice> existing(ObjectKey service) {
        var selector = Selector.ofLabels(Map.of(SERVICE_NAME, service.name(), MANAGED_BY, manager));
        return store.matching(ResourceTypes.ENDPOINT_SLICE, service.namespace(), selector);
    }

    /** What all slices of a service say about themselves. */
    record Marks(Map<String, String> labels, Map<String, String> annotations) {

        /** Copies the maps. */
        Marks {
            labels = Map.copyOf(labels);
            annotations = Map.copyOf(annotations);
        }
    }

    /** Carries out a plan, and brings the marks of the slices that it leaves alone up to date. */
    void apply(Resource owner, Marks marks, SlicePlan plan, List<EndpointSlice> existing) {
        ObjectKey service = owner.key();
        var labels = new HashMap<>(marks.labels);
        labels.put(SERVICE_NAME, service.name());
        labels.put(MANAGED_BY, manager);
        var all = new Marks(labels, marks.annotations);
        plan.update().forEach((slice, content) -> update(slice, content, all));
        for (SlicePlan.Content content : plan.create()) {
            create(owner, content, all);
        }
        plan.delete().forEach(this::delete);
        for (EndpointSlice slice : existing) {
            boolean untouched =
                    !plan.update().containsKey(slice) && !plan.delete().contains(slice);
            if (untouched && !isMarked(slice, all)) {
                update(slice, new SlicePlan.Content(slice.addressType(), slice.ports(), slice.endpoints()), all);
            }
        }
    }

    private static boolean isMarked(EndpointSlice slice, Marks marks) {
        return slice.metadata().labels().equals(marks.labels)
                && slice.metadata().annotations().entrySet().containsAll(marks.annotations.entrySet());
    }

    private void update(EndpointSlice slice, SlicePlan.Content content, Marks marks) {
        var annotations = new HashMap<>(slice.metadata().annotations());
        annotations.putAll(marks.annotations);
        ObjectMeta metadata = ObjectMetaBuilder.builder(slice.metadata())
                .labels(marks.labels)
                .annotations(annotations)
                .build();
        try {
            ownWrites.written(store.update(slice(metadata, content), request));
        } catch (ApiException e) {
            if (e.reason() != ApiException.Reason.NOT_FOUND) {
                throw e;
            }
            // Somebody was faster, as with any other conflict: what there is now is looked at again.
            throw ApiException.of(ApiException.Reason.CONFLICT, String.valueOf(e.getMessage()), null, e);
        }
    }

    private void create(Resource owner, SlicePlan.Content content, Marks marks) {
        ObjectKey service = owner.key();
        var type = owner.resourceType();
        var reference = new OwnerReference(
                type.apiVersion(),
                true,
                true,
                type.kind(),
                service.name(),
                owner.metadata().uidOrEmpty());
        ObjectMeta metadata = ObjectMetaBuilder.builder()
                .generateName(service.name() + "-")
                .namespace(service.namespace())
                .labels(marks.labels)
                .annotations(marks.annotations)
                .ownerReferences(List.of(reference))
                .build();
        ownWrites.written(store.create(slice(metadata, content), request));
    }

    private static EndpointSlice slice(ObjectMeta metadata, SlicePlan.Content content) {
        return EndpointSliceBuilder.builder()
                .metadata(metadata)
                .addressType(content.addressType())
                .ports(content.ports())
                .endpoints(content.endpoints())
                .build();
    }

    private void delete(EndpointSlice slice) {
        ownWrites.deleting(slice);
        try {
            store.delete(ResourceTypes.ENDPOINT_SLICE, slice.key(), DELETE, request);
        } catch (ApiException e) {
            if (e.reason() != ApiException.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Removes all slices of a service. */
    void deleteAll(ObjectKey service) {
        existing(service).forEach(this::delete);
    }
}
