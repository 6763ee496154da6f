package dev.orchestrator.runtime.admission.rbac;

import java.util.List;

import dev.orchestrator.api.model.rbac.PolicyRule;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;

/** The rules of what roles allow: verbs on resources of groups, or on other paths. */
final class PolicyRules {

    private PolicyRules() {}

    /** Where a role applies. */
    enum Reach {
        /** In one namespace. */
        NAMESPACE,
        /** Everywhere. */
        CLUSTER
    }

    static void validate(List<PolicyRule> rules, Reach reach, FieldErrors errors) {
        FieldPath path = FieldPath.of("rules");
        for (int i = 0; i < rules.size(); i++) {
            validate(rules.get(i), reach, path.index(i), errors);
        }
    }

    private static void validate(PolicyRule rule, Reach reach, FieldPath path, FieldErrors errors) {
        if (rule.verbs().isEmpty()) {
            errors.required(path.child("verbs"), "verbs must contain at least one value");
        }
        if (!rule.nonResourceURLs().isEmpty()) {
            FieldPath urls = path.child("nonResourceURLs");
            if (reach == Reach.NAMESPACE) {
                errors.invalid(urls, rule.nonResourceURLs(), "namespaced rules cannot apply to non-resource URLs");
            }
            if (!rule.apiGroups().isEmpty()
                    || !rule.resources().isEmpty()
                    || !rule.resourceNames().isEmpty()) {
                errors.invalid(
                        urls,
                        rule.nonResourceURLs(),
                        "rules cannot apply to both regular resources and non-resource URLs");
            }
            return;
        }
        if (rule.apiGroups().isEmpty()) {
            errors.required(path.child("apiGroups"), "resource rules must supply at least one api group");
        }
        if (rule.resources().isEmpty()) {
            errors.required(path.child("resources"), "resource rules must supply at least one resource");
        }
    }
}
