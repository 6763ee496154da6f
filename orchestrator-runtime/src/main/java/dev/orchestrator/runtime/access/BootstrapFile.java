package dev.orchestrator.runtime.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.meta.LabelSelectorBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.rbac.AggregationRule;
import dev.orchestrator.api.model.rbac.ClusterRole;
import dev.orchestrator.api.model.rbac.ClusterRoleBinding;
import dev.orchestrator.api.model.rbac.PolicyRule;
import dev.orchestrator.api.model.rbac.RoleRef;
import dev.orchestrator.api.model.rbac.Subject;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * The roles and bindings that a cluster has from its first moment, read from a file beside this class.
 *
 * @param roles the roles, those that gather others last
 * @param bindings the bindings
 */
record BootstrapFile(List<ClusterRole> roles, List<ClusterRoleBinding> bindings) {

    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final String LABEL_PREFIX = GROUP + "/";
    private static final List<String> READ = List.of("get", "list", "watch");
    private static final List<String> WRITE = List.of("create", "delete", "deletecollection", "patch", "update");
    private static final List<String> BOTH =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    /** A role while its rules are being read. */
    private record Draft(
            String name, List<String> labels, @Nullable String gathers, List<PolicyRule> rules) {

        ClusterRole role() {
            AggregationRule aggregation = gathers == null
                    ? null
                    : new AggregationRule(List.of(LabelSelectorBuilder.builder()
                            .matchLabels(Map.of(LABEL_PREFIX + gathers, "true"))
                            .build()));
            return new ClusterRole(aggregation, metadata(name, labels), rules);
        }
    }

    static BootstrapFile read() {
        try (InputStream file =
                requireNonNull(BootstrapFile.class.getResourceAsStream("bootstrap-roles.txt"), "bootstrap-roles.txt")) {
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static BootstrapFile parse(String text) {
        var drafts = new ArrayList<Draft>();
        var bindings = new ArrayList<ClusterRoleBinding>();
        for (String line : text.lines().filter(each -> !each.startsWith("#")).toList()) {
            String[] words = line.strip().split(" ", -1);
            switch (words[0]) {
                case "role" -> drafts.add(draft(words));
                case "binding" -> bindings.add(binding(words));
                default -> drafts.getLast().rules().add(rule(words));
            }
        }
        var roles = new ArrayList<ClusterRole>();
        drafts.stream()
                .filter(draft -> draft.gathers() == null)
                .map(Draft::role)
                .forEach(roles::add);
        // The other way round than in the file: view is gathered by edit, and edit by admin.
        drafts.reversed().stream()
                .filter(draft -> draft.gathers() != null)
                .map(Draft::role)
                .forEach(roles::add);
        return new BootstrapFile(roles, bindings);
    }

    private static Draft draft(String[] words) {
        var labels = new ArrayList<String>();
        String gathers = null;
        for (int i = 2; i < words.length; i += 2) {
            if (words[i].equals("<-")) {
                gathers = words[i + 1];
            } else {
                labels.add(words[i + 1]);
            }
        }
        return new Draft(words[1], labels, gathers, new ArrayList<>());
    }

    private static PolicyRule rule(String[] words) {
        List<String> verbs = switch (words[0]) {
            case "read" -> READ;
            case "write" -> WRITE;
            case "all" -> BOTH;
            default -> list(words[0]);
        };
        if (words[1].equals("url")) {
            return new PolicyRule(List.of(), list(words[2]), List.of(), List.of(), verbs);
        }
        List<String> groups = list(words[1]).stream()
                .map(group -> group.equals("core") ? "" : group)
                .toList();
        List<String> names = words.length > 4 ? list(words[4]) : List.of();
        return new PolicyRule(groups, List.of(), names, list(words[2]), verbs);
    }

    private static List<String> list(String word) {
        return List.of(word.split(",", -1));
    }

    private static ClusterRoleBinding binding(String[] words) {
        var subjects = new ArrayList<Subject>();
        for (int i = 2; i < words.length; i += 2) {
            String name = words[i + 1];
            subjects.add(
                    switch (words[i]) {
                        case "group" -> new Subject(GROUP, "Group", name, null);
                        case "user" -> new Subject(GROUP, "User", name, null);
                        default -> {
                            int slash = name.indexOf('/');
                            yield new Subject(
                                    null, "ServiceAccount", name.substring(slash + 1), name.substring(0, slash));
                        }
                    });
        }
        return new ClusterRoleBinding(
                metadata(words[1], List.of()), new RoleRef(GROUP, "ClusterRole", words[1]), subjects);
    }

    private static ObjectMeta metadata(String name, List<String> labels) {
        var all = new LinkedHashMap<String, String>();
        all.put("kubernetes.io/bootstrapping", "rbac-defaults");
        labels.forEach(label -> all.put(LABEL_PREFIX + label, "true"));
        return ObjectMetaBuilder.builder()
                .name(name)
                .labels(all)
                .annotations(Map.of(BootstrapRoles.AUTOUPDATE, "true"))
                .build();
    }
}
