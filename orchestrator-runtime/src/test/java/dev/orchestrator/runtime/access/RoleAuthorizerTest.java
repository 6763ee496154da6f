package dev.orchestrator.runtime.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.LabelSelectorBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.rbac.AggregationRule;
import dev.orchestrator.api.model.rbac.ClusterRole;
import dev.orchestrator.api.model.rbac.ClusterRoleBinding;
import dev.orchestrator.api.model.rbac.PolicyRule;
import dev.orchestrator.api.model.rbac.Role;
import dev.orchestrator.api.model.rbac.RoleBinding;
import dev.orchestrator.api.model.rbac.RoleRef;
import dev.orchestrator.api.model.rbac.Subject;
import dev.orchestrator.runtime.store.AdmitsEverything;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.store.WriteRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RoleAuthorizerTest {

    private static final WriteRequest TEST = WriteRequest.by("test");
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final User JANE = User.authenticated("jane", List.of("dev"));
    private static final User BUILDER = User.ofAccount(new ObjectKey("shop", "builder"), "u", Map.of());

    /** Remembers few changes, so that the index falls behind. */
    private final ObjectStore store = new ObjectStore(
            new ManualClock(), new AdmitsEverything(), StoreOptions.defaults().withHistory(64));

    private final Authorizer authorizer = Authorizer.ofRoles(store);

    @AfterEach
    void close() {
        store.close();
    }

    private static ObjectMeta named(String namespace, String name) {
        return ObjectMetaBuilder.builder()
                .name(name)
                .namespace(namespace.isEmpty() ? null : namespace)
                .build();
    }

    private static PolicyRule rule(String verbs, String groups, String resources, String names) {
        return new PolicyRule(list(groups), List.of(), list(names), list(resources), list(verbs));
    }

    private static PolicyRule urls(String verbs, String urls) {
        return new PolicyRule(List.of(), list(urls), List.of(), List.of(), list(verbs));
    }

    private static List<String> list(String words) {
        return words.equals("-")
                ? List.of()
                : List.of(words.split(" ", -1)).stream()
                        .map(word -> word.equals("core") ? "" : word)
                        .toList();
    }

    private static Subject user(String name) {
        return new Subject(RBAC, "User", name, null);
    }

    private static Subject group(String name) {
        return new Subject(RBAC, "Group", name, null);
    }

    private static Subject account(String namespace, String name) {
        return new Subject(null, "ServiceAccount", name, namespace.isEmpty() ? null : namespace);
    }

    private void clusterRole(String name, PolicyRule... rules) {
        store.create(new ClusterRole(null, named("", name), List.of(rules)), TEST);
    }

    private void role(String namespace, String name, PolicyRule... rules) {
        store.create(new Role(named(namespace, name), List.of(rules)), TEST);
    }

    private void bindAll(String name, String role, Subject... subjects) {
        store.create(
                new ClusterRoleBinding(named("", name), new RoleRef(RBAC, "ClusterRole", role), List.of(subjects)),
                TEST);
    }

    private void bind(String namespace, String name, String kind, String role, Subject... subjects) {
        store.create(new RoleBinding(named(namespace, name), new RoleRef(RBAC, kind, role), List.of(subjects)), TEST);
    }

    private boolean may(User user, String verb, String resource, String namespace) {
        return authorizer
                .decide(user, Action.on(verb, "", resource, namespace, ""))
                .allowed();
    }

    private <R extends Resource> void delete(ResourceType<R> type, String namespace, String name) {
        store.delete(
                type,
                namespace.isEmpty() ? ObjectKey.cluster(name) : new ObjectKey(namespace, name),
                DeleteOptionsBuilder.builder().build(),
                TEST);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "get,    core, pods,             p,  true",
        "list,   core, pods,             '', true",
        "delete, core, pods,             p,  false",
        "get,    apps, pods,             p,  false",
        "get,    core, pods/log,         p,  false",
        "get,    core, configmaps,       a,  true",
        "get,    core, configmaps,       b,  false",
        "list,   core, configmaps,       '', false",
        "get,    apps, deployments/scale, d, true",
        "get,    apps, deployments,      d,  false",
        "patch,  x.io, anything,         n,  true",
        "patch,  x.io, anything/part,    n,  true",
        "get,    core, services/status,  s,  true",
        "get,    core, nodes/status,     s,  false",
    })
    void rulesAreReadAsKubernetesDoes(String verb, String group, String resource, String name, boolean allowed) {
        clusterRole(
                "r",
                rule("get list", "core", "pods", "-"),
                rule("get", "core", "configmaps", "a"),
                rule("get", "apps", "*/scale", "-"),
                rule("*", "x.io", "*", "-"),
                rule("get", "*", "services/status", "-"));
        bindAll("b", "r", user("jane"));
        String[] parts = resource.split("/", -1);

        Decision decision = authorizer.decide(
                JANE,
                new Action(
                        verb,
                        group.equals("core") ? "" : group,
                        parts[0],
                        parts.length > 1 ? parts[1] : "",
                        "shop",
                        name,
                        ""));

        assertThat(decision.allowed()).isEqualTo(allowed);
        assertThat(decision.reason())
                .isEqualTo(
                        allowed
                                ? "RBAC: allowed by ClusterRoleBinding \"b\" of ClusterRole \"r\" to User \"jane\""
                                : "");
    }

    @Test
    void pathsAreMatchedByTheirBeginning() {
        clusterRole("r", urls("get", "/healthz /logs/*"));
        bindAll("b", "r", group("dev"));

        for (String path : List.of("/healthz", "/logs/", "/logs/a/b")) {
            assertThat(authorizer.decide(JANE, Action.onPath("get", path)).allowed())
                    .as(path)
                    .isTrue();
        }
        for (String path : List.of("/healthz/ping", "/logs", "/")) {
            assertThat(authorizer.decide(JANE, Action.onPath("get", path)).allowed())
                    .as(path)
                    .isFalse();
        }
        assertThat(authorizer.decide(JANE, Action.onPath("post", "/healthz")).allowed())
                .isFalse();
    }

    @Test
    void aBindingCountsInItsNamespaceOnly() {
        clusterRole("reader", rule("get", "core", "pods", "-"));
        role("shop", "writer", rule("create", "core", "pods", "-"));
        bind("shop", "b1", "ClusterRole", "reader", user("jane"));
        bind("shop", "b2", "Role", "writer", account("", "builder"));
        bind("farm", "b3", "Role", "writer", user("jane"));

        assertThat(may(JANE, "get", "pods", "shop")).isTrue();
        assertThat(may(JANE, "get", "pods", "farm")).isFalse();
        assertThat(may(JANE, "get", "pods", "")).isFalse();
        assertThat(may(BUILDER, "create", "pods", "shop")).isTrue();
        assertThat(may(BUILDER, "get", "pods", "shop")).isFalse();
        assertThat(authorizer
                        .decide(BUILDER, Action.on("create", "", "pods", "shop", ""))
                        .reason())
                .isEqualTo("RBAC: allowed by RoleBinding \"b2/shop\" of Role \"writer\" to ServiceAccount"
                        + " \"builder/shop\"");
        assertThat(authorizer
                        .decide(JANE, Action.on("create", "", "pods", "farm", ""))
                        .reason())
                .isEqualTo("RBAC: role.rbac.authorization.k8s.io \"writer\" not found");
    }

    @Test
    void whatIsStoredCountsAtOnceAndUntilItIsGone() {
        assertThat(may(JANE, "get", "pods", "shop")).isFalse();
        bind("shop", "b", "Role", "r", user("jane"));
        assertThat(may(JANE, "get", "pods", "shop")).isFalse();
        role("shop", "r", rule("get", "core", "pods", "-"));
        assertThat(may(JANE, "get", "pods", "shop")).isTrue();
        for (int i = 0; i < 200; i++) { // more than is remembered
            bindAll("other-" + i, "none", user("joe-" + i));
        }
        assertThat(may(JANE, "get", "pods", "shop")).isTrue();
        store.edit(
                ResourceTypes.ROLE_BINDING,
                new ObjectKey("shop", "b"),
                TEST,
                binding -> new RoleBinding(binding.metadata(), binding.roleRef(), List.of(group("ops"))));
        assertThat(may(JANE, "get", "pods", "shop")).isFalse();
        bindAll("all", "none", user("jane"));
        delete(ResourceTypes.ROLE_BINDING, "shop", "b");
        assertThat(may(User.authenticated("x", List.of("ops")), "get", "pods", "shop"))
                .isFalse();
    }

    @Test
    void mastersNeedNoRole() {
        User master = User.authenticated("root", List.of(User.MASTERS));

        assertThat(authorizer.decide(master, Action.on("any", "x", "y", "", "z")))
                .isEqualTo(Decision.ALLOWED);
        authorizer.checkGrant(master, null, new ClusterRole(null, named("", "r"), List.of(rule("*", "*", "*", "-"))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void decidesAsANaiveReferenceDoes(long seed) {
        var random = new Random(seed);
        int allowed = 0;
        for (int step = 0; step < 300; step++) {
            changeSomething(random);
            for (int i = 0; i < 10; i++) {
                User user = randomUser(random);
                Action action = randomAction(random);
                boolean expected = Naive.allows(store, user, action);
                allowed += expected ? 1 : 0;

                assertThat(authorizer.decide(user, action).allowed())
                        .as("seed %s step %s: %s %s", seed, step, user, action)
                        .isEqualTo(expected);
            }
        }
        assertThat(allowed).isBetween(100, 2900);
    }

    private static String pick(Random random, String... words) {
        return words[random.nextInt(words.length)];
    }

    private static User randomUser(Random random) {
        return random.nextBoolean()
                ? User.authenticated(pick(random, "jane", "joe"), List.of(pick(random, "dev", "ops")))
                : User.ofAccount(
                        new ObjectKey(pick(random, "shop", "farm"), pick(random, "builder", "default")), "u", Map.of());
    }

    private static Action randomAction(Random random) {
        if (random.nextInt(6) == 0) {
            return Action.onPath("get", pick(random, "/a", "/a/b", "/version"));
        }
        return new Action(
                pick(random, "get", "list", "create"),
                pick(random, "", "apps"),
                pick(random, "pods", "deployments"),
                pick(random, "", "", "scale"),
                pick(random, "", "shop", "farm"),
                pick(random, "", "n1", "n2"),
                "");
    }

    private static PolicyRule randomRule(Random random) {
        return random.nextInt(6) == 0
                ? urls(pick(random, "get", "*"), pick(random, "/a", "/a/*", "*"))
                : rule(
                        pick(random, "get", "get list", "*", "create"),
                        pick(random, "core", "apps", "*"),
                        pick(random, "pods", "deployments/scale", "*/scale", "*", "pods deployments"),
                        pick(random, "-", "-", "n1", "n1 n2"));
    }

    private static Subject randomSubject(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> user(pick(random, "jane", "joe", "system:serviceaccount:shop:builder"));
            case 1 -> group(pick(random, "dev", "ops", "system:authenticated", "system:serviceaccounts:farm"));
            default -> account(pick(random, "shop", "farm", ""), pick(random, "builder", "default"));
        };
    }

    private void changeSomething(Random random) {
        String name = pick(random, "x1", "x2", "x3");
        String namespace = pick(random, "shop", "farm");
        List<Subject> subjects = List.of(randomSubject(random), randomSubject(random));
        switch (random.nextInt(4)) {
            case 0 -> replace(random, new ClusterRole(null, named("", name), List.of(randomRule(random))));
            case 1 -> replace(random, new Role(named(namespace, name), List.of(randomRule(random))));
            case 2 ->
                replace(
                        random,
                        new ClusterRoleBinding(named("", name), new RoleRef(RBAC, "ClusterRole", name), subjects));
            default ->
                replace(
                        random,
                        new RoleBinding(
                                named(namespace, name),
                                new RoleRef(RBAC, pick(random, "Role", "ClusterRole"), name),
                                subjects));
        }
    }

    private void replace(Random random, Resource object) {
        Optional<? extends Resource> present = store.find(object.resourceType(), object.key());
        if (present.isEmpty()) {
            store.create(object, TEST);
        } else if (random.nextInt(3) == 0) {
            delete(
                    object.resourceType(),
                    object.metadata().namespaceOrEmpty(),
                    object.metadata().nameOrEmpty());
        } else {
            store.update(object, TEST);
        }
    }

    /** Reads all bindings for each question. */
    private static final class Naive {

        static boolean allows(ObjectStore store, User user, Action action) {
            var rules = new ArrayList<PolicyRule>();
            for (ClusterRoleBinding binding : store.list(ResourceTypes.CLUSTER_ROLE_BINDING)) {
                if (binding.subjects().stream().anyMatch(subject -> is(subject, user, ""))) {
                    store.find(
                                    ResourceTypes.CLUSTER_ROLE,
                                    ObjectKey.cluster(binding.roleRef().name()))
                            .ifPresent(role -> rules.addAll(role.rules()));
                }
            }
            for (RoleBinding binding : store.list(ResourceTypes.ROLE_BINDING)) {
                String namespace = binding.metadata().namespaceOrEmpty();
                if (namespace.equals(action.namespace())
                        && binding.subjects().stream().anyMatch(subject -> is(subject, user, namespace))) {
                    rules.addAll(rulesOf(store, binding, namespace));
                }
            }
            return rules.stream().anyMatch(rule -> allows(rule, action));
        }

        private static List<PolicyRule> rulesOf(ObjectStore store, RoleBinding binding, String namespace) {
            String name = binding.roleRef().name();
            return binding.roleRef().kind().equals("Role")
                    ? store.find(ResourceTypes.ROLE, new ObjectKey(namespace, name))
                            .map(Role::rules)
                            .orElse(List.of())
                    : store.find(ResourceTypes.CLUSTER_ROLE, ObjectKey.cluster(name))
                            .map(ClusterRole::rules)
                            .orElse(List.of());
        }

        private static boolean is(Subject subject, User user, String namespace) {
            return switch (subject.kind()) {
                case "User" -> user.name().equals(subject.name());
                case "Group" -> user.groups().contains(subject.name());
                default -> {
                    String own = subject.namespace() == null ? namespace : subject.namespace();
                    yield user.name().equals("system:serviceaccount:" + own + ":" + subject.name());
                }
            };
        }

        private static boolean allows(PolicyRule rule, Action action) {
            boolean verb = rule.verbs().stream().anyMatch(each -> each.equals("*") || each.equals(action.verb()));
            if (!action.path().isEmpty()) {
                return verb
                        && rule.nonResourceURLs().stream()
                                .anyMatch(url -> url.equals("*")
                                        || url.equals(action.path())
                                        || (url.endsWith("/*")
                                                && action.path().startsWith(url.substring(0, url.length() - 1))));
            }
            boolean group = rule.apiGroups().stream().anyMatch(each -> each.equals("*") || each.equals(action.group()));
            String full = action.resource() + (action.subresource().isEmpty() ? "" : "/" + action.subresource());
            boolean resource = rule.resources().stream()
                    .anyMatch(each -> each.equals("*")
                            || each.equals(full)
                            || (!action.subresource().isEmpty() && each.equals("*/" + action.subresource())));
            boolean name =
                    rule.resourceNames().isEmpty() || rule.resourceNames().contains(action.name());
            return verb && group && resource && name;
        }
    }

    @Test
    void nobodyGrantsWhatHeDoesNotHold() {
        clusterRole("reader", rule("get list", "core", "pods", "-"));
        bind("shop", "b", "ClusterRole", "reader", user("jane"));
        role("shop", "wide", rule("get delete", "core", "pods", "-"), rule("get", "core", "secrets", "a"));

        authorizer.checkGrant(JANE, null, new Role(named("shop", "n"), List.of(rule("get", "core", "pods", "p1"))));
        assertThatThrownBy(() -> authorizer.checkGrant(
                        JANE,
                        null,
                        new Role(
                                named("shop", "n"),
                                List.of(
                                        rule("get watch delete", "core", "pods", "-"),
                                        rule("get", "core", "pods/log", "-"),
                                        rule("get", "core", "secrets", "a")))))
                .hasMessage("""
                        roles.rbac.authorization.k8s.io "n" is forbidden: user "jane" (groups=["dev" \
                        "system:authenticated"]) is attempting to grant RBAC permissions not currently held:
                        {APIGroups:[""], Resources:["pods"], Verbs:["watch" "delete"]}
                        {APIGroups:[""], Resources:["pods/log"], Verbs:["get"]}
                        {APIGroups:[""], Resources:["secrets"], ResourceNames:["a"], Verbs:["get"]}""");
        var binding = new RoleBinding(named("shop", "n"), new RoleRef(RBAC, "Role", "wide"), List.of(user("joe")));
        assertThatThrownBy(() -> authorizer.checkGrant(JANE, null, binding))
                .hasMessageStartingWith("rolebindings.rbac.authorization.k8s.io \"n\" is forbidden: user \"jane\"")
                .hasMessageContaining("{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"delete\"]}");

        clusterRole("binder", rule("bind", RBAC, "roles", "wide"), rule("escalate", RBAC, "roles", "-"));
        bind("shop", "may", "ClusterRole", "binder", user("jane"));

        authorizer.checkGrant(JANE, null, binding);
        authorizer.checkGrant(JANE, null, new Role(named("shop", "n"), List.of(rule("*", "*", "*", "-"))));
        assertThatThrownBy(() -> authorizer.checkGrant(
                        JANE, null, new Role(named("farm", "n"), List.of(rule("get", "core", "pods", "-")))))
                .hasMessageContaining("not currently held");
    }

    @Test
    void onlyWhoMayDoEverythingGathers() {
        clusterRole("reader", rule("get", "core", "pods", "-"));
        bindAll("b", "reader", user("jane"));
        var gathering = new ClusterRole(
                new AggregationRule(List.of(LabelSelectorBuilder.builder().build())), named("", "g"), List.of());

        assertThatThrownBy(() -> authorizer.checkGrant(JANE, null, gathering))
                .hasMessage("clusterroles.rbac.authorization.k8s.io \"g\" is forbidden: must have cluster-admin"
                        + " privileges to use an aggregationRule");
        clusterRole("root", rule("*", "*", "*", "-"), urls("*", "*"));
        bindAll("root", "root", user("jane"));

        authorizer.checkGrant(JANE, null, gathering);
    }

    @Test
    void theGarbageCollectorsFieldsGrantNothing() {
        role("shop", "wide", rule("*", "*", "*", "-"));
        Role stored = store.get(ResourceTypes.ROLE, new ObjectKey("shop", "wide"));
        Role finalized = stored.withMetadata(ObjectMetaBuilder.builder(stored.metadata())
                .finalizers(List.of("x/y"))
                .build());

        authorizer.checkGrant(JANE, stored, finalized);
        assertThatThrownBy(() -> authorizer.checkGrant(
                        JANE,
                        stored,
                        new Role(finalized.metadata(), List.of(rule("*", "*", "*", "-"), rule("x", "y", "z", "-")))))
                .hasMessageContaining("not currently held");
    }

    @Test
    void everyClusterHasItsRoles() {
        BootstrapRoles.ensure(store);
        long revision = store.revision();
        User auth = User.authenticated("joe", List.of());
        bind("shop", "v", "ClusterRole", "view", user("joe"));
        bind("farm", "e", "ClusterRole", "edit", user("joe"));
        bind("town", "a", "ClusterRole", "admin", user("joe"));

        assertThat(authorizer
                        .decide(User.ANONYMOUS, Action.onPath("get", "/version"))
                        .allowed())
                .isTrue();
        assertThat(authorizer
                        .decide(User.ANONYMOUS, Action.onPath("get", "/api"))
                        .allowed())
                .isFalse();
        assertThat(authorizer.decide(auth, Action.onPath("get", "/openapi/v3")).allowed())
                .isTrue();
        assertThat(List.of(
                        may(auth, "get", "pods", "shop"),
                        may(auth, "get", "secrets", "shop"),
                        may(auth, "get", "secrets", "farm"),
                        may(auth, "create", "pods", "farm"),
                        authorizer
                                .decide(auth, Action.on("create", RBAC, "roles", "farm", ""))
                                .allowed(),
                        authorizer
                                .decide(auth, Action.on("create", RBAC, "roles", "town", ""))
                                .allowed()))
                .containsExactly(true, false, true, true, false, true);
        assertThat(authorizer.rulesOf(auth, "town").error()).isEmpty();

        delete(ResourceTypes.CLUSTER_ROLE_BINDING, "", "system:discovery");
        long before = store.revision();
        BootstrapRoles.ensure(store);

        assertThat(before).isEqualTo(revision + 4);
        assertThat(store.revision()).as("only what was missing is written").isEqualTo(before + 1);
    }
}
