package dev.orchestrator.runtime.controller.clusterrole;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.LabelSelectorBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.rbac.AggregationRule;
import dev.orchestrator.api.model.rbac.ClusterRole;
import dev.orchestrator.api.model.rbac.ClusterRoleBuilder;
import dev.orchestrator.api.model.rbac.PolicyRule;
import dev.orchestrator.runtime.story.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterRoleControllerTest {

    private final Story story = new Story(parts -> new ClusterRoleController(parts.store()));

    @AfterEach
    void close() {
        story.close();
    }

    private static ObjectMeta named(String name, String... labels) {
        var all = new java.util.TreeMap<String, String>();
        for (String label : labels) {
            all.put(label, "true");
        }
        return ObjectMetaBuilder.builder().name(name).labels(all).build();
    }

    private static PolicyRule get(String resource) {
        return new PolicyRule(List.of(""), List.of(), List.of(), List.of(resource), List.of("get"));
    }

    private void gathering(String name, String selected, String... labels) {
        story.create(new ClusterRole(
                new AggregationRule(List.of(LabelSelectorBuilder.builder()
                        .matchLabels(Map.of(selected, "true"))
                        .build())),
                named(name, labels),
                List.of()));
    }

    private List<String> resourcesOf(String role) {
        return story.get(ResourceTypes.CLUSTER_ROLE, "", role).rules().stream()
                .flatMap(rule -> rule.resources().stream())
                .toList();
    }

    @Test
    void aRoleHasTheRulesOfThoseItGathers() throws InterruptedException {
        story.create(new ClusterRole(null, named("b", "viewed"), List.of(get("pods"), get("nodes"))));
        story.create(new ClusterRole(null, named("a", "viewed"), List.of(get("secrets"), get("pods"))));
        story.create(new ClusterRole(null, named("c"), List.of(get("events"))));
        gathering("view", "viewed", "edited");
        gathering("edit", "edited");

        story.settle();

        assertThat(resourcesOf("view")).containsExactly("secrets", "pods", "nodes");
        assertThat(resourcesOf("edit")).as("gathered from one that gathers").isEqualTo(resourcesOf("view"));
        assertThat(resourcesOf("c")).containsExactly("events");
    }

    @Test
    void aRoleFollowsThoseItGathers() throws InterruptedException {
        gathering("view", "viewed");
        story.create(new ClusterRole(null, named("a", "viewed"), List.of(get("pods"))));
        story.settle();
        assertThat(resourcesOf("view")).containsExactly("pods");

        story.edit(
                ResourceTypes.CLUSTER_ROLE,
                "",
                "a",
                role -> ClusterRoleBuilder.builder(role)
                        .rules(List.of(get("nodes")))
                        .build());
        story.settle();
        assertThat(resourcesOf("view")).containsExactly("nodes");

        story.edit(ResourceTypes.CLUSTER_ROLE, "", "a", role -> role.withMetadata(named("a")));
        story.settle();
        assertThat(resourcesOf("view")).isEmpty();
    }

    @Test
    void whatIsWrittenByHandIsPutRight() throws InterruptedException {
        gathering("view", "viewed");
        story.create(new ClusterRole(null, named("a", "viewed"), List.of(get("pods"))));
        story.settle();

        story.edit(
                ResourceTypes.CLUSTER_ROLE,
                "",
                "view",
                role -> ClusterRoleBuilder.builder(role)
                        .rules(List.of(get("secrets")))
                        .build());
        story.settle();
        assertThat(resourcesOf("view")).containsExactly("pods");

        story.edit(
                ResourceTypes.CLUSTER_ROLE,
                "",
                "view",
                role -> new ClusterRole(null, role.metadata(), List.of(get("secrets"))));
        story.settle();
        assertThat(resourcesOf("view")).as("it gathers no more").containsExactly("secrets");
    }
}
