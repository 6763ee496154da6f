package dev.orchestrator.runtime.controller.deployment;

import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.apps.DeploymentStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.orchestrator.runtime.controller.deployment.Rollouts.deployment;
import static dev.orchestrator.runtime.controller.deployment.Rollouts.set;
import static dev.orchestrator.runtime.controller.deployment.Rollouts.state;
import static dev.orchestrator.runtime.controller.deployment.Rollouts.text;
import static org.assertj.core.api.Assertions.assertThat;

class ScalingPlanTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        10 to 15 in the middle of a rollout         | 10 +3 -2     | 15  | 8/8   | 5/0   | web-1=11 web-2=7
        and back                                    | 15 +3 -2     | 10  | 11/11 | 7/0   | web-1=8 web-2=5
        the newer of two equal ones gets the rest   | 6 +2 -2      | 7   | 4/4   | 4/0   | web-2=5 web-1=4
        the older of two equal ones loses it        | 7 +1 -2      | 6   | 4/4   | 4/4   | web-1=3 web-2=4
        to nothing                                  | 10 +3 -2     | 0   | 8/8   | 5/0   | web-1=0 web-2=0
        only the old one has pods                   | 10 +3 -2     | 12  | 10/10 | 0/0   | web-1=12
        only the new one has pods                   | 10 +3 -2     | 12  | 0/0   | 10/10 | web-2=12
        none has pods: the new one gets them        | 0 +3 -2      | 5   | 0/0   | 0/0   | web-2=5
        a saturated new version ends the old one    | 5 +3 -2      | 5   | 3/3   | 5/5   | web-1=0
        rounding takes no pod that serves           | 17 +25% -0   | 16  | 17/17 | 5/0   | web-1=16 web-2=4
        """)
    void sharesTheChangeOut(String scenario, String bounds, int replicas, String old, String current, String expected) {
        var before = Rollouts.bounded(bounds);
        var after = DeploymentBuilder.builder(before)
                .spec(DeploymentSpecBuilder.builder(before.spec())
                        .replicas(replicas)
                        .build())
                .build();

        var plan = ScalingPlan.of(state(after, Rollouts.set(1, old, before), Rollouts.set(2, current, before)));

        assertThat(text(plan)).as(scenario).isEqualTo(expected);
    }

    @Test
    void isDueWhenTheNumberOfReplicasHasChanged() {
        assertThat(ScalingPlan.isDue(state(deployment(10, "3", "2"), set(2, 9, 9, 9, 12))))
                .isTrue();
        assertThat(ScalingPlan.isDue(state(deployment(10, "3", "2"), set(2, 9, 9, 10, 13))))
                .isFalse();
        assertThat(ScalingPlan.isDue(state(deployment(10, "3", "2"), set(1, 0, 0, 9, 12))))
                .as("replica sets without pods do not count")
                .isFalse();
    }

    @Test
    void growsNothingWhilePodsAreStillToBeDeleted() {
        var shrinking = new ReplicaSetState(set(1, 8, 8, 10, 13), 10, 10, 10);
        var current = ReplicaSetState.reported(set(2, 5, 0, 10, 13));

        var plan = ScalingPlan.of(new RolloutState(deployment(15, "3", "2"), current, java.util.List.of(shrinking)));

        assertThat(plan).isEmpty();
    }

    @Test
    void leavesSeveralVersionsAloneWhenRecreating() {
        var rolling = deployment(15, "3", "2");
        var recreating = DeploymentBuilder.builder(rolling)
                .spec(DeploymentSpecBuilder.builder(rolling.spec())
                        .strategy(new DeploymentStrategy(null, "Recreate"))
                        .build())
                .build();

        var plan = ScalingPlan.of(state(recreating, set(1, 8, 8, 10, 10), set(2, 5, 0, 10, 10)));

        assertThat(plan).isEmpty();
    }
}
