package dev.orchestrator.runtime.controller.customresource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionCondition;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionConditionBuilder;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionNames;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionNamesBuilder;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionStatus;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionStatusBuilder;
import dev.orchestrator.runtime.custom.CustomTypes;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

/** Which names a definition gets, and what it says about itself. */
final class DefinitionStatus {

    private static final String NAMES_ACCEPTED = "NamesAccepted";

    private final Set<String> takenResources = new HashSet<>();
    private final Set<String> takenKinds = new HashSet<>();
    private String reason = "";
    private String message = "";

    private DefinitionStatus(List<CustomResourceDefinition> others) {
        for (CustomResourceDefinition other : others) {
            CustomResourceDefinitionNames names = other.status().acceptedNames();
            takenResources.add(names.plural());
            takenResources.add(String.valueOf(names.singular()));
            takenResources.addAll(names.shortNames());
            takenKinds.add(names.kind());
            takenKinds.add(String.valueOf(names.listKind()));
        }
    }

    /**
     * {@return the status of a definition; an equal one when nothing has changed}
     *
     * @param others the other definitions of its group
     */
    static CustomResourceDefinitionStatus of(
            CustomResourceDefinition definition, List<CustomResourceDefinition> others, Instant now) {
        var choice = new DefinitionStatus(others);
        CustomResourceDefinitionNames accepted =
                choice.accepted(definition.spec().names(), definition.status().acceptedNames());
        boolean areAccepted = choice.reason.isEmpty();
        CustomResourceDefinitionStatus named = with(
                CustomResourceDefinitionStatusBuilder.builder(definition.status())
                        .acceptedNames(accepted)
                        .build(),
                condition(
                        NAMES_ACCEPTED,
                        areAccepted,
                        areAccepted ? "NoConflicts" : choice.reason,
                        areAccepted ? "no conflicts found" : choice.message,
                        now));
        if (definition.is(CustomTypes.ESTABLISHED)) {
            return named;
        }
        return with(
                named,
                areAccepted
                        ? condition(
                                CustomTypes.ESTABLISHED,
                                true,
                                "InitialNamesAccepted",
                                "the initial names have been accepted",
                                now)
                        : condition(CustomTypes.ESTABLISHED, false, "NotAccepted", "not all names are accepted", now));
    }

    /** {@return the status of a definition with what it says about the end of its objects} */
    static CustomResourceDefinitionStatus terminating(
            CustomResourceDefinition definition, boolean value, String reason, String message, Instant now) {
        return with(definition.status(), condition(CustomTypes.TERMINATING, value, reason, message, now));
    }

    private CustomResourceDefinitionNames accepted(
            CustomResourceDefinitionNames wanted, CustomResourceDefinitionNames had) {
        var names = CustomResourceDefinitionNamesBuilder.builder(had).categories(wanted.categories());
        if (isFree("PluralConflict", wanted.plural(), had.plural(), takenResources)) {
            names.plural(wanted.plural());
        }
        if (isFree("SingularConflict", wanted.singular(), had.singular(), takenResources)) {
            names.singular(wanted.singular());
        }
        var areFree = true;
        for (String name : wanted.shortNames()) {
            areFree &= had.shortNames().contains(name) || isFree("ShortNamesConflict", name, "", takenResources);
        }
        if (areFree) {
            names.shortNames(wanted.shortNames());
        }
        if (isFree("KindConflict", wanted.kind(), had.kind(), takenKinds)) {
            names.kind(wanted.kind());
        }
        if (isFree("ListKindConflict", wanted.listKind(), had.listKind(), takenKinds)) {
            names.listKind(wanted.listKind());
        }
        return names.build();
    }

    private boolean isFree(String conflict, @Nullable String wanted, @Nullable String had, Set<String> taken) {
        String name = String.valueOf(wanted);
        if (name.equals(had) || !taken.contains(name)) {
            return true;
        }
        reason = conflict;
        message = GoText.quote(name) + " is already in use";
        return false;
    }

    private static CustomResourceDefinitionCondition condition(
            String type, boolean value, String reason, String message, Instant now) {
        return CustomResourceDefinitionConditionBuilder.builder()
                .type(type)
                .status(value ? "True" : "False")
                .reason(reason)
                .message(message)
                .lastTransitionTime(now)
                .build();
    }

    /** {@return a status with a condition; its time stays when its value does} */
    private static CustomResourceDefinitionStatus with(
            CustomResourceDefinitionStatus status, CustomResourceDefinitionCondition wanted) {
        List<CustomResourceDefinitionCondition> conditions = new ArrayList<>(status.conditions());
        for (int i = 0; i < conditions.size(); i++) {
            CustomResourceDefinitionCondition old = conditions.get(i);
            if (old.type().equals(wanted.type())) {
                conditions.set(
                        i,
                        old.status().equals(wanted.status())
                                ? CustomResourceDefinitionConditionBuilder.builder(wanted)
                                        .lastTransitionTime(old.lastTransitionTime())
                                        .build()
                                : wanted);
                return build(status, conditions);
            }
        }
        conditions.add(wanted);
        return build(status, conditions);
    }

    private static CustomResourceDefinitionStatus build(
            CustomResourceDefinitionStatus status, List<CustomResourceDefinitionCondition> conditions) {
        return CustomResourceDefinitionStatusBuilder.builder(status)
                .conditions(conditions)
                .build();
    }
}
