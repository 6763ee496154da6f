package dev.orchestrator.runtime.admission.rbac;

import java.util.List;

import dev.orchestrator.api.model.rbac.RoleBinding;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.NameRule;
import dev.orchestrator.runtime.admission.kind.Validator;

/** The rules of role bindings. */
final class RoleBindingValidation implements Validator<RoleBinding> {

    private static final List<String> KINDS = List.of("Role", "ClusterRole");

    @Override
    public NameRule nameRule() {
        return NameRule.PATH_SEGMENT;
    }

    @Override
    public void validateCreate(RoleBinding binding, FieldErrors errors) {
        Bindings.validateRole(binding.roleRef(), KINDS, errors);
        Bindings.validateSubjects(binding.subjects(), PolicyRules.Reach.NAMESPACE, errors);
    }

    @Override
    public void validateUpdate(RoleBinding old, RoleBinding updated, FieldErrors errors) {
        validateCreate(updated, errors);
        Bindings.validateSameRole(old.roleRef(), updated.roleRef(), errors);
    }
}
