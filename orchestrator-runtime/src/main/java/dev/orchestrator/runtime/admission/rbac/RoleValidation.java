package dev.orchestrator.runtime.admission.rbac;

import dev.orchestrator.api.model.rbac.Role;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.NameRule;
import dev.orchestrator.runtime.admission.kind.Validator;

/** The rules of roles. */
final class RoleValidation implements Validator<Role> {

    @Override
    public NameRule nameRule() {
        return NameRule.PATH_SEGMENT;
    }

    @Override
    public void validateCreate(Role role, FieldErrors errors) {
        PolicyRules.validate(role.rules(), PolicyRules.Reach.NAMESPACE, errors);
    }

    @Override
    public void validateUpdate(Role old, Role updated, FieldErrors errors) {
        validateCreate(updated, errors);
    }
}
