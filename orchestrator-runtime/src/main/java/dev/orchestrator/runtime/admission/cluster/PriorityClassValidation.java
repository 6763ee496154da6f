package dev.orchestrator.runtime.admission.cluster;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.scheduling.PriorityClass;
import dev.orchestrator.api.model.scheduling.PriorityClassBuilder;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.Validator;

/** Defaults and rules of priority classes: their value never changes, and the highest are the system's. */
final class PriorityClassValidation implements Validator<PriorityClass> {

    private static final FieldPath VALUE = FieldPath.of("value");
    private static final FieldPath PREEMPTION = FieldPath.of("preemptionPolicy");
    private static final List<String> PREEMPTION_POLICIES = List.of("PreemptLowerPriority", "Never");
    private static final String SYSTEM_PREFIX = "system-";
    private static final long HIGHEST_OF_USERS = 1_000_000_000;
    private static final Map<String, Long> SYSTEM =
            Map.of("system-node-critical", 2_000_001_000L, "system-cluster-critical", 2_000_000_000L);

    static PriorityClass withDefaults(PriorityClass given) {
        return given.preemptionPolicy() != null
                ? given
                : PriorityClassBuilder.builder(given)
                        .preemptionPolicy("PreemptLowerPriority")
                        .build();
    }

    @Override
    public void validateCreate(PriorityClass priority, FieldErrors errors) {
        String name = priority.metadata().nameOrEmpty();
        if (name.startsWith(SYSTEM_PREFIX)) {
            system(name, priority, errors);
        } else if (Zero.number(priority.value()) > HIGHEST_OF_USERS) {
            errors.forbidden(VALUE, "maximum allowed value of a user defined priority is " + HIGHEST_OF_USERS);
        }
        if (priority.preemptionPolicy() != null) {
            errors.oneOf(PREEMPTION, priority.preemptionPolicy(), PREEMPTION_POLICIES);
        }
    }

    private static void system(String name, PriorityClass priority, FieldErrors errors) {
        Long value = SYSTEM.get(name);
        String wrong;
        if (value == null) {
            wrong = name + " is not a known system priority class";
        } else if (value != Zero.number(priority.value())) {
            wrong = "value of " + name + " PriorityClass must be " + value;
        } else if (priority.globalDefault()) {
            wrong = "globalDefault of " + name + " PriorityClass must be false";
        } else {
            return;
        }
        errors.forbidden(
                FieldPath.of("metadata").child("name"),
                "priority class names with '" + SYSTEM_PREFIX + "' prefix are reserved for system use only. error: "
                        + wrong);
    }

    @Override
    public void validateUpdate(PriorityClass old, PriorityClass updated, FieldErrors errors) {
        if (Zero.number(old.value()) != Zero.number(updated.value())) {
            errors.forbidden(VALUE, "may not be changed in an update.");
        }
        errors.immutable(PREEMPTION, updated.preemptionPolicy(), old.preemptionPolicy());
    }
}
