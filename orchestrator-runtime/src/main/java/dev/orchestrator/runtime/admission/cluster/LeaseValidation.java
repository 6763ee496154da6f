package dev.orchestrator.runtime.admission.cluster;

import java.util.List;

import dev.orchestrator.api.model.coordination.Lease;
import dev.orchestrator.api.model.coordination.LeaseSpec;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.Validator;

/** The rules of leases. */
final class LeaseValidation implements Validator<Lease> {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> STRATEGIES = List.of("OldestEmulationVersion");

    @Override
    public void validateCreate(Lease lease, FieldErrors errors) {
        LeaseSpec spec = lease.spec();
        Integer seconds = spec.leaseDurationSeconds();
        if (seconds != null && seconds <= 0) {
            errors.invalid(SPEC.child("leaseDurationSeconds"), seconds, "must be greater than 0");
        }
        errors.nonNegative(SPEC.child("leaseTransitions"), spec.leaseTransitions());
        errors.supported(SPEC.child("strategy"), spec.strategy(), STRATEGIES);
        if (!Zero.isEmpty(spec.preferredHolder()) && Zero.isEmpty(spec.strategy())) {
            errors.forbidden(SPEC.child("preferredHolder"), "may only be specified when `strategy` is defined");
        }
    }

    @Override
    public void validateUpdate(Lease old, Lease updated, FieldErrors errors) {
        validateCreate(updated, errors);
    }
}
