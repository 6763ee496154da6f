package dev.orchestrator.runtime.store;

import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.NamespaceSpec;
import dev.orchestrator.api.model.core.NamespaceStatus;
import dev.orchestrator.api.model.core.NamespaceStatusBuilder;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.PersistentVolume;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.PersistentVolumeClaimStatus;
import dev.orchestrator.api.model.core.PersistentVolumeClaimStatusBuilder;
import dev.orchestrator.api.model.core.PersistentVolumeStatus;
import dev.orchestrator.api.model.core.PersistentVolumeStatusBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodStatus;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;

/** What a kind starts its life with, whatever the client sent: most begin without a status. */
final class Newborn {

    private static final String NAMESPACE_FINALIZER = "kubernetes";
    private static final NamespaceStatus ACTIVE =
            NamespaceStatusBuilder.builder().phase("Active").build();
    private static final PodStatus POD =
            PodStatusBuilder.builder().phase("Pending").build();
    private static final PersistentVolumeStatus VOLUME =
            PersistentVolumeStatusBuilder.builder().phase("Pending").build();
    private static final PersistentVolumeClaimStatus CLAIM =
            PersistentVolumeClaimStatusBuilder.builder().phase("Pending").build();

    private Newborn() {}

    static Resource of(ObjectMeta metadata, Resource object) {
        if (object instanceof CustomObject) {
            return Parts.join(metadata, object, null);
        }
        return switch (object.resourceType().kind()) {
            case "Pod" -> new Pod(metadata, ((Pod) object).spec(), POD);
            case "Namespace" -> new Namespace(metadata, withFinalizer(((Namespace) object).spec()), ACTIVE);
            case "PersistentVolume" -> new PersistentVolume(metadata, ((PersistentVolume) object).spec(), VOLUME);
            case "PersistentVolumeClaim" ->
                new PersistentVolumeClaim(metadata, ((PersistentVolumeClaim) object).spec(), CLAIM);
            // Nodes register themselves together with their status.
            case "Node" -> new Node(metadata, ((Node) object).spec(), ((Node) object).status());
            default -> Parts.join(metadata, object, null);
        };
    }

    private static NamespaceSpec withFinalizer(NamespaceSpec spec) {
        if (spec.finalizers().contains(NAMESPACE_FINALIZER)) {
            return spec;
        }
        List<String> finalizers = new ArrayList<>(spec.finalizers());
        finalizers.add(NAMESPACE_FINALIZER);
        return new NamespaceSpec(finalizers);
    }
}
