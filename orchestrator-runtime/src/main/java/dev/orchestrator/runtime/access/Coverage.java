package dev.orchestrator.runtime.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import dev.orchestrator.api.model.rbac.PolicyRule;
import dev.orchestrator.runtime.text.GoText;

/** Whether rules allow all that other rules do: what somebody grants must be covered by what he may do. */
final class Coverage {

    private Coverage() {}

    /** {@return what is asked for and not held, in the smallest pieces} */
    static List<PolicyRule> missing(List<PolicyRule> held, List<PolicyRule> asked) {
        var missing = new ArrayList<PolicyRule>();
        for (PolicyRule rule : asked) {
            for (PolicyRule piece : pieces(rule)) {
                if (held.stream().noneMatch(one -> covers(one, piece))) {
                    missing.add(piece);
                }
            }
        }
        return missing;
    }

    private static List<PolicyRule> pieces(PolicyRule rule) {
        var pieces = new ArrayList<PolicyRule>();
        for (String group : rule.apiGroups()) {
            for (String resource : rule.resources()) {
                for (String verb : rule.verbs()) {
                    piecesByName(rule.resourceNames(), group, resource, verb, pieces);
                }
            }
        }
        for (String url : rule.nonResourceURLs()) {
            for (String verb : rule.verbs()) {
                pieces.add(new PolicyRule(List.of(), List.of(url), List.of(), List.of(), List.of(verb)));
            }
        }
        return pieces;
    }

    private static void piecesByName(
            List<String> names, String group, String resource, String verb, List<PolicyRule> pieces) {
        if (names.isEmpty()) {
            pieces.add(onResource(group, resource, List.of(), verb));
        }
        for (String name : names) {
            pieces.add(onResource(group, resource, List.of(name), verb));
        }
    }

    private static PolicyRule onResource(String group, String resource, List<String> names, String verb) {
        return new PolicyRule(List.of(group), List.of(), names, List.of(resource), List.of(verb));
    }

    private static boolean covers(PolicyRule held, PolicyRule piece) {
        return containsAll(held.verbs(), piece.verbs())
                && containsAll(held.apiGroups(), piece.apiGroups())
                && coversResources(held.resources(), piece.resources())
                && coversUrls(held.nonResourceURLs(), piece.nonResourceURLs())
                && coversNames(held.resourceNames(), piece.resourceNames());
    }

    private static boolean containsAll(List<String> held, List<String> asked) {
        return held.contains(RuleMatch.ALL) || held.containsAll(asked);
    }

    private static boolean coversResources(List<String> held, List<String> asked) {
        return held.contains(RuleMatch.ALL)
                || asked.stream().allMatch(resource -> {
                    int slash = resource.indexOf('/');
                    return held.contains(resource)
                            || (slash >= 0 && held.contains("*/" + resource.substring(slash + 1)));
                });
    }

    private static boolean coversUrls(List<String> held, List<String> asked) {
        return asked.stream().allMatch(url -> held.stream().anyMatch(pattern -> RuleMatch.coversPath(pattern, url)));
    }

    private static boolean coversNames(List<String> held, List<String> asked) {
        return held.isEmpty() || (!asked.isEmpty() && held.containsAll(asked));
    }

    /** {@return rules in the order and form in which Kubernetes complains about them, one a line} */
    static String text(List<PolicyRule> rules) {
        var lines = new TreeSet<String>();
        compacted(rules).forEach(rule -> lines.add(line(rule)));
        return String.join("\n", lines);
    }

    // Those that differ in nothing but the verb become one.
    private static List<PolicyRule> compacted(List<PolicyRule> rules) {
        var verbs = new LinkedHashMap<PolicyRule, LinkedHashSet<String>>();
        var others = new ArrayList<PolicyRule>();
        for (PolicyRule rule : rules) {
            if (rule.nonResourceURLs().isEmpty()) {
                verbs.computeIfAbsent(withVerbs(rule, List.of()), first -> new LinkedHashSet<>())
                        .addAll(rule.verbs());
            } else {
                others.add(rule);
            }
        }
        for (Map.Entry<PolicyRule, LinkedHashSet<String>> rule : verbs.entrySet()) {
            others.add(withVerbs(rule.getKey(), List.copyOf(rule.getValue())));
        }
        return others;
    }

    private static PolicyRule withVerbs(PolicyRule rule, List<String> verbs) {
        return new PolicyRule(rule.apiGroups(), rule.nonResourceURLs(), rule.resourceNames(), rule.resources(), verbs);
    }

    private static String line(PolicyRule rule) {
        var parts = new ArrayList<String>();
        add(parts, "APIGroups", rule.apiGroups());
        add(parts, "Resources", rule.resources());
        add(parts, "NonResourceURLs", rule.nonResourceURLs());
        add(parts, "ResourceNames", rule.resourceNames());
        add(parts, "Verbs", rule.verbs());
        return "{" + String.join(", ", parts) + "}";
    }

    private static void add(List<String> parts, String name, List<String> values) {
        if (!values.isEmpty()) {
            parts.add(
                    name + ":" + GoText.list(values.stream().map(GoText::quote).toList()));
        }
    }
}
