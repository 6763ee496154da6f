package dev.orchestrator.runtime.admission.scaling;

import java.util.List;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetSpec;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetStatus;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.kind.LabelSelectorRules;
import dev.orchestrator.runtime.admission.kind.Validator;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** The rules of disruption budgets: how many pods must stay, or how many may go, but not both. */
final class DisruptionBudgetValidation implements Validator<PodDisruptionBudget> {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");
    private static final List<String> EVICTION_POLICIES = List.of("AlwaysAllow", "IfHealthyBudget");
    private static final int ALL = 100;

    @Override
    public void validateCreate(PodDisruptionBudget budget, FieldErrors errors) {
        PodDisruptionBudgetSpec spec = budget.spec();
        if (spec.minAvailable() != null && spec.maxUnavailable() != null) {
            errors.invalid(SPEC, spec, "minAvailable and maxUnavailable cannot be both set");
        }
        countOrPercent(spec.minAvailable(), SPEC.child("minAvailable"), errors);
        countOrPercent(spec.maxUnavailable(), SPEC.child("maxUnavailable"), errors);
        LabelSelectorRules.validate(spec.selector(), SPEC.child("selector"), errors);
        errors.supported(
                SPEC.child("unhealthyPodEvictionPolicy"), spec.unhealthyPodEvictionPolicy(), EVICTION_POLICIES);
    }

    @Override
    public void validateUpdate(PodDisruptionBudget old, PodDisruptionBudget updated, FieldErrors errors) {
        if (!same(old.spec(), updated.spec())) {
            validateCreate(updated, errors);
        }
    }

    @Override
    public void validateStatusUpdate(PodDisruptionBudget old, PodDisruptionBudget updated, FieldErrors errors) {
        PodDisruptionBudgetStatus status = updated.status();
        errors.nonNegative(STATUS.child("disruptionsAllowed"), status.disruptionsAllowed());
        errors.nonNegative(STATUS.child("currentHealthy"), status.currentHealthy());
        errors.nonNegative(STATUS.child("desiredHealthy"), status.desiredHealthy());
        errors.nonNegative(STATUS.child("expectedPods"), status.expectedPods());
    }

    private static void countOrPercent(@Nullable IntOrString value, FieldPath path, FieldErrors errors) {
        if (value == null) {
            return;
        }
        if (value.isNumber()) {
            errors.nonNegative(path, value.number());
            return;
        }
        errors.invalid(path, value, Names.percent(value.text()));
        if (value.percent().orElse(0) > ALL) {
            errors.invalid(path, value, "must not be greater than 100%");
        }
    }
}
