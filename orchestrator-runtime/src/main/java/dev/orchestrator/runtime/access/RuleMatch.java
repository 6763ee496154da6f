package dev.orchestrator.runtime.access;

import java.util.List;

import dev.orchestrator.api.model.rbac.PolicyRule;

/** Whether a rule allows an action, as Kubernetes reads rules. */
final class RuleMatch {

    static final String ALL = "*";

    private RuleMatch() {}

    static boolean allows(PolicyRule rule, Action action) {
        if (!contains(rule.verbs(), action.verb())) {
            return false;
        }
        return action.isOnResource()
                ? contains(rule.apiGroups(), action.group())
                        && coversResource(rule.resources(), action)
                        && (rule.resourceNames().isEmpty()
                                || rule.resourceNames().contains(action.name()))
                : rule.nonResourceURLs().stream().anyMatch(pattern -> coversPath(pattern, action.path()));
    }

    private static boolean contains(List<String> allowed, String asked) {
        return allowed.contains(ALL) || allowed.contains(asked);
    }

    private static boolean coversResource(List<String> resources, Action action) {
        return resources.contains(ALL)
                || resources.contains(action.fullResource())
                || (!action.subresource().isEmpty() && resources.contains("*/" + action.subresource()));
    }

    /** {@return whether a pattern means a path: the same, or the beginning of it before a star} */
    static boolean coversPath(String pattern, String path) {
        if (pattern.equals(path)) {
            return true;
        }
        int end = pattern.length();
        while (end > 0 && pattern.charAt(end - 1) == '*') {
            end--;
        }
        return end < pattern.length() && path.startsWith(pattern.substring(0, end));
    }
}
