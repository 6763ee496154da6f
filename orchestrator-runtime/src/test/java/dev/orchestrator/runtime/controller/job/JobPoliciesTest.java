package dev.orchestrator.runtime.controller.job;

import java.util.List;

import dev.orchestrator.api.model.batch.PodFailurePolicy;
import dev.orchestrator.api.model.batch.PodFailurePolicyOnExitCodesRequirement;
import dev.orchestrator.api.model.batch.PodFailurePolicyOnPodConditionsPattern;
import dev.orchestrator.api.model.batch.PodFailurePolicyRule;
import dev.orchestrator.api.model.batch.SuccessPolicy;
import dev.orchestrator.api.model.batch.SuccessPolicyRule;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

class JobPoliciesTest {

    private final JobStory cluster = new JobStory();

    @AfterEach
    void close() {
        cluster.close();
    }

    private static PodFailurePolicyRule onExit(String action, String operator, Integer... codes) {
        return new PodFailurePolicyRule(
                action, new PodFailurePolicyOnExitCodesRequirement("main", operator, List.of(codes)), List.of());
    }

    private static PodFailurePolicyRule onCondition(String action, String type) {
        return new PodFailurePolicyRule(
                action, null, List.of(new PodFailurePolicyOnPodConditionsPattern("True", type)));
    }

    private void failWith(Pod pod, int code) throws InterruptedException {
        cluster.exit(pod, code);
        cluster.settle();
    }

    @Test
    void anExitCodeFailsTheWholeJob() throws InterruptedException {
        cluster.start(spec -> spec.completions(2)
                .parallelism(2)
                .podFailurePolicy(new PodFailurePolicy(List.of(onExit("FailJob", "In", 42)))));
        Pod pod = cluster.active().getFirst();

        failWith(pod, 42);

        assertThat(cluster.conditions())
                .containsExactly("FailureTarget=True PodFailurePolicy", "Failed=True PodFailurePolicy");
        assertThat(cluster.message("Failed"))
                .isEqualTo("Container main for pod default/" + pod.key().name()
                        + " failed with exit code 42 matching FailJob rule at index 0");
        assertThat(cluster.status().failed()).isEqualTo(2);
    }

    @Test
    void aDisruptionIsIgnored() throws InterruptedException {
        cluster.start(spec -> spec.backoffLimit(0)
                .podFailurePolicy(new PodFailurePolicy(List.of(onCondition("Ignore", "DisruptionTarget")))));
        Pod pod = cluster.active().getFirst();
        cluster.status(
                pod,
                status -> status.phase("Failed")
                        .conditions(List.of(PodConditionBuilder.builder()
                                .type("DisruptionTarget")
                                .status("True")
                                .build())));
        cluster.settle();
        cluster.advance(ofSeconds(10));

        assertThat(cluster.status().failed()).isZero();
        assertThat(cluster.active()).hasSize(1);
        assertThat(Tracking.isHeld(cluster.pods().stream()
                        .filter(each -> each.key().equals(pod.key()))
                        .findFirst()
                        .orElseThrow()))
                .isFalse();

        cluster.fail(cluster.active().getFirst());
        assertThat(cluster.job().isFailed()).isTrue();
        assertThat(cluster.status().failed()).isEqualTo(1);
    }

    @Test
    void withAFailurePolicyAPodIsReplacedOnlyAfterItHasEnded() throws InterruptedException {
        cluster.start(spec -> spec.podFailurePolicy(new PodFailurePolicy(List.of(onExit("Count", "In", 1)))));
        assertThat(cluster.job().spec().podReplacementPolicy()).isEqualTo("Failed");
        Pod pod = cluster.active().getFirst();
        cluster.run(pod);
        cluster.delete(pod);
        cluster.advance(ofSeconds(20));
        assertThat(cluster.active()).isEmpty();
        assertThat(cluster.status().failed()).isZero();
        assertThat(cluster.status().terminating()).isEqualTo(1);

        failWith(pod, 1);
        cluster.ended(pod);
        cluster.advance(ofSeconds(10));

        assertThat(cluster.active()).hasSize(1);
        assertThat(cluster.status().failed()).isEqualTo(1);
    }

    @Test
    void failuresAreLimitedByIndex() throws InterruptedException {
        cluster.start(spec ->
                spec.completions(3).parallelism(3).completionMode("Indexed").backoffLimitPerIndex(1));
        assertThat(cluster.active(1).metadata().annotations())
                .containsEntry("batch.kubernetes.io/job-index-failure-count", "0");
        Pod first = cluster.active(1);
        cluster.fail(first);
        assertThat(cluster.activeIndexes()).containsExactly(0, 2);
        assertThat(cluster.pods())
                .filteredOn(pod -> pod.key().equals(first.key()))
                .allMatch(Tracking::isHeld);
        cluster.advance(ofSeconds(10));
        assertThat(cluster.active(1).metadata().annotations())
                .containsEntry("batch.kubernetes.io/job-index-failure-count", "1");
        assertThat(cluster.pods())
                .filteredOn(pod -> pod.key().equals(first.key()))
                .noneMatch(Tracking::isHeld);

        cluster.fail(cluster.active(1));
        assertThat(cluster.status().failedIndexes()).isEqualTo("1");
        cluster.succeed(cluster.active(0));
        assertThat(cluster.job().isFinished()).isFalse();
        cluster.succeed(cluster.active(2));

        assertThat(cluster.conditions())
                .containsExactly("FailureTarget=True FailedIndexes", "Failed=True FailedIndexes");
        assertThat(cluster.message("Failed")).isEqualTo("Job has failed indexes");
        assertThat(cluster.status().completedIndexes()).isEqualTo("0,2");
        assertThat(cluster.status().succeeded()).isEqualTo(2);
        assertThat(cluster.status().failed()).isEqualTo(2);
    }

    @Test
    void tooManyFailedIndexesEndTheJob() throws InterruptedException {
        cluster.start(spec -> spec.completions(4)
                .parallelism(4)
                .completionMode("Indexed")
                .backoffLimitPerIndex(0)
                .maxFailedIndexes(1));
        cluster.fail(cluster.active(0));
        assertThat(cluster.job().condition("FailureTarget")).isEmpty();

        cluster.fail(cluster.active(2));

        assertThat(cluster.conditions())
                .containsExactly("FailureTarget=True MaxFailedIndexesExceeded", "Failed=True MaxFailedIndexesExceeded");
        assertThat(cluster.message("Failed"))
                .isEqualTo("Job has exceeded the specified maximal number of failed indexes");
        assertThat(cluster.status().failedIndexes()).isEqualTo("0,2");
        assertThat(cluster.status().failed()).isEqualTo(4);
    }

    @Test
    void anExitCodeFailsItsIndexAtOnce() throws InterruptedException {
        cluster.start(spec -> spec.completions(2)
                .parallelism(2)
                .completionMode("Indexed")
                .backoffLimitPerIndex(5)
                .podFailurePolicy(new PodFailurePolicy(List.of(onExit("FailIndex", "NotIn", 1, 2)))));

        failWith(cluster.active(1), 3);

        assertThat(cluster.status().failedIndexes()).isEqualTo("1");
        assertThat(cluster.activeIndexes()).containsExactly(0);
    }

    @Test
    void someIndexesCanBeEnough() throws InterruptedException {
        cluster.start(spec -> spec.completions(5)
                .parallelism(5)
                .completionMode("Indexed")
                .successPolicy(
                        new SuccessPolicy(List.of(new SuccessPolicyRule(null, "0"), new SuccessPolicyRule(2, "1-3")))));
        cluster.active().forEach(cluster::run);
        cluster.succeed(cluster.active(3));
        cluster.succeed(cluster.active(4));
        assertThat(cluster.job().condition("SuccessCriteriaMet")).isEmpty();
        cluster.succeed(cluster.active(1));

        assertThat(cluster.conditions()).containsExactly("SuccessCriteriaMet=True SuccessPolicy");
        assertThat(cluster.message("SuccessCriteriaMet")).isEqualTo("Matched rules at index 1");
        cluster.allEnded();

        assertThat(cluster.conditions())
                .containsExactly("SuccessCriteriaMet=True SuccessPolicy", "Complete=True SuccessPolicy");
        assertThat(cluster.status().succeeded()).isEqualTo(3);
        assertThat(cluster.status().failed()).isZero();
        assertThat(cluster.status().completedIndexes()).isEqualTo("1,3,4");
    }
}
