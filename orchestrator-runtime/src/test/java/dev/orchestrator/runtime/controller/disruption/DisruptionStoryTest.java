package dev.orchestrator.runtime.controller.disruption;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetBuilder;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetSpecBuilder;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetStatus;
import dev.orchestrator.runtime.story.Objects;
import dev.orchestrator.runtime.story.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DisruptionStoryTest {

    private final Story story =
            new Story(parts -> new DisruptionController(parts.store(), parts.time(), parts.events()));

    @AfterEach
    void close() {
        story.close();
    }

    private void budget(IntOrString least) {
        story.create(PodDisruptionBudgetBuilder.builder()
                .metadata(Objects.meta("default", "web"))
                .spec(PodDisruptionBudgetSpecBuilder.builder()
                        .minAvailable(least)
                        .selector(new LabelSelector(List.of(), Map.of("app", "web")))
                        .build())
                .build());
    }

    private ReplicaSet set(int replicas) {
        return story.create(ReplicaSetBuilder.builder()
                .metadata(Objects.meta("default", "web"))
                .spec(ReplicaSetSpecBuilder.builder()
                        .replicas(replicas)
                        .template(new PodTemplateSpec(
                                Objects.meta("", "", "app=web"),
                                Objects.pod("p").spec()))
                        .build())
                .build());
    }

    private void pod(String name, ReplicaSet owner) {
        var pod = Objects.labelled(Objects.pod(name), "app=web");
        story.create(pod.withMetadata(Objects.owned(pod.metadata(), Objects.ownedBy(owner))));
        story.report("default", name, "10.0.0.1", "True");
    }

    private PodDisruptionBudgetStatus status() {
        return story.get(ResourceTypes.POD_DISRUPTION_BUDGET, "default", "web").status();
    }

    @Test
    void followsItsPods() throws InterruptedException {
        budget(IntOrString.of(2));
        story.settle();
        assertThat(status().observedGeneration()).isEqualTo(1);
        assertThat(story.events()).containsOnly("Normal NoPods default/web: No matching pods found");
        ReplicaSet set = set(3);
        for (String name : List.of("a", "b", "c")) {
            pod(name, set);
        }
        story.settle();
        assertThat(status().disruptionsAllowed()).isEqualTo(1);

        story.report("default", "b", "10.0.0.1", "False");
        story.settle();
        assertThat(status().disruptionsAllowed()).isZero();
        assertThat(status().currentHealthy()).isEqualTo(2);

        story.edit(
                ResourceTypes.POD,
                "default",
                "a",
                pod -> pod.withMetadata(ObjectMetaBuilder.builder(pod.metadata())
                        .labels(Map.of())
                        .build()));
        story.settle();
        assertThat(status().currentHealthy()).isEqualTo(1);
        assertThat(status().expectedPods()).isEqualTo(2);
    }

    @Test
    void aShareFollowsTheScaleBeforeThePodsDo() throws InterruptedException {
        budget(IntOrString.of("50%"));
        ReplicaSet set = set(4);
        for (String name : List.of("a", "b", "c", "d")) {
            pod(name, set);
        }
        story.settle();
        assertThat(status().disruptionsAllowed()).isEqualTo(2);

        story.edit(
                ResourceTypes.REPLICA_SET,
                "default",
                "web",
                web -> ReplicaSetBuilder.builder(web)
                        .spec(ReplicaSetSpecBuilder.builder(web.spec())
                                .replicas(7)
                                .build())
                        .build());
        story.settle();

        assertThat(status().expectedPods()).isEqualTo(7);
        assertThat(status().desiredHealthy()).isEqualTo(4);
        assertThat(status().disruptionsAllowed()).isZero();
    }
}
