package dev.orchestrator.runtime.controller.deployment;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.runtime.controller.deployment.Rollouts.deployment;
import static dev.orchestrator.runtime.controller.deployment.Rollouts.set;
import static dev.orchestrator.runtime.controller.deployment.Rollouts.state;
import static dev.orchestrator.runtime.controller.deployment.Rollouts.template;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RolloutHistoryTest {

    private static final List<ReplicaSet> THREE_VERSIONS =
            List.of(set(1, 0, 0, 3, 4), set(2, 3, 3, 3, 4), set(3, 0, 0, 3, 4));

    private static Deployment annotated(Map<String, String> annotations) {
        var web = deployment(3, "1", "0");
        return web.withMetadata(ObjectMetaBuilder.builder(web.metadata())
                .annotations(annotations)
                .build());
    }

    @Test
    void goesBackToTheVersionBeforeThePresentOne() {
        var present = DeploymentBuilder.builder(deployment(3, "1", "0"))
                .spec(DeploymentSpecBuilder.builder(deployment(3, "1", "0").spec())
                        .template(template(3))
                        .build())
                .build();

        assertThat(Rollback.to(present, THREE_VERSIONS, 0).spec().template()).isEqualTo(template(2));
    }

    @Test
    void goesBackToANumberedVersionWithItsAnnotations() {
        var present = annotated(Map.of("kubernetes.io/change-cause", "two", RolloutAnnotations.REVISION, "2"));
        var first = THREE_VERSIONS.getFirst();
        var described = first.withMetadata(ObjectMetaBuilder.builder(first.metadata())
                .annotations(Map.of("kubernetes.io/change-cause", "one", RolloutAnnotations.REVISION, "1"))
                .build());

        var back = Rollback.to(present, List.of(described, THREE_VERSIONS.get(1)), 1);

        assertThat(back.spec().template()).isEqualTo(template(1));
        assertThat(back.metadata().annotations())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("kubernetes.io/change-cause", "one", RolloutAnnotations.REVISION, "2"));
    }

    @Test
    void changesNothingWhenTheTemplateIsThatOfTheVersion() {
        var present = deployment(3, "1", "0");

        assertThat(Rollback.to(present, THREE_VERSIONS, 2)).isSameAs(present);
    }

    @Test
    void refusesWhatCannotBeDone() {
        var present = deployment(3, "1", "0");
        var paused = DeploymentBuilder.builder(present)
                .spec(DeploymentSpecBuilder.builder(present.spec()).paused(true).build())
                .build();

        assertThatThrownBy(() -> Rollback.to(present, THREE_VERSIONS, 9))
                .isInstanceOf(ApiException.class)
                .hasMessage("unable to find specified revision 9 in history");
        assertThatThrownBy(() -> Rollback.to(present, List.of(set(1, 3, 3, 3, 4)), 0))
                .isInstanceOf(ApiException.class)
                .hasMessage("no rollout history found for deployment \"web\"");
        assertThatThrownBy(() -> Rollback.to(paused, THREE_VERSIONS, 1))
                .isInstanceOf(ApiException.class)
                .hasMessage("you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume'"
                        + " and try again");
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
