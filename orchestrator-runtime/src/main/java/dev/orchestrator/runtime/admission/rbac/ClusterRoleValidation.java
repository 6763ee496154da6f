package dev.orchestrator.runtime.admission.rbac;

import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.rbac.AggregationRule;
import dev.orchestrator.api.model.rbac.ClusterRole;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.NameRule;
import dev.orchestrator.runtime.admission.kind.LabelSelectorRules;
import dev.orchestrator.runtime.admission.kind.Validator;

/** The rules of cluster roles, which may also gather the rules of others. */
final class ClusterRoleValidation implements Validator<ClusterRole> {

    @Override
    public NameRule nameRule() {
        return NameRule.PATH_SEGMENT;
    }

    @Override
    public void validateCreate(ClusterRole role, FieldErrors errors) {
        PolicyRules.validate(role.rules(), PolicyRules.Reach.CLUSTER, errors);
        AggregationRule aggregation = role.aggregationRule();
        if (aggregation == null) {
            return;
        }
        FieldPath path = FieldPath.of("aggregationRule").child("clusterRoleSelectors");
        if (aggregation.clusterRoleSelectors().isEmpty()) {
            errors.required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
        }
        for (int i = 0; i < aggregation.clusterRoleSelectors().size(); i++) {
            LabelSelector selector = aggregation.clusterRoleSelectors().get(i);
            LabelSelectorRules.validate(selector, path.index(i), errors);
            if (!LabelSelectorRules.isUsable(selector)) {
                errors.invalid(path.index(i), selector, "invalid label selector.");
            }
        }
    }

    @Override
    public void validateUpdate(ClusterRole old, ClusterRole updated, FieldErrors errors) {
        validateCreate(updated, errors);
    }
}
