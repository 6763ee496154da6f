package dev.orchestrator.runtime.admission.pod;

import java.util.List;

import dev.orchestrator.api.model.core.Toleration;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;

/** The rules of tolerations. */
final class TolerationValidation {

    private static final List<String> OPERATORS = List.of("Equal", "Exists");
    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    private TolerationValidation() {}

    static void validate(List<Toleration> tolerations, FieldPath path, FieldErrors errors) {
        for (int i = 0; i < tolerations.size(); i++) {
            validate(tolerations.get(i), path.index(i), errors);
        }
    }

    private static void validate(Toleration toleration, FieldPath path, FieldErrors errors) {
        String key = Zero.text(toleration.key());
        String operator = Zero.text(toleration.operator());
        String effect = Zero.text(toleration.effect());
        if (!key.isEmpty()) {
            errors.invalid(path.child("key"), key, Names.qualifiedName(key));
        } else if (!operator.equals("Exists")) {
            errors.invalid(
                    path.child("operator"),
                    operator,
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }
        if (toleration.tolerationSeconds() != null && !effect.equals("NoExecute")) {
            errors.invalid(path.child("effect"), effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        value(operator, Zero.text(toleration.value()), path.child("operator"), errors);
        if (!effect.isEmpty()) {
            errors.supported(path.child("effect"), effect, EFFECTS);
        }
    }

    private static void value(String operator, String value, FieldPath path, FieldErrors errors) {
        switch (operator) {
            case "", "Equal" -> {
                List<String> wrong = Names.labelValue(value);
                if (!wrong.isEmpty()) {
                    errors.invalid(path, value, String.join(";", wrong));
                }
            }
            case "Exists" -> {
                if (!value.isEmpty()) {
                    errors.invalid(path, value, "value must be empty when `operator` is 'Exists'");
                }
            }
            default -> errors.notSupported(path, operator, OPERATORS);
        }
    }
}
