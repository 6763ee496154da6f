package dev.orchestrator.runtime.controller.deployment;

import java.util.Map;

import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.controller.deployment.Rollouts.deployment;
import static dev.orchestrator.runtime.controller.deployment.Rollouts.set;
import static dev.orchestrator.runtime.controller.deployment.Rollouts.state;
import static dev.orchestrator.runtime.controller.deployment.Rollouts.template;
import static org.assertj.core.api.Assertions.assertThat;

class RolloutHistoryTest {

    private static Deployment annotated(Map<String, String> annotations) {
        var web = deployment(3, "1", "0");
        return web.withMetadata(ObjectMetaBuilder.builder(web.metadata())
                .annotations(annotations)
                .build());
    }

    @Test
    void copiesWhatDescribesTheVersionAndNothingElse() {
        var web = annotated(Map.of(
                "kubernetes.io/change-cause",
                "two",
                "kubectl.kubernetes.io/last-applied-configuration",
                "{}",
                RolloutAnnotations.REVISION,
                "1"));

        assertThat(RolloutAnnotations.current(web, Map.of(), 2))
                .isEqualTo(Map.of("kubernetes.io/change-cause", "two", RolloutAnnotations.REVISION, "2"));
    }

    @Test
    void remembersTheNumbersOfAVersionThatComesBack() {
        var once = RolloutAnnotations.current(annotated(Map.of()), Map.of(RolloutAnnotations.REVISION, "1"), 3);
        var twice = RolloutAnnotations.current(annotated(Map.of()), once, 5);

        assertThat(once)
                .containsEntry(RolloutAnnotations.REVISION, "3")
                .containsEntry(RolloutAnnotations.REVISION_HISTORY, "1");
        assertThat(twice)
                .containsEntry(RolloutAnnotations.REVISION, "5")
                .containsEntry(RolloutAnnotations.REVISION_HISTORY, "1,3");
        assertThat(RolloutAnnotations.current(annotated(Map.of()), twice, 2)).isEqualTo(twice);
    }

    @Test
    void forgetsTheOldestNumbersWhenThereAreTooMany() {
        Map<String, String> annotations = Map.of(RolloutAnnotations.REVISION, "1");
        for (int revision = 2; revision < 1000; revision++) {
            annotations = RolloutAnnotations.current(annotated(Map.of()), annotations, revision);
        }

        assertThat(annotations.get(RolloutAnnotations.REVISION_HISTORY))
                .hasSizeLessThanOrEqualTo(2000)
                .endsWith(",997,998");
    }

    @Test
    void givesUpTheLowestRevisionsThatHaveNoPods() {
        var web = DeploymentBuilder.builder(deployment(3, "1", "0"))
                .spec(DeploymentSpecBuilder.builder(deployment(3, "1", "0").spec())
                        .revisionHistoryLimit(1)
                        .template(template(9))
                        .build())
                .build();
        var busy = set(1, 1, 1, 3, 4);
        var state = state(web, busy, set(2, 0, 0, 3, 4), set(3, 0, 0, 3, 4), set(4, 0, 0, 3, 4));

        assertThat(RevisionHistory.surplus(web, state.old()))
                .extracting(set -> set.metadata().name())
                .containsExactly("web-2", "web-3");
    }
}
