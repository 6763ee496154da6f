package dev.orchestrator.runtime.admission.storage;

import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.PersistentVolumeClaimSpec;
import dev.orchestrator.api.model.core.PersistentVolumeClaimSpecBuilder;
import dev.orchestrator.api.model.core.PersistentVolumeClaimStatus;
import dev.orchestrator.api.model.core.PersistentVolumeClaimStatusBuilder;
import dev.orchestrator.api.model.core.TypedLocalObjectReference;
import dev.orchestrator.api.model.core.TypedObjectReference;
import dev.orchestrator.runtime.admission.field.Zero;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** Fills in what a claim leaves out: a file system, and each way of naming a source of data by the other. */
final class ClaimDefaults {

    private ClaimDefaults() {}

    static PersistentVolumeClaim withDefaults(PersistentVolumeClaim claim) {
        PersistentVolumeClaimSpec spec = spec(claim.spec());
        PersistentVolumeClaimStatus status = claim.status().phase() == null
                ? PersistentVolumeClaimStatusBuilder.builder(claim.status())
                        .phase("Pending")
                        .build()
                : claim.status();
        return same(spec, claim.spec()) && same(status, claim.status())
                ? claim
                : new PersistentVolumeClaim(claim.metadata(), spec, status);
    }

    private static PersistentVolumeClaimSpec spec(PersistentVolumeClaimSpec given) {
        TypedLocalObjectReference source = given.dataSource();
        TypedObjectReference reference = given.dataSourceRef();
        if (source != null && reference == null) {
            reference = new TypedObjectReference(source.apiGroup(), source.kind(), source.name(), null);
        } else if (source == null && reference != null && Zero.isEmpty(reference.namespace())) {
            source = new TypedLocalObjectReference(reference.apiGroup(), reference.kind(), reference.name());
        }
        boolean complete = given.volumeMode() != null
                && same(source, given.dataSource())
                && same(reference, given.dataSourceRef());
        return complete
                ? given
                : PersistentVolumeClaimSpecBuilder.builder(given)
                        .volumeMode(given.volumeMode() == null ? "Filesystem" : given.volumeMode())
                        .dataSource(source)
                        .dataSourceRef(reference)
                        .build();
    }
}
