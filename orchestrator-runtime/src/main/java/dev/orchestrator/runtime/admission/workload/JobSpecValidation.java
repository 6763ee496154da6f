package dev.orchestrator.runtime.admission.workload;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.orchestrator.api.model.batch.JobSpec;
import dev.orchestrator.api.model.batch.PodFailurePolicyOnExitCodesRequirement;
import dev.orchestrator.api.model.batch.PodFailurePolicyOnPodConditionsPattern;
import dev.orchestrator.api.model.batch.PodFailurePolicyRule;
import dev.orchestrator.api.model.batch.SuccessPolicyRule;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.pod.PodSpecs;
import org.jspecify.annotations.Nullable;

/** The rules of the spec of a job, in a job and in the template of a cron job. */
final class JobSpecValidation {

    private static final int MOST_MANAGED_BY = 63;
    private static final int MOST_INDEXED = 100_000;
    private static final int MANY_COMPLETIONS = 100_000;
    private static final int MOST_FOR_MANY = 10_000;
    private static final int MOST_RULES = 20;
    private static final int MOST_EXIT_CODES = 255;
    private static final int MOST_PATTERNS = 20;
    private static final String NOT_INDEXED = "requires indexed completion mode";
    private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");
    private static final List<String> CONDITION_STATUSES = List.of("False", "True", "Unknown");

    private final JobSpec spec;
    private final PodSpecs specs;
    private final FieldErrors errors;

    JobSpecValidation(JobSpec spec, PodSpecs specs, FieldErrors errors) {
        this.spec = spec;
        this.specs = specs;
        this.errors = errors;
    }

    void validate(FieldPath path) {
        errors.nonNegative(path.child("parallelism"), spec.parallelism());
        errors.nonNegative(path.child("completions"), spec.completions());
        errors.nonNegative(path.child("activeDeadlineSeconds"), spec.activeDeadlineSeconds());
        errors.nonNegative(path.child("backoffLimit"), spec.backoffLimit());
        errors.nonNegative(path.child("ttlSecondsAfterFinished"), spec.ttlSecondsAfterFinished());
        errors.nonNegative(path.child("backoffLimitPerIndex"), spec.backoffLimitPerIndex());
        errors.nonNegative(path.child("maxFailedIndexes"), spec.maxFailedIndexes());
        if (spec.maxFailedIndexes() != null && spec.backoffLimitPerIndex() == null) {
            errors.required(path.child("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
        }
        managedBy(path.child("managedBy"));
        errors.supported(path.child("completionMode"), spec.completionMode(), List.of("NonIndexed", "Indexed"));
        if (isIndexed()) {
            indexed(path);
        } else {
            notIndexed(path);
        }
        failurePolicy(path.child("podFailurePolicy"));
        successPolicy(path.child("successPolicy"));
        replacementPolicy(path.child("podReplacementPolicy"));
        specs.validateTemplate(spec.template(), path.child("template"), errors);
        restartPolicy(path.child("template").child("spec", "restartPolicy"));
    }

    private boolean isIndexed() {
        return "Indexed".equals(spec.completionMode());
    }

    private void managedBy(FieldPath path) {
        String manager = spec.managedBy();
        if (manager == null) {
            return;
        }
        int slash = manager.indexOf('/');
        if (manager.isEmpty()) {
            errors.required(path);
        } else if (slash <= 0 || slash == manager.length() - 1) {
            errors.invalid(path, manager, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        } else {
            String host = manager.substring(0, slash);
            errors.invalid(path, host, Names.dnsSubdomain(host));
        }
        if (manager.length() > MOST_MANAGED_BY) {
            errors.tooLong(path, MOST_MANAGED_BY);
        }
    }

    private void indexed(FieldPath path) {
        Integer completions = spec.completions();
        Integer parallelism = spec.parallelism();
        Integer failures = spec.maxFailedIndexes();
        if (completions == null) {
            errors.required(path.child("completions"), "when completion mode is Indexed");
        }
        most(
                path.child("parallelism"),
                parallelism,
                MOST_INDEXED,
                "must be less than or equal to 100000 when completion mode is Indexed");
        if (completions != null) {
            most(path.child("maxFailedIndexes"), failures, completions, "must be less than or equal to completions");
        }
        most(path.child("maxFailedIndexes"), failures, MOST_INDEXED, "must be less than or equal to 100000");
        if (completions == null || completions <= MANY_COMPLETIONS || spec.backoffLimitPerIndex() == null) {
            return;
        }
        if (failures == null) {
            errors.required(path.child("maxFailedIndexes"), "must be specified when completions is above 100000");
        }
        String many =
                "must be less than or equal to 10000 when completions are above 100000 and used with backoff limit"
                        + " per index";
        most(path.child("parallelism"), parallelism, MOST_FOR_MANY, many);
        most(path.child("maxFailedIndexes"), failures, MOST_FOR_MANY, many);
    }

    private void most(FieldPath path, @Nullable Integer value, int most, String otherwise) {
        if (value != null && value > most) {
            errors.invalid(path, value, otherwise);
        }
    }

    private void notIndexed(FieldPath path) {
        if (spec.backoffLimitPerIndex() != null) {
            errors.invalid(path.child("backoffLimitPerIndex"), spec.backoffLimitPerIndex(), NOT_INDEXED);
        }
        if (spec.maxFailedIndexes() != null) {
            errors.invalid(path.child("maxFailedIndexes"), spec.maxFailedIndexes(), NOT_INDEXED);
        }
    }

    private void failurePolicy(FieldPath path) {
        if (spec.podFailurePolicy() == null) {
            return;
        }
        List<PodFailurePolicyRule> rules = spec.podFailurePolicy().rules();
        if (rules.size() > MOST_RULES) {
            errors.tooMany(path.child("rules"), rules.size(), MOST_RULES);
        }
        for (int i = 0; i < rules.size(); i++) {
            failureRule(rules.get(i), path.child("rules").index(i));
        }
    }

    private void failureRule(PodFailurePolicyRule rule, FieldPath path) {
        FieldPath action = path.child("action");
        if (rule.action().isEmpty()) {
            errors.required(action, "valid values: " + listed(ACTIONS));
        } else if (rule.action().equals("FailIndex") && spec.backoffLimitPerIndex() == null) {
            errors.invalid(action, rule.action(), "requires the backoffLimitPerIndex to be set");
        } else {
            errors.supported(action, rule.action(), ACTIONS);
        }
        if (rule.onExitCodes() != null) {
            exitCodes(rule.onExitCodes(), path.child("onExitCodes"));
        }
        conditions(rule.onPodConditions(), path.child("onPodConditions"));
        if (rule.onExitCodes() != null && !rule.onPodConditions().isEmpty()) {
            errors.invalidWhole(path, "specifying both OnExitCodes and OnPodConditions is not supported");
        }
        if (rule.onExitCodes() == null && rule.onPodConditions().isEmpty()) {
            errors.invalidWhole(path, "specifying one of OnExitCodes and OnPodConditions is required");
        }
    }

    private static String listed(List<String> values) {
        return "[\"" + String.join("\" \"", values) + "\"]";
    }

    private void exitCodes(PodFailurePolicyOnExitCodesRequirement codes, FieldPath path) {
        List<String> operators = List.of("In", "NotIn");
        if (codes.operator().isEmpty()) {
            errors.required(path.child("operator"), "valid values: " + listed(operators));
        } else {
            errors.supported(path.child("operator"), codes.operator(), operators);
        }
        String container = codes.containerName();
        boolean known = container == null
                || spec.template().spec().containers().stream()
                        .anyMatch(each -> each.name().equals(container))
                || spec.template().spec().initContainers().stream()
                        .anyMatch(each -> each.name().equals(container));
        if (!known) {
            errors.invalid(
                    path.child("containerName"),
                    container,
                    "must be one of the container or initContainer names in the pod template");
        }
        values(codes, path.child("values"));
    }

    private void values(PodFailurePolicyOnExitCodesRequirement codes, FieldPath path) {
        List<Integer> values = codes.values();
        if (values.isEmpty()) {
            errors.invalid(path, values, "at least one value is required");
        } else if (values.size() > MOST_EXIT_CODES) {
            errors.tooMany(path, values.size(), MOST_EXIT_CODES);
        }
        Set<Integer> seen = new HashSet<>();
        boolean ordered = true;
        for (int i = 0; i < values.size(); i++) {
            Integer value = values.get(i);
            if (codes.operator().equals("In") && value == 0) {
                errors.invalid(path.index(i), value, "must not be 0 for the In operator");
            }
            if (!seen.add(value)) {
                errors.duplicate(path.index(i), value);
            }
            ordered &= i == 0 || values.get(i - 1) <= value;
        }
        if (!ordered) {
            errors.invalid(path, values, "must be ordered");
        }
    }

    private void conditions(List<PodFailurePolicyOnPodConditionsPattern> patterns, FieldPath path) {
        if (patterns.size() > MOST_PATTERNS) {
            errors.tooMany(path, patterns.size(), MOST_PATTERNS);
        }
        for (int i = 0; i < patterns.size(); i++) {
            PodFailurePolicyOnPodConditionsPattern pattern = patterns.get(i);
            FieldPath each = path.index(i);
            errors.invalid(each.child("type"), pattern.type(), Names.qualifiedName(pattern.type()));
            if (Zero.isEmpty(pattern.status())) {
                errors.required(each.child("status"), "valid values: " + listed(CONDITION_STATUSES));
            } else {
                errors.supported(each.child("status"), pattern.status(), CONDITION_STATUSES);
            }
        }
    }

    private void successPolicy(FieldPath path) {
        if (spec.successPolicy() == null) {
            return;
        }
        if (!isIndexed()) {
            errors.invalid(path, spec.successPolicy(), NOT_INDEXED);
            return;
        }
        List<SuccessPolicyRule> rules = spec.successPolicy().rules();
        if (rules.isEmpty()) {
            errors.required(
                    path.child("rules"), "at least one rules must be specified when the successPolicy is specified");
        }
        if (rules.size() > MOST_RULES) {
            errors.tooMany(path.child("rules"), rules.size(), MOST_RULES);
        }
        for (int i = 0; i < rules.size(); i++) {
            successRule(rules.get(i), path.child("rules").index(i));
        }
    }

    private void successRule(SuccessPolicyRule rule, FieldPath path) {
        if (rule.succeededCount() == null && rule.succeededIndexes() == null) {
            errors.required(path, "at least one of succeededCount or succeededIndexes must be specified");
        }
        int completions = spec.completions() == null ? 0 : spec.completions();
        int indexes = Integer.MAX_VALUE;
        if (rule.succeededIndexes() != null) {
            try {
                indexes = IndexIntervals.count(rule.succeededIndexes(), completions);
            } catch (IllegalArgumentException malformed) {
                indexes = 0;
                errors.invalid(
                        path.child("succeededIndexes"),
                        rule.succeededIndexes(),
                        "error parsing succeededIndexes: " + malformed.getMessage());
            }
        }
        FieldPath count = path.child("succeededCount");
        errors.nonNegative(count, rule.succeededCount());
        most(
                count,
                rule.succeededCount(),
                completions,
                "must be less than or equal to " + completions + " (the number of specified completions)");
        most(
                count,
                rule.succeededCount(),
                indexes,
                "must be less than or equal to " + indexes
                        + " (the number of indexes in the specified succeededIndexes field)");
    }

    private void replacementPolicy(FieldPath path) {
        List<String> supported =
                spec.podFailurePolicy() == null ? List.of("Failed", "TerminatingOrFailed") : List.of("Failed");
        errors.supported(path, spec.podReplacementPolicy(), supported);
    }

    private void restartPolicy(FieldPath path) {
        String policy = Zero.text(spec.template().spec().restartPolicy());
        switch (policy) {
            case "", "Always" -> errors.required(path, "valid values: \"OnFailure\", \"Never\"");
            case "OnFailure" -> {
                if (spec.podFailurePolicy() != null) {
                    errors.invalid(path, policy, "only \"Never\" is supported when podFailurePolicy is specified");
                }
            }
            case "Never" -> {}
            default -> errors.notSupported(path, policy, List.of("OnFailure", "Never"));
        }
    }
}
