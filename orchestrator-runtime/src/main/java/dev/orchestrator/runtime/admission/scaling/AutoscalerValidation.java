package dev.orchestrator.runtime.admission.scaling;

import java.util.List;

import dev.orchestrator.api.model.autoscaling.CrossVersionObjectReference;
import dev.orchestrator.api.model.autoscaling.HPAScalingPolicy;
import dev.orchestrator.api.model.autoscaling.HPAScalingRules;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpec;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.NameRule;
import dev.orchestrator.runtime.admission.kind.Validator;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** The rules of autoscalers. */
final class AutoscalerValidation implements Validator<HorizontalPodAutoscaler> {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");
    private static final List<String> SELECT_POLICIES = List.of("Disabled", "Max", "Min");
    private static final List<String> POLICY_TYPES = List.of("Percent", "Pods");
    private static final int MAX_WINDOW_SECONDS = 3600;
    private static final int MAX_PERIOD_SECONDS = 1800;

    @Override
    public void validateCreate(HorizontalPodAutoscaler autoscaler, FieldErrors errors) {
        HorizontalPodAutoscalerSpec spec = autoscaler.spec();
        Integer least = spec.minReplicas();
        if (least != null && least < 1) {
            errors.invalid(SPEC.child("minReplicas"), least, "must be greater than or equal to 1");
        }
        FieldPath most = SPEC.child("maxReplicas");
        if (spec.maxReplicas() < 1) {
            errors.invalid(most, spec.maxReplicas(), "must be greater than 0");
        }
        if (least != null && spec.maxReplicas() < least) {
            errors.invalid(most, spec.maxReplicas(), "must be greater than or equal to `minReplicas`");
        }
        reference(spec.scaleTargetRef(), SPEC.child("scaleTargetRef"), errors);
        new MetricValidation(errors).validate(spec.metrics(), SPEC.child("metrics"));
        if (spec.behavior() != null) {
            FieldPath behavior = SPEC.child("behavior");
            rules(spec.behavior().scaleUp(), behavior.child("scaleUp"), errors);
            rules(spec.behavior().scaleDown(), behavior.child("scaleDown"), errors);
        }
    }

    @Override
    public void validateUpdate(HorizontalPodAutoscaler old, HorizontalPodAutoscaler updated, FieldErrors errors) {
        if (!same(old.spec(), updated.spec())) {
            validateCreate(updated, errors);
        }
    }

    @Override
    public void validateStatusUpdate(HorizontalPodAutoscaler old, HorizontalPodAutoscaler updated, FieldErrors errors) {
        errors.nonNegative(STATUS.child("currentReplicas"), updated.status().currentReplicas());
        errors.nonNegative(STATUS.child("desiredReplicas"), updated.status().desiredReplicas());
    }

    static void reference(CrossVersionObjectReference reference, FieldPath path, FieldErrors errors) {
        segment(reference.kind(), path.child("kind"), errors);
        segment(reference.name(), path.child("name"), errors);
    }

    private static void segment(String text, FieldPath path, FieldErrors errors) {
        if (text.isEmpty()) {
            errors.required(path);
        } else {
            errors.invalid(path, text, NameRule.PATH_SEGMENT.wrongWith(text));
        }
    }

    private static void rules(@Nullable HPAScalingRules rules, FieldPath path, FieldErrors errors) {
        if (rules == null) {
            return;
        }
        Integer window = rules.stabilizationWindowSeconds();
        FieldPath windowPath = path.child("stabilizationWindowSeconds");
        if (window != null && window < 0) {
            errors.invalid(windowPath, window, "must be greater than or equal to zero");
        }
        if (window != null && window > MAX_WINDOW_SECONDS) {
            errors.invalid(windowPath, window, "must be less than or equal to " + MAX_WINDOW_SECONDS);
        }
        errors.supported(path.child("selectPolicy"), rules.selectPolicy(), SELECT_POLICIES);
        FieldPath policies = path.child("policies");
        if (rules.policies().isEmpty()) {
            errors.required(policies, "must specify at least one Policy");
        }
        for (int i = 0; i < rules.policies().size(); i++) {
            policy(rules.policies().get(i), policies.index(i), errors);
        }
        if (rules.tolerance() != null && rules.tolerance().signum() < 0) {
            errors.invalid(path.child("tolerance"), rules.tolerance(), FieldErrors.NEGATIVE);
        }
    }

    private static void policy(HPAScalingPolicy policy, FieldPath path, FieldErrors errors) {
        errors.supported(path.child("type"), policy.type(), POLICY_TYPES);
        if (policy.value() <= 0) {
            errors.invalid(path.child("value"), policy.value(), "must be greater than zero");
        }
        FieldPath period = path.child("periodSeconds");
        if (policy.periodSeconds() <= 0) {
            errors.invalid(period, policy.periodSeconds(), "must be greater than zero");
        }
        if (policy.periodSeconds() > MAX_PERIOD_SECONDS) {
            errors.invalid(period, policy.periodSeconds(), "must be less than or equal to " + MAX_PERIOD_SECONDS);
        }
    }
}
