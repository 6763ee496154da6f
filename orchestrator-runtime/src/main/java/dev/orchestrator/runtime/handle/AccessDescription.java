package dev.orchestrator.runtime.handle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.Secret;
import dev.orchestrator.api.model.core.ServiceAccount;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.rbac.PolicyRule;
import dev.orchestrator.api.model.rbac.RoleRef;
import dev.orchestrator.api.model.rbac.Subject;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

/** What {@code describe} says about accounts, what they may do, and what programs are given to read. */
final class AccessDescription {

    private static final String TOKEN = "kubernetes.io/service-account-token";
    private static final String ACCOUNT_NAME = "kubernetes.io/service-account.name";
    private static final String ACCOUNT_UID = "kubernetes.io/service-account.uid";

    private AccessDescription() {}

    private static Sheet head(Sheet sheet, ObjectMeta metadata) {
        return sheet.field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations());
    }

    /** Describes a secret, but for its data: what is described ends up in logs. */
    static void secret(Sheet sheet, Secret secret) {
        head(sheet, secret.metadata()).blank().field("Type", secret.type());
        sheet.blank().line("Data").line("====");
        new TreeMap<>(secret.data()).forEach((name, value) -> sheet.field(name, value.size() + " bytes"));
    }

    static void configMap(Sheet sheet, HandleContext context, ConfigMap map) {
        head(sheet, map.metadata()).blank().line("Data").line("====");
        new TreeMap<>(map.data()).forEach((name, value) -> {
            sheet.line(name + ":").line("----").line(value).blank();
        });
        sheet.blank().line("BinaryData").line("====");
        new TreeMap<>(map.binaryData()).forEach((name, value) -> sheet.line(name + ": " + value.size() + " bytes"));
        sheet.blank();
        EventList.write(sheet, context, map);
    }

    static void serviceAccount(Sheet sheet, HandleContext context, ServiceAccount account) {
        var metadata = account.metadata();
        List<String> tokens = context.store().list(ResourceTypes.SECRET, metadata.namespaceOrEmpty()).stream()
                .filter(secret -> TOKEN.equals(secret.type()) && isOf(secret, metadata))
                .map(secret -> secret.key().name())
                .toList();
        head(sheet, metadata)
                .list(
                        "Image pull secrets",
                        account.imagePullSecrets().stream()
                                .map(each -> found(context, metadata, each.name()))
                                .toList())
                .list(
                        "Mountable secrets",
                        account.secrets().stream()
                                .map(each -> found(context, metadata, each.name()))
                                .toList())
                .list("Tokens", tokens);
        EventList.write(sheet, context, account);
    }

    private static boolean isOf(Secret secret, ObjectMeta account) {
        var annotations = secret.metadata().annotations();
        return account.nameOrEmpty().equals(annotations.get(ACCOUNT_NAME))
                && account.uidOrEmpty().equals(annotations.get(ACCOUNT_UID));
    }

    private static String found(HandleContext context, ObjectMeta account, @Nullable String name) {
        String secret = Phrases.text(name);
        var key = new ObjectKey(account.namespaceOrEmpty(), secret);
        return context.store().find(ResourceTypes.SECRET, key).isPresent() ? secret : secret + " (not found)";
    }

    static void role(Sheet sheet, Resource role, List<PolicyRule> rules) {
        var metadata = role.metadata();
        sheet.field("Name", metadata.nameOrEmpty())
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .section("PolicyRule", () -> {
                    sheet.titles("Resources", "Non-Resource URLs", "Resource Names", "Verbs");
                    compact(rules)
                            .forEach(rule -> sheet.row(
                                    rule.what().qualified(),
                                    bracketed(rule.what().url()),
                                    bracketed(rule.what().name()),
                                    GoText.list(rule.verbs())));
                });
    }

    private static String bracketed(String text) {
        return "[" + text + "]";
    }

    /** One thing that a rule is about; what does not apply is empty. */
    private record Subjected(String group, String resource, String name, String url) {

        /** {@return such as {@code deployments.apps/scale}} */
        String qualified() {
            int slash = resource.indexOf('/');
            String whole = slash < 0 ? resource : resource.substring(0, slash);
            String part = slash < 0 ? "" : resource.substring(slash);
            return whole + (group.isEmpty() ? "" : "." + group) + part;
        }
    }

    /** What may be done to one thing. */
    private record Permission(Subjected what, List<String> verbs) {

        // The order of kubectl, which compares rules as Go prints them: verbs first, then groups, resources and names.
        String order() {
            return GoText.list(verbs)
                    + bracketed(what.group())
                    + bracketed(what.resource())
                    + bracketed(what.name())
                    + bracketed(what.url());
        }
    }

    // A rule about many things is a line for each of them, and rules about one thing are one line.
    private static List<Permission> compact(List<PolicyRule> rules) {
        var verbs = new LinkedHashMap<Subjected, Set<String>>();
        var urls = new ArrayList<Permission>();
        for (PolicyRule rule : rules) {
            for (String url : rule.nonResourceURLs()) {
                rule.verbs().forEach(verb -> urls.add(new Permission(new Subjected("", "", "", url), List.of(verb))));
            }
            for (Subjected what : subjects(rule)) {
                verbs.computeIfAbsent(what, any -> new LinkedHashSet<>()).addAll(rule.verbs());
            }
        }
        verbs.forEach((what, all) -> urls.add(new Permission(what, List.copyOf(all))));
        urls.sort(Comparator.comparing(Permission::order));
        return urls;
    }

    private static List<Subjected> subjects(PolicyRule rule) {
        var subjects = new ArrayList<Subjected>();
        List<String> names = rule.resourceNames().isEmpty() ? List.of("") : rule.resourceNames();
        for (String group : rule.apiGroups()) {
            for (String resource : rule.resources()) {
                names.forEach(name -> subjects.add(new Subjected(group, resource, name, "")));
            }
        }
        return subjects;
    }

    static void binding(Sheet sheet, Resource binding, RoleRef role, List<Subject> subjects) {
        var metadata = binding.metadata();
        sheet.field("Name", metadata.nameOrEmpty())
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .section("Role", () -> sheet.field("Kind", role.kind()).field("Name", role.name()))
                .section("Subjects", () -> {
                    sheet.titles("Kind", "Name", "Namespace");
                    subjects.forEach(subject -> sheet.row(subject.kind(), subject.name(), subject.namespace()));
                });
    }
}
