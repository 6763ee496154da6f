package dev.orchestrator.runtime.admission.workload;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.ControllerRevision;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.kind.Defaulter;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.Validator;

/** Rules of controller revisions: what is kept of the past does not change. */
final class ControllerRevisionRules implements Validator<ControllerRevision> {

    static KindRules<ControllerRevision> create() {
        return KindRules.of(ResourceTypes.CONTROLLER_REVISION, Defaulter.none(), new ControllerRevisionRules());
    }

    @Override
    public void validateCreate(ControllerRevision revision, FieldErrors errors) {
        if (revision.data().isEmpty()) {
            errors.required(FieldPath.of("data"), "data is mandatory");
        }
        errors.nonNegative(FieldPath.of("revision"), revision.revision());
    }

    @Override
    public void validateUpdate(ControllerRevision old, ControllerRevision updated, FieldErrors errors) {
        validateCreate(updated, errors);
        errors.immutable(FieldPath.of("data"), updated.data(), old.data());
    }
}
