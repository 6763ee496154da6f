package dev.orchestrator.runtime.admission.workload;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.LabelSelectorRules;
import dev.orchestrator.runtime.admission.pod.PodSpecs;
import org.jspecify.annotations.Nullable;

/**
 * The rules that workloads share: a selector that selects the template's pods, pods that always restart, percentages.
 */
final class Replicated {

    static final FieldPath SPEC = FieldPath.of("spec");
    static final FieldPath STATUS = FieldPath.of("status");

    private static final String NOT_MATCHING = "`selector` does not match template `labels`";
    private static final int ALL = 100;

    private Replicated() {}

    /** A selector that is required, well formed and not empty. */
    static void selector(@Nullable LabelSelector selector, String kind, FieldErrors errors) {
        FieldPath path = SPEC.child("selector");
        if (selector == null) {
            errors.required(path);
            return;
        }
        LabelSelectorRules.validate(selector, path, errors);
        if (LabelSelectorRules.isEmpty(selector)) {
            errors.invalid(path, selector, "empty selector is invalid for " + kind);
        }
    }

    /** A template whose labels the selector selects and whose pods restart for ever. */
    static void template(
            PodTemplateSpec template,
            @Nullable LabelSelector selector,
            String kind,
            PodSpecs specs,
            FieldErrors errors) {
        FieldPath path = SPEC.child("template");
        selectedLabels(template, selector, errors);
        specs.validateTemplate(template, path, errors);
        restartsAlways(template, errors);
        if (template.spec().activeDeadlineSeconds() != null) {
            errors.forbidden(
                    path.child("spec", "activeDeadlineSeconds"),
                    "activeDeadlineSeconds in " + kind + " is not Supported");
        }
    }

    static void selectedLabels(PodTemplateSpec template, @Nullable LabelSelector selector, FieldErrors errors) {
        boolean selects = selector != null && !LabelSelectorRules.isEmpty(selector);
        Map<String, String> labels = template.metadata().labels();
        if (selects && LabelSelectorRules.isUsable(selector) && !LabelSelectorRules.matches(selector, labels)) {
            errors.invalid(SPEC.child("template").child("metadata", "labels"), labels, NOT_MATCHING);
        }
    }

    static void restartsAlways(PodTemplateSpec template, FieldErrors errors) {
        String policy = Zero.text(template.spec().restartPolicy());
        if (!policy.equals("Always")) {
            errors.notSupported(SPEC.child("template").child("spec", "restartPolicy"), policy, List.of("Always"));
        }
    }

    /** A count that is not negative, or a percentage. */
    static void countOrPercent(@Nullable IntOrString value, FieldPath path, FieldErrors errors) {
        if (value == null) {
            return;
        }
        if (value.isNumber()) {
            errors.nonNegative(path, value.number());
        } else {
            List<String> wrong = Names.percent(value.text());
            for (String each : wrong) {
                errors.invalid(path, value, each);
            }
        }
    }

    static void notMoreThanAll(@Nullable IntOrString value, FieldPath path, FieldErrors errors) {
        if (value != null && percent(value) > ALL) {
            errors.invalid(path, value, "must not be greater than 100%");
        }
    }

    private static int percent(IntOrString value) {
        return value.isNumber() ? 0 : value.percent().orElse(0);
    }

    /** {@return the count or the percentage, whichever this is; zero when it is neither} */
    static int countOrPercentOf(@Nullable IntOrString value) {
        if (value == null) {
            return 0;
        }
        return value.isNumber() ? value.number() : percent(value);
    }

    /** Numbers of pods in a status: none negative. */
    static void counts(Map<String, ? extends @Nullable Number> counts, FieldErrors errors) {
        counts.forEach((field, count) -> errors.nonNegative(STATUS.child(field), count));
    }

    static void notAbove(String field, int count, int limit, String than, FieldErrors errors) {
        if (count > limit) {
            errors.invalid(STATUS.child(field), count, "cannot be greater than " + than);
        }
    }

    /** A count of collisions, which only grows. */
    static void collisions(@Nullable Integer old, @Nullable Integer updated, FieldErrors errors) {
        FieldPath path = STATUS.child("collisionCount");
        errors.nonNegative(path, updated);
        boolean decremented = old != null && (updated == null || updated < old);
        if (decremented) {
            errors.invalid(path, updated == null ? 0 : updated, "cannot be decremented");
        }
    }

    /** {@return metadata with labels where it has none} */
    static ObjectMeta labelledLike(ObjectMeta metadata, Map<String, String> labels) {
        return metadata.labels().isEmpty() && !labels.isEmpty()
                ? ObjectMetaBuilder.builder(metadata).labels(labels).build()
                : metadata;
    }
}
