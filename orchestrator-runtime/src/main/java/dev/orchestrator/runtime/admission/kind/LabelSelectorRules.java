package dev.orchestrator.runtime.admission.kind;

import java.util.Map;

import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.LabelSelectorRequirement;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import org.jspecify.annotations.Nullable;

/** The rules of label selectors. */
public final class LabelSelectorRules {

    private LabelSelectorRules() {}

    /** Checks a selector, if there is one. */
    public static void validate(@Nullable LabelSelector selector, FieldPath path, FieldErrors errors) {
        if (selector == null) {
            return;
        }
        MetadataRules.labels(selector.matchLabels(), path.child("matchLabels"), errors);
        FieldPath expressions = path.child("matchExpressions");
        for (int i = 0; i < selector.matchExpressions().size(); i++) {
            requirement(selector.matchExpressions().get(i), expressions.index(i), errors);
        }
    }

    private static void requirement(LabelSelectorRequirement requirement, FieldPath path, FieldErrors errors) {
        FieldPath values = path.child("values");
        switch (requirement.operator()) {
            case "In", "NotIn" -> {
                if (requirement.values().isEmpty()) {
                    errors.required(values, "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!requirement.values().isEmpty()) {
                    errors.forbidden(values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            default -> errors.invalid(path.child("operator"), requirement.operator(), "not a valid selector operator");
        }
        errors.invalid(path.child("key"), requirement.key(), Names.qualifiedName(requirement.key()));
        for (int i = 0; i < requirement.values().size(); i++) {
            String value = requirement.values().get(i);
            errors.invalid(values.index(i), value, Names.labelValue(value));
        }
    }

    /** {@return whether a selector asks for nothing at all and so selects everything} */
    public static boolean isEmpty(LabelSelector selector) {
        return selector.matchLabels().isEmpty() && selector.matchExpressions().isEmpty();
    }

    /** {@return whether the selector is well formed and selects these labels; an absent one selects none} */
    public static boolean matches(@Nullable LabelSelector selector, Map<String, String> labels) {
        return isUsable(selector) && Selector.of(selector).matches(labels);
    }

    /** {@return whether every operator of the selector is known} */
    public static boolean isUsable(@Nullable LabelSelector selector) {
        if (selector != null) {
            for (LabelSelectorRequirement requirement : selector.matchExpressions()) {
                if (!isUsable(requirement)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isUsable(LabelSelectorRequirement requirement) {
        return switch (requirement.operator()) {
            case "In", "NotIn" -> !requirement.values().isEmpty();
            case "Exists", "DoesNotExist" -> requirement.values().isEmpty();
            default -> false;
        };
    }
}
