package dev.orchestrator.runtime.admission;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.DaemonSetBuilder;
import dev.orchestrator.api.model.apps.DaemonSetSpecBuilder;
import dev.orchestrator.api.model.apps.DaemonSetUpdateStrategy;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.apps.DeploymentStrategy;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.apps.RollingUpdateDaemonSet;
import dev.orchestrator.api.model.apps.RollingUpdateDeployment;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.apps.StatefulSetBuilder;
import dev.orchestrator.api.model.apps.StatefulSetSpecBuilder;
import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.CronJobBuilder;
import dev.orchestrator.api.model.batch.CronJobSpecBuilder;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobBuilder;
import dev.orchestrator.api.model.batch.JobSpecBuilder;
import dev.orchestrator.api.model.batch.JobTemplateSpec;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.ReplicationController;
import dev.orchestrator.api.model.core.ReplicationControllerBuilder;
import dev.orchestrator.api.model.core.ReplicationControllerSpecBuilder;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class WorkloadAdmissionTest {

    private static final WriteRequest REQUEST = WriteRequest.by("test");
    private static final Map<String, String> LABELS = Map.of("app", "web");

    private final AdmissionChain chain =
            AdmissionChain.of(StoredFixture.withDefaultNamespace(), AdmissionPlugins.NONE, port -> true);

    @Test
    void fillsInWhatADeploymentLeavesOut() {
        Deployment deployment = chain.admitCreate(deployment(spec -> {}), REQUEST);

        assertThat(deployment.spec().replicas()).isEqualTo(1);
        assertThat(deployment.spec().revisionHistoryLimit()).isEqualTo(10);
        assertThat(deployment.spec().progressDeadlineSeconds()).isEqualTo(600);
        assertThat(deployment.spec().strategy())
                .isEqualTo(new DeploymentStrategy(
                        new RollingUpdateDeployment(IntOrString.of("25%"), IntOrString.of("25%")), "RollingUpdate"));
        assertThat(chain.admitUpdate(deployment, deployment, REQUEST)).isSameAs(deployment);
    }

    @Test
    void fillsInWhatTheOthersLeaveOut() {
        StatefulSet set = chain.admitCreate(statefulSet(spec -> {}), REQUEST);
        DaemonSet daemons = chain.admitCreate(daemonSet(spec -> {}), REQUEST);
        ReplicationController controller = chain.admitCreate(
                ReplicationControllerBuilder.builder()
                        .metadata(named("rc"))
                        .spec(ReplicationControllerSpecBuilder.builder()
                                .template(template("Always"))
                                .build())
                        .build(),
                REQUEST);

        assertThat(set.spec().podManagementPolicy()).isEqualTo("OrderedReady");
        assertThat(set.spec().updateStrategy().type()).isEqualTo("RollingUpdate");
        assertThat(set.spec().updateStrategy().rollingUpdate())
                .extracting(rolling -> rolling.partition())
                .isEqualTo(0);
        assertThat(set.spec().persistentVolumeClaimRetentionPolicy())
                .hasToString("StatefulSetPersistentVolumeClaimRetentionPolicy[whenDeleted=Retain, whenScaled=Retain]");
        assertThat(daemons.spec().updateStrategy().rollingUpdate())
                .isEqualTo(new RollingUpdateDaemonSet(IntOrString.of(0), IntOrString.of(1)));
        assertThat(controller.spec().selector()).isEqualTo(LABELS);
        assertThat(controller.metadata().labels()).isEqualTo(LABELS);
        for (Resource object : List.of(set, daemons, controller)) {
            assertThat(chain.admitUpdate(object, object, REQUEST)).isSameAs(object);
        }
    }

    @Test
    void selectsThePodsOfAJobByItsUid() {
        Job job = chain.admitCreate(job(spec -> {}), REQUEST);

        assertThat(job.spec().selector())
                .isEqualTo(new LabelSelector(List.of(), Map.of("batch.kubernetes.io/controller-uid", "u1")));
        assertThat(job.spec().template().metadata().labels())
                .containsEntry("controller-uid", "u1")
                .containsEntry("batch.kubernetes.io/controller-uid", "u1")
                .containsEntry("job-name", "j")
                .containsEntry("batch.kubernetes.io/job-name", "j");
        assertThat(job.spec().completions()).isEqualTo(1);
        assertThat(job.spec().parallelism()).isEqualTo(1);
        assertThat(job.spec().backoffLimit()).isEqualTo(6);
        assertThat(job.spec().completionMode()).isEqualTo("NonIndexed");
        assertThat(job.spec().podReplacementPolicy()).isEqualTo("TerminatingOrFailed");
        assertThat(chain.admitUpdate(job, job, REQUEST)).isSameAs(job);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refuses(String name, Resource object, String message) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> chain.admitCreate(object, REQUEST));

        assertThat(refusal.status().message()).as(name).isEqualTo(message);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(
                        "no selector",
                        deployment(spec -> spec.selector(null)),
                        "Deployment.apps \"web\" is invalid: spec.selector: Required value"),
                arguments(
                        "empty selector",
                        deployment(spec -> spec.selector(new LabelSelector(List.of(), Map.of()))),
                        "Deployment.apps \"web\" is invalid: spec.selector: Invalid value:"
                                + " v1.LabelSelector{MatchLabels:map[string]string(nil),"
                                + " MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: empty selector is invalid for"
                                + " deployment"),
                arguments(
                        "selector that does not match",
                        deployment(spec -> spec.selector(selecting("other"))),
                        "Deployment.apps \"web\" is invalid: spec.template.metadata.labels: Invalid value:"
                                + " map[string]string{\"app\":\"web\"}: `selector` does not match template `labels`"),
                arguments(
                        "template that restarts never",
                        deployment(spec -> spec.template(template("Never"))),
                        "Deployment.apps \"web\" is invalid: spec.template.spec.restartPolicy: Unsupported value:"
                                + " \"Never\": supported values: \"Always\""),
                arguments(
                        "neither surge nor lack",
                        deployment(spec -> spec.strategy(rolling(IntOrString.of(0), IntOrString.of("0%")))),
                        "Deployment.apps \"web\" is invalid: spec.strategy.rollingUpdate.maxUnavailable: Invalid value:"
                                + " intstr.IntOrString{Type:1, IntVal:0, StrVal:\"0%\"}: may not be 0 when `maxSurge` is"
                                + " 0"),
                arguments(
                        "recreate with rolling update",
                        deployment(spec -> spec.strategy(new DeploymentStrategy(
                                new RollingUpdateDeployment(IntOrString.of(1), IntOrString.of(1)), "Recreate"))),
                        "Deployment.apps \"web\" is invalid: spec.strategy.rollingUpdate: Forbidden: may not be specified"
                                + " when strategy `type` is 'Recreate'"),
                arguments(
                        "deadline before ready",
                        deployment(spec -> spec.minReadySeconds(600)),
                        "Deployment.apps \"web\" is invalid: spec.progressDeadlineSeconds: Invalid value: 600: must be"
                                + " greater than minReadySeconds"),
                arguments(
                        "container of the template",
                        deployment(spec -> spec.template(new PodTemplateSpec(
                                ObjectMetaBuilder.builder().labels(LABELS).build(),
                                PodSpecBuilder.builder().build()))),
                        "Deployment.apps \"web\" is invalid: spec.template.spec.containers: Required value"),
                arguments(
                        "negative replicas",
                        ReplicaSetBuilder.builder()
                                .metadata(named("rs"))
                                .spec(ReplicaSetSpecBuilder.builder()
                                        .replicas(-1)
                                        .selector(selecting("web"))
                                        .template(template("Always"))
                                        .build())
                                .build(),
                        "ReplicaSet.apps \"rs\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal"
                                + " to 0"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherRefusals")
    void refusesOthers(String name, Resource object, String message) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> chain.admitCreate(object, REQUEST));

        assertThat(refusal.status().message()).as(name).isEqualTo(message);
    }

    static Stream<Arguments> otherRefusals() {
        return Stream.of(
                arguments(
                        "daemons neither surge nor lack",
                        daemonSet(spec -> spec.updateStrategy(new DaemonSetUpdateStrategy(
                                new RollingUpdateDaemonSet(IntOrString.of(0), IntOrString.of(0)), "RollingUpdate"))),
                        "DaemonSet.apps \"d\" is invalid: spec.updateStrategy.rollingUpdate.maxUnavailable: Required"
                                + " value: cannot be 0 when maxSurge is 0"),
                arguments(
                        "unknown management",
                        statefulSet(spec -> spec.podManagementPolicy("Random")),
                        "StatefulSet.apps \"s\" is invalid: spec.podManagementPolicy: Invalid value: \"Random\": must be"
                                + " 'OrderedReady' or 'Parallel'"),
                arguments(
                        "job that restarts always",
                        job(spec -> spec.template(template("Always"))),
                        "Job.batch \"j\" is invalid: spec.template.spec.restartPolicy: Required value: valid values:"
                                + " \"OnFailure\", \"Never\""),
                arguments(
                        "indexed without completions",
                        job(spec -> spec.completionMode("Indexed").parallelism(2)),
                        "Job.batch \"j\" is invalid: spec.completions: Required value: when completion mode is Indexed"),
                arguments(
                        "long name of a cron job",
                        cronJob("c".repeat(53), "* * * * *", null),
                        "CronJob.batch \"" + "c".repeat(53) + "\" is invalid: metadata.name: Invalid value: \""
                                + "c".repeat(53) + "\": must be no more than 52 characters"),
                arguments(
                        "unknown time zone",
                        cronJob("c", "@hourly", "Mars/Base"),
                        "CronJob.batch \"c\" is invalid: spec.timeZone: Invalid value: \"Mars/Base\": unknown time zone"
                                + " Mars/Base"),
                arguments(
                        "zone in the schedule",
                        cronJob("c", "TZ=UTC 0 * * * *", null),
                        "CronJob.batch \"c\" is invalid: spec.schedule: Invalid value: \"TZ=UTC 0 * * * *\": cannot use TZ"
                                + " or CRON_TZ in schedule, use timeZone field instead"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        * * * *        | expected exactly 5 fields, found 4: [* * * *]
        60 * * * *     | end of range (60) above maximum (59): 60
        5-1 * * * *    | beginning of range (5) beyond end of range (1): 5-1
        */0 * * * *    | step of range should be a positive number: */0
        x * * * *      | failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax
        * * 0 * *      | beginning of range (0) below minimum (1): 0
        1-2-3 * * * *  | too many hyphens: 1-2-3
        1/2/3 * * * *  | too many slashes: 1/2/3
        @never         | unrecognized descriptor: @never
        @every x       | failed to parse duration @every x: time: invalid duration "x"
        """)
    void refusesSchedules(String schedule, String detail) {
        assertThatThrownBy(() -> chain.admitCreate(cronJob("c", schedule, null), REQUEST))
                .hasMessageEndingWith("spec.schedule: Invalid value: \"" + schedule + "\": " + detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"*/5 0-23/2 1,15 jan-dec mon-fri", "@daily", "@every 1h30m", "0 0 ? * SUN"})
    void acceptsSchedules(String schedule) {
        CronJob cronJob = chain.admitCreate(cronJob("c", schedule, "Europe/Berlin"), REQUEST);

        assertThat(cronJob.spec().concurrencyPolicy()).isEqualTo("Allow");
        assertThat(cronJob.spec().successfulJobsHistoryLimit()).isEqualTo(3);
        assertThat(cronJob.spec().failedJobsHistoryLimit()).isEqualTo(1);
        assertThat(chain.admitUpdate(cronJob, cronJob, REQUEST)).isSameAs(cronJob);
    }

    @Test
    void keepsSelectors() {
        Deployment old = chain.admitCreate(deployment(spec -> {}), REQUEST);
        Deployment updated = DeploymentBuilder.builder(old)
                .spec(DeploymentSpecBuilder.builder(old.spec())
                        .selector(selecting("z"))
                        .template(new PodTemplateSpec(
                                ObjectMetaBuilder.builder()
                                        .labels(Map.of("app", "z"))
                                        .build(),
                                old.spec().template().spec()))
                        .build())
                .build();

        assertThatThrownBy(() -> chain.admitUpdate(old, updated, REQUEST))
                .hasMessage("Deployment.apps \"web\" is invalid: spec.selector: Invalid value:"
                        + " v1.LabelSelector{MatchLabels:map[string]string{\"app\":\"z\"},"
                        + " MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable");
    }

    @Test
    void keepsMostOfAStatefulSet() {
        StatefulSet old = chain.admitCreate(statefulSet(spec -> {}), REQUEST);
        StatefulSet updated = StatefulSetBuilder.builder(old)
                .spec(StatefulSetSpecBuilder.builder(old.spec())
                        .serviceName("other")
                        .build())
                .build();

        assertThatThrownBy(() -> chain.admitUpdate(old, updated, REQUEST))
                .hasMessage(
                        "StatefulSet.apps \"s\" is invalid: spec: Forbidden: updates to statefulset spec for fields other"
                                + " than 'replicas', 'ordinals', 'template', 'updateStrategy',"
                                + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
    }

    /** Changes a builder; what its setters return does not matter. */
    private interface Change<B> {
        void apply(B builder);
    }

    private static ObjectMeta named(String name) {
        return ObjectMetaBuilder.builder().namespace("default").name(name).build();
    }

    private static LabelSelector selecting(String app) {
        return new LabelSelector(List.of(), Map.of("app", app));
    }

    private static DeploymentStrategy rolling(IntOrString surge, IntOrString unavailable) {
        return new DeploymentStrategy(new RollingUpdateDeployment(surge, unavailable), "RollingUpdate");
    }

    private static PodTemplateSpec template(String restartPolicy) {
        return new PodTemplateSpec(
                ObjectMetaBuilder.builder().labels(LABELS).build(),
                PodSpecBuilder.builder()
                        .restartPolicy(restartPolicy)
                        .containers(List.of(ContainerBuilder.builder()
                                .name("c")
                                .image("a:1")
                                .build()))
                        .build());
    }

    private static Deployment deployment(Change<DeploymentSpecBuilder> change) {
        var spec = DeploymentSpecBuilder.builder().selector(selecting("web")).template(template("Always"));
        change.apply(spec);
        return DeploymentBuilder.builder()
                .metadata(named("web"))
                .spec(spec.build())
                .build();
    }

    private static StatefulSet statefulSet(Change<StatefulSetSpecBuilder> change) {
        var spec = StatefulSetSpecBuilder.builder().selector(selecting("web")).template(template("Always"));
        change.apply(spec);
        return StatefulSetBuilder.builder()
                .metadata(named("s"))
                .spec(spec.build())
                .build();
    }

    private static DaemonSet daemonSet(Change<DaemonSetSpecBuilder> change) {
        var spec = DaemonSetSpecBuilder.builder().selector(selecting("web")).template(template("Always"));
        change.apply(spec);
        return DaemonSetBuilder.builder()
                .metadata(named("d"))
                .spec(spec.build())
                .build();
    }

    private static Job job(Change<JobSpecBuilder> change) {
        var spec = JobSpecBuilder.builder().template(template("Never"));
        change.apply(spec);
        return JobBuilder.builder()
                .metadata(ObjectMetaBuilder.builder(named("j")).uid("u1").build())
                .spec(spec.build())
                .build();
    }

    private static CronJob cronJob(String name, String schedule, @Nullable String timeZone) {
        return CronJobBuilder.builder()
                .metadata(named(name))
                .spec(CronJobSpecBuilder.builder()
                        .schedule(schedule)
                        .timeZone(timeZone)
                        .jobTemplate(new JobTemplateSpec(
                                ObjectMeta.EMPTY,
                                JobSpecBuilder.builder()
                                        .template(template("Never"))
                                        .build()))
                        .build())
                .build();
    }
}
