package dev.orchestrator.runtime.controller.deployment;

import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetStatusBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.orchestrator.runtime.controller.deployment.Rollouts.deployment;
import static dev.orchestrator.runtime.controller.deployment.Rollouts.set;
import static dev.orchestrator.runtime.controller.deployment.Rollouts.state;
import static dev.orchestrator.runtime.controller.deployment.Rollouts.text;
import static org.assertj.core.api.Assertions.assertThat;

class RollingPlanTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        the new version starts with the surge      | 10 +3 -2     | 10/10 | 0/0   | web-2=3
        old pods go down to the minimum            | 10 +3 -2     | 10/10 | 3/0   | web-1=8
        the freed room goes to the new version     | 10 +3 -2     | 8/8   | 3/0   | web-2=5
        nothing before new pods are available      | 10 +3 -2     | 8/8   | 5/0   | -
        one new pod lets one old pod go            | 10 +3 -2     | 8/8   | 5/1   | web-1=7
        five new pods let five old pods go         | 10 +3 -2     | 8/8   | 5/5   | web-1=3
        the new version grows to the full number   | 10 +3 -2     | 3/3   | 5/5   | web-2=10
        the last old pods go                       | 10 +3 -2     | 3/3   | 10/8  | web-1=0
        over                                       | 10 +3 -2     | 0/0   | 10/10 | -
        unready old pods go at once                | 10 +3 -2     | 10/6  | 3/0   | web-1=8
        only as many unready ones as are allowed   | 10 +3 -2     | 10/0  | 0/0   | web-2=3
        a quarter of 10 is 3 more and 2 fewer      | 10 +25% -25% | 10/10 | 0/0   | web-2=3
        a quarter of 3 is 1 more and none fewer    | 3 +25% -25%  | 3/3   | 1/0   | -
        both zero means one fewer                  | 4 +0 -0      | 4/4   | 0/0   | web-1=3
        no surge: the old version makes room       | 4 +0 -1      | 4/4   | 0/0   | web-1=3
        no surge: the new version takes it         | 4 +0 -1      | 3/3   | 0/0   | web-2=1
        nothing may be missing: surge first        | 4 +1 -0      | 4/4   | 0/0   | web-2=1
        nothing may be missing: then one by one    | 4 +1 -0      | 4/4   | 1/1   | web-1=3
        all may be missing                         | 4 +0 -100%   | 4/4   | 0/0   | web-1=0
        a new version that is too large shrinks    | 4 +1 -1      | 0/0   | 6/6   | web-2=4
        no replicas wanted                         | 0 +1 -0      | 3/3   | 0/0   | web-1=0
        """)
    void stepsAsKubernetesDoes(String scenario, String bounds, String old, String current, String expected) {
        var deployment = Rollouts.bounded(bounds);

        var plan = RollingPlan.of(
                state(deployment, Rollouts.set(1, old, deployment), Rollouts.set(2, current, deployment)));

        assertThat(text(plan)).as(scenario).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void takesFromTheOldestVersionFirst() {
        var plan = RollingPlan.of(
                state(deployment(10, "3", "2"), set(0, 2, 2, 10, 13), set(1, 8, 8, 10, 13), set(2, 3, 1, 10, 13)));

        assertThat(text(plan)).isEqualTo("web-0=0 web-1=7");
    }

    @Test
    void keepsPodsThatAreReadyAndNotYetAvailableBecauseTheReplicaSetMightDeleteOthers() {
        var old = set(1, 10, 8, 10, 13);
        var ripening = new ReplicaSetState(old, 10, 10, 8);
        var state = new RolloutState(
                deployment(10, "3", "2"), ReplicaSetState.reported(set(2, 3, 0, 10, 13)), java.util.List.of(ripening));

        assertThat(RollingPlan.of(state)).isEmpty();
    }

    @Test
    void countsPodsThatAreStillToBeDeletedAgainstTheSurge() {
        var deployment = deployment(10, "3", "2");
        var shrinking = new ReplicaSetState(set(1, 8, 8, 10, 13), 10, 10, 10);
        var current = ReplicaSetState.reported(set(2, 3, 0, 10, 13));

        var plan = RollingPlan.of(new RolloutState(deployment, current, java.util.List.of(shrinking)));

        assertThat(plan).isEmpty();
    }

    @Test
    void addsNothingBeforeEveryReplicaSetHasSeenItsNumber() {
        var unseen = unobserved(set(1, 8, 8, 10, 13));

        var plan = RollingPlan.of(state(deployment(10, "3", "2"), unseen, set(2, 3, 0, 10, 13)));

        assertThat(plan).isEmpty();
    }

    @Test
    void countsPodsThatAreStillToBeDeletedAsLost() {
        var shrinking = new ReplicaSetState(set(1, 8, 8, 10, 13), 10, 10, 10);
        var current = ReplicaSetState.reported(set(2, 5, 1, 10, 13));

        var plan = RollingPlan.of(new RolloutState(deployment(10, "3", "2"), current, java.util.List.of(shrinking)));

        assertThat(text(plan)).isEqualTo("web-1=7");
    }

    @Test
    void startsAFreshDeploymentWithAllItsPods() {
        assertThat(RollingPlan.firstSize(state(deployment(10, "3", "2")))).isEqualTo(10);
    }

    @Test
    void startsANewVersionWithTheSurge() {
        assertThat(RollingPlan.firstSize(state(deployment(10, "3", "2"), set(1, 10, 10, 10, 13))))
                .isEqualTo(3);
    }

    private static ReplicaSet unobserved(ReplicaSet set) {
        return ReplicaSetBuilder.builder(set)
                .status(ReplicaSetStatusBuilder.builder(set.status())
                        .observedGeneration(0)
                        .build())
                .build();
    }
}
