package dev.orchestrator.runtime;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orchestrator.api.Manifests;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.autoscaling.MetricsSource;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerCondition;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.memory.ContainerScript;
import dev.orchestrator.memory.InMemoryDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.statefulSet;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Autoscalers in a whole orchestrator: figures of the driver and of the program, on a manual clock. */
class AutoscalerStoryIT {

    private static final Duration PERIOD = ofSeconds(15);

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger queue = new AtomicInteger();
    private final AtomicInteger perPod = new AtomicInteger();
    private final InMemoryDriver driver =
            new InMemoryDriver().image("web:1", ContainerScript.runs().uses("100m", "64Mi"));
    private final Orchestrator cluster;

    AutoscalerStoryIT() throws InterruptedException {
        cluster = Orchestrator.builder(driver)
                .time(clock)
                .metrics(MetricsSource.gauge("queue_length", Map.of("queue", "mail"), queue::get)
                        .and(MetricsSource.podGauge("sessions", pod -> perPod.get())))
                .start();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void web(int replicas) throws InterruptedException {
        cluster.apply(deployment("web")
                .replicas(replicas)
                .container("c", c -> c.image("web:1").request("cpu", "100m").request("memory", "64Mi")));
        clock.settle();
    }

    private int replicas() {
        return cluster.deployments().named("web").get().desiredReplicas();
    }

    private void use(String cpu) {
        for (Pod pod : cluster.deployments().named("web").pods()) {
            driver.container(pod.metadata().nameOrEmpty(), "c").uses(cpu, "64Mi");
        }
    }

    private void autoscaler(String target, int min, int max, String metricsAndMore) {
        cluster.apply(Manifests.load("""
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: web}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: TARGET, name: web}
                  minReplicas: MIN
                  maxReplicas: MAX
                  MORE
                """.replace("TARGET", target)
                .replace("MIN", "" + min)
                .replace("MAX", "" + max)
                .replace("MORE", metricsAndMore)));
    }

    private HorizontalPodAutoscaler autoscaler() {
        return cluster.horizontalPodAutoscalers().named("web").get();
    }

    private String condition(String type) {
        return autoscaler().status().conditions().stream()
                .filter(each -> each.type().equals(type))
                .map(AutoscalerStoryIT::text)
                .findFirst()
                .orElse("none");
    }

    private static String text(HorizontalPodAutoscalerCondition condition) {
        return condition.status() + " " + condition.reason() + ": " + condition.message();
    }

    @Test
    void followsWhatContainersUseOfTheProcessors() throws InterruptedException {
        web(2);
        cluster.deployments().named("web").autoscale(2, 7, 50);
        clock.advance(PERIOD);
        assertThat(replicas()).isEqualTo(4);
        assertThat(condition("AbleToScale"))
                .isEqualTo("True SucceededRescale: the HPA controller was able to update the target scale to 4");
        assertThat(condition("ScalingActive"))
                .isEqualTo("True ValidMetricFound: the HPA was able to successfully calculate a replica count from cpu"
                        + " resource utilization (percentage of request)");
        assertThat(cluster.horizontalPodAutoscalers().named("web").events()).anySatisfy(event -> {
            assertThat(event.reason()).isEqualTo("SuccessfulRescale");
            assertThat(event.message())
                    .isEqualTo(
                            "New size: 4; reason: cpu resource utilization (percentage of request) above" + " target");
        });

        clock.advance(PERIOD);
        clock.advance(PERIOD);
        assertThat(replicas()).isEqualTo(7);
        assertThat(condition("ScalingLimited"))
                .isEqualTo("True TooManyReplicas: the desired replica count is more than the maximum replica count");

        use("20m");
        clock.advance(ofMinutes(4));
        assertThat(replicas()).isEqualTo(7);
        assertThat(condition("AbleToScale")).startsWith("True ScaleDownStabilized: ");

        clock.advance(ofMinutes(2));
        assertThat(replicas()).isEqualTo(3);
        var cpu =
                requireNonNull(autoscaler().status().currentMetrics().getFirst().resource());
        assertThat(cpu.current().averageValue()).isEqualTo(Quantity.parse("20m"));
        assertThat(cpu.current().averageUtilization()).isEqualTo(20);
    }

    @Test
    void followsAGaugeOfTheProgram() throws InterruptedException {
        web(1);
        queue.set(45);
        autoscaler("Deployment", 1, 10, """
                metrics:
                  - type: External
                    external:
                      metric: {name: queue_length, selector: {matchLabels: {queue: mail}}}
                      target: {type: AverageValue, averageValue: 10}
                """);
        clock.advance(PERIOD);
        assertThat(replicas()).isEqualTo(4);
        assertThat(condition("ScalingLimited"))
                .isEqualTo("True ScaleUpLimit: the desired replica count is increasing faster than the maximum scale"
                        + " rate");

        clock.advance(PERIOD);
        assertThat(replicas()).isEqualTo(5);

        queue.set(0);
        clock.advance(ofMinutes(6));
        assertThat(replicas()).isEqualTo(1);
        assertThat(cluster.horizontalPodAutoscalers().named("web").events())
                .anySatisfy(event ->
                        assertThat(event.message()).isEqualTo("New size: 1; reason: All metrics below target"));
    }

    @Test
    void theMetricThatCallsForMostDecides() throws InterruptedException {
        web(2);
        queue.set(10);
        perPod.set(30);
        autoscaler("Deployment", 1, 10, """
                metrics:
                  - {type: External, external: {metric: {name: queue_length}, target: {type: Value, value: 10}}}
                  - {type: Pods, pods: {metric: {name: sessions}, target: {type: AverageValue, averageValue: 20}}}
                  - type: ContainerResource
                    containerResource: {name: memory, container: c, target: {type: AverageValue, averageValue: 64Mi}}
                """);
        clock.advance(PERIOD);

        assertThat(replicas()).isEqualTo(3);
        assertThat(condition("ScalingActive")).endsWith("calculate a replica count from pods metric sessions");
        assertThat(autoscaler().status().currentMetrics()).hasSize(3);
    }

    @Test
    void saysWhatItCanNotMeasureAndNeverScalesDownOnHalfTheFigures() throws InterruptedException {
        web(3);
        queue.set(1);
        autoscaler("Deployment", 1, 10, """
                metrics:
                  - {type: External, external: {metric: {name: queue_length}, target: {type: Value, value: 10}}}
                  - {type: External, external: {metric: {name: unheard_of}, target: {type: Value, value: 10}}}
                """);
        clock.advance(ofMinutes(6));

        assertThat(replicas()).isEqualTo(3);
        assertThat(condition("ScalingActive"))
                .isEqualTo("False FailedGetExternalMetric: the HPA was unable to compute the replica count: unable to"
                        + " get external metric default/unheard_of/nil: no metrics returned from external metrics"
                        + " API");
        assertThat(cluster.horizontalPodAutoscalers().named("web").events()).anySatisfy(event -> {
            assertThat(event.reason()).isEqualTo("FailedComputeMetricsReplicas");
            assertThat(event.message()).startsWith("invalid metrics (1 invalid out of 2), first error is: ");
        });
    }

    @Test
    void needsToKnowWhatIsRequested() throws InterruptedException {
        cluster.apply(deployment("web").replicas(1).container("c", c -> c.image("web:1")));
        clock.settle();
        cluster.deployments().named("web").autoscale(1, 5, 50);
        clock.advance(PERIOD);

        String pod =
                cluster.deployments().named("web").pods().getFirst().metadata().nameOrEmpty();
        assertThat(condition("ScalingActive"))
                .isEqualTo("False FailedGetResourceMetric: the HPA was unable to compute the replica count: failed to"
                        + " get cpu utilization: missing request for cpu in container c of Pod " + pod);
    }

    @Test
    void scalesStatefulSetsByTheRulesOfItsBehavior() throws InterruptedException {
        cluster.apply(statefulSet("web")
                .replicas(2)
                .spec(spec -> spec.podManagementPolicy("Parallel"))
                .container("c", c -> c.image("web:1")));
        clock.settle();
        queue.set(100);
        autoscaler("StatefulSet", 1, 20, """
                behavior:
                    scaleUp: {policies: [{type: Pods, value: 1, periodSeconds: 60}]}
                    scaleDown: {stabilizationWindowSeconds: 0, selectPolicy: Disabled}
                  metrics:
                  - {type: External, external: {metric: {name: queue_length}, target: {type: AverageValue, averageValue: 10}}}
                """);
        clock.advance(ofSeconds(30));
        assertThat(cluster.statefulSets().named("web").get().spec().replicas()).isEqualTo(3);

        clock.advance(ofSeconds(60));
        assertThat(cluster.statefulSets().named("web").get().spec().replicas()).isEqualTo(4);

        queue.set(0);
        clock.advance(ofMinutes(10));
        assertThat(cluster.statefulSets().named("web").get().spec().replicas()).isEqualTo(4);
        assertThat(condition("ScalingLimited")).startsWith("True ScaleDownLimit: ");
    }

    @Test
    void keepsWithinItsBoundsWithoutAnyMetric() throws InterruptedException {
        web(12);
        cluster.deployments().named("web").autoscale(2, 7, 50);
        clock.advance(PERIOD);
        assertThat(replicas()).isEqualTo(7);

        cluster.deployments().named("web").scale(0);
        clock.advance(PERIOD);
        assertThat(replicas()).isZero();
        assertThat(condition("ScalingActive"))
                .isEqualTo("False ScalingDisabled: scaling is disabled since the replica count of the target is zero");

        cluster.deployments().named("web").scale(1);
        clock.advance(PERIOD);
        assertThat(replicas()).isEqualTo(2);
    }

    @Test
    void saysThatItsTargetIsMissing() throws InterruptedException {
        autoscaler("Deployment", 1, 5, "");
        clock.advance(PERIOD);

        assertThat(condition("AbleToScale"))
                .isEqualTo("False FailedGetScale: the HPA controller was unable to get the target's current scale:"
                        + " deployments.apps \"web\" not found");
    }
}
