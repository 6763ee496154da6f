package dev.orchestrator.runtime.admission.rbac;

import java.util.List;

import dev.orchestrator.api.model.rbac.ClusterRoleBinding;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.NameRule;
import dev.orchestrator.runtime.admission.kind.Validator;

/** The rules of cluster role bindings. */
final class ClusterRoleBindingValidation implements Validator<ClusterRoleBinding> {

    private static final List<String> KINDS = List.of("ClusterRole");

    @Override
    public NameRule nameRule() {
        return NameRule.PATH_SEGMENT;
    }

    @Override
    public void validateCreate(ClusterRoleBinding binding, FieldErrors errors) {
        Bindings.validateRole(binding.roleRef(), KINDS, errors);
        Bindings.validateSubjects(binding.subjects(), PolicyRules.Reach.CLUSTER, errors);
    }

    @Override
    public void validateUpdate(ClusterRoleBinding old, ClusterRoleBinding updated, FieldErrors errors) {
        validateCreate(updated, errors);
        Bindings.validateSameRole(old.roleRef(), updated.roleRef(), errors);
    }
}
