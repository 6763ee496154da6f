package dev.orchestrator.runtime.ownership;

import java.util.Map;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.runtime.codec.Codec;

/** Which fields of an object belong to which part of it, and which nobody can own. */
final class ManagedParts {

    /** What the server keeps for itself in every object. */
    static final FieldSet NEVER_OWNED = FieldSet.ofFields(
            "apiVersion",
            "kind",
            "metadata",
            "metadata.name",
            "metadata.namespace",
            "metadata.creationTimestamp",
            "metadata.selfLink",
            "metadata.uid",
            "metadata.generation",
            "metadata.managedFields",
            "metadata.resourceVersion");

    private static final String STATUS = "status";

    // Set by deletions and by the server itself, none of which own what they set.
    private static final FieldSet UNOWNED = FieldSet.ofFields(
                    "metadata.deletionTimestamp", "metadata.deletionGracePeriodSeconds")
            .union(FieldSet.fromTree(Map.of(
                    "f:metadata",
                    Map.of("f:finalizers", Map.of("v:\"foregroundDeletion\"", Map.of(), "v:\"orphan\"", Map.of())))));
    private static final FieldSet OF_PODS = FieldSet.ofFields("spec.nodeName", "status.qosClass")
            .union(FieldSet.fromTree(
                    Map.of("f:status", Map.of("f:conditions", Map.of("k:{\"type\":\"PodScheduled\"}", Map.of())))));
    // The scheduler has begun the list.
    private static final FieldSet CONDITIONS_OF_PODS = FieldSet.ofFields("status.conditions");
    private static final FieldSet OF_NAMESPACES = FieldSet.ofFields("spec", "status.phase");
    private static final FieldSet OF_SERVICES =
            FieldSet.ofFields("spec.clusterIP", "spec.clusterIPs", "spec.ipFamilies", "spec.ipFamilyPolicy");

    private ManagedParts() {}

    /** {@return what of a configuration has no effect when it is applied to the object itself, or to a part of it} */
    static FieldSet ignored(ResourceType<?> type, String subresource, FieldSet config) {
        if (!subresource.equals(STATUS)) {
            return type.hasStatus() ? FieldSet.ofFields(STATUS) : FieldSet.EMPTY;
        }
        return config.except(STATUS).topLevel();
    }

    /**
     * {@return all that the writers of an object together have written of it}
     *
     * <p>What was given to the object by the server, or bound to it, is nobody's.
     */
    static FieldSet written(Resource object) {
        var writer = new FieldsWriter(ModelSchema.of(object.resourceType()));
        Codec.write(object, writer);
        return writer.fields()
                .difference(NEVER_OWNED)
                .difference(object instanceof Pod ? CONDITIONS_OF_PODS : FieldSet.EMPTY)
                .without(UNOWNED)
                .without(unowned(object));
    }

    /** {@return what belongs to the status of an object, or to all but its status} */
    static FieldSet part(ResourceType<?> type, FieldSet fields, String subresource) {
        if (!type.hasStatus()) {
            return fields;
        }
        return subresource.equals(STATUS) ? fields.only(STATUS) : fields.except(STATUS);
    }

    private static FieldSet unowned(Resource object) {
        return switch (object) {
            case Pod pod -> OF_PODS;
            case Namespace namespace -> OF_NAMESPACES;
            // An address that was asked for can only be none.
            case Service service -> "None".equals(service.spec().clusterIP()) ? FieldSet.EMPTY : OF_SERVICES;
            default -> FieldSet.EMPTY;
        };
    }
}
