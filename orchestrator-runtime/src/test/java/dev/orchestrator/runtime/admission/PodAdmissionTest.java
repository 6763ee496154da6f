package dev.orchestrator.runtime.admission;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.ContainerPortBuilder;
import dev.orchestrator.api.model.core.EmptyDirVolumeSource;
import dev.orchestrator.api.model.core.EnvVarBuilder;
import dev.orchestrator.api.model.core.ExecAction;
import dev.orchestrator.api.model.core.HTTPGetActionBuilder;
import dev.orchestrator.api.model.core.HostAlias;
import dev.orchestrator.api.model.core.HostPathVolumeSource;
import dev.orchestrator.api.model.core.LifecycleBuilder;
import dev.orchestrator.api.model.core.LifecycleHandlerBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodDNSConfigBuilder;
import dev.orchestrator.api.model.core.PodSchedulingGate;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.core.ProbeBuilder;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.api.model.core.SleepAction;
import dev.orchestrator.api.model.core.TCPSocketAction;
import dev.orchestrator.api.model.core.TolerationBuilder;
import dev.orchestrator.api.model.core.TopologySpreadConstraintBuilder;
import dev.orchestrator.api.model.core.VolumeBuilder;
import dev.orchestrator.api.model.core.VolumeMountBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.StatusCause;
import dev.orchestrator.api.model.scheduling.PriorityClassBuilder;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class PodAdmissionTest {

    private static final WriteRequest REQUEST = WriteRequest.by("test");

    private final StoredFixture store = StoredFixture.withDefaultNamespace();
    private final AdmissionChain chain = AdmissionChain.of(store, AdmissionPlugins.NONE, port -> true);

    @Test
    void fillsInWhatAPodLeavesOut() {
        Pod pod = chain.admitCreate(pod(spec -> {}), REQUEST);

        PodSpec spec = pod.spec();
        assertThat(spec.restartPolicy()).isEqualTo("Always");
        assertThat(spec.terminationGracePeriodSeconds()).isEqualTo(30);
        assertThat(spec.dnsPolicy()).isEqualTo("ClusterFirst");
        assertThat(spec.securityContext()).isNotNull();
        assertThat(spec.schedulerName()).isEqualTo("default-scheduler");
        assertThat(spec.enableServiceLinks()).isTrue();
        assertThat(spec.serviceAccountName()).isEqualTo("default");
        assertThat(spec.serviceAccount()).isEqualTo("default");
        assertThat(spec.preemptionPolicy()).isEqualTo("PreemptLowerPriority");
        assertThat(spec.priority()).isZero();
        assertThat(spec.tolerations())
                .extracting(toleration ->
                        toleration.key() + " " + toleration.effect() + " " + toleration.tolerationSeconds())
                .containsExactly(
                        "node.kubernetes.io/not-ready NoExecute 300", "node.kubernetes.io/unreachable NoExecute 300");
        assertThat(pod.status().phase()).isEqualTo("Pending");
        assertThat(pod.status().qosClass()).isEqualTo("BestEffort");
        Container container = spec.containers().getFirst();
        assertThat(container.terminationMessagePath()).isEqualTo("/dev/termination-log");
        assertThat(container.terminationMessagePolicy()).isEqualTo("File");
    }

    @ParameterizedTest(name = "{0} is pulled {1}")
    @MethodSource("images")
    void pullsByTag(String image, String policy) {
        Pod pod =
                chain.admitCreate(pod(spec -> spec.containers(List.of(container("c", c -> c.image(image))))), REQUEST);

        assertThat(pod.spec().containers().getFirst().imagePullPolicy()).isEqualTo(policy);
    }

    static Stream<Arguments> images() {
        return Stream.of(
                arguments("nginx", "Always"),
                arguments("nginx:latest", "Always"),
                arguments("nginx:1.29", "IfNotPresent"),
                arguments("localhost:5000/nginx", "Always"),
                arguments("localhost:5000/nginx:2", "IfNotPresent"),
                arguments("nginx@sha256:" + "a".repeat(64), "IfNotPresent"));
    }

    @Test
    void setsRequestsFromLimitsAndTheQosClass() {
        Map<String, Quantity> limits = Map.of("cpu", Quantity.parse("1"), "memory", Quantity.parse("1Gi"));
        Pod pod = chain.admitCreate(
                pod(spec -> spec.containers(List.of(
                        container("c", c -> c.resources(new ResourceRequirements(List.of(), limits, Map.of())))))),
                REQUEST);

        assertThat(pod.spec().containers().getFirst().resources().requests()).isEqualTo(limits);
        assertThat(pod.status().qosClass()).isEqualTo("Guaranteed");
    }

    @Test
    void admitsItsOwnResultUnchanged() {
        Pod once = chain.admitCreate(pod(spec -> {}), REQUEST);

        Pod twice = chain.admitCreate(once, REQUEST);

        assertThat(twice.spec()).isSameAs(once.spec());
        assertThat(chain.admitUpdate(once, once, REQUEST)).isSameAs(once);
    }

    @Test
    void letsPodsOfOneTemplateShareTheirSpec() {
        PodSpec template = pod(spec -> {}).spec();

        Pod first = chain.admitCreate(pod("web-1", template), REQUEST);
        Pod second = chain.admitCreate(pod("web-2", template), REQUEST);

        assertThat(second.spec()).isSameAs(first.spec());
        assertThat(second.status()).isSameAs(first.status());
    }

    @Test
    void refusesAPodWithoutItsServiceAccount() {
        assertThatThrownBy(() -> chain.admitCreate(pod(spec -> spec.serviceAccountName("robot")), REQUEST))
                .hasMessage("pods \"p\" is forbidden: error looking up service account default/robot: serviceaccount"
                        + " \"robot\" not found");
    }

    @Test
    void takesThePriorityOfTheClass() {
        store.with(PriorityClassBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("high").build())
                .value(1000)
                .preemptionPolicy("Never")
                .build());

        Pod pod = chain.admitCreate(pod(spec -> spec.priorityClassName("high")), REQUEST);

        assertThat(pod.spec().priority()).isEqualTo(1000);
        assertThat(pod.spec().preemptionPolicy()).isEqualTo("Never");
        assertThatThrownBy(() -> chain.admitCreate(pod(spec -> spec.priorityClassName("none")), REQUEST))
                .hasMessage("pods \"p\" is forbidden: no PriorityClass with name none was found");
        assertThatThrownBy(() -> chain.admitCreate(pod(spec -> spec.priority(5)), REQUEST))
                .hasMessage(
                        "pods \"p\" is forbidden: the integer value of priority (5) must not be provided in pod spec;"
                                + " priority admission controller computed 0 from the given PriorityClass name");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"specs", "networkAndVolumes", "containers", "handlers", "mountsAndNames"})
    void refuses(String name, Pod pod, List<String> causes) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> chain.admitCreate(pod, REQUEST));

        assertThat(refusal.causes()).as(name).extracting(PodAdmissionTest::text).containsExactlyElementsOf(causes);
    }

    private static String text(StatusCause cause) {
        return cause.field() + ": " + cause.message();
    }

    static Stream<Arguments> specs() {
        return Stream.of(
                refused("no container", spec -> spec.containers(List.of()), "spec.containers: Required value"),
                refused(
                        "unknown restart policy",
                        spec -> spec.restartPolicy("Sometimes"),
                        "spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\","
                                + " \"OnFailure\", \"Never\""),
                refused(
                        "deadline of zero",
                        spec -> spec.activeDeadlineSeconds(0L),
                        "spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive"),
                refused(
                        "toleration without key",
                        spec -> spec.tolerations(List.of(
                                TolerationBuilder.builder().operator("Equal").build())),
                        "spec.tolerations[0].operator: Invalid value: \"Equal\": operator must be Exists when `key` is"
                                + " empty, which means \"match all values and all keys\""),
                refused(
                        "toleration seconds without effect",
                        spec -> spec.tolerations(List.of(TolerationBuilder.builder()
                                .key("a")
                                .operator("Exists")
                                .tolerationSeconds(1L)
                                .build())),
                        "spec.tolerations[0].effect: Invalid value: \"\": effect must be 'NoExecute' when"
                                + " `tolerationSeconds` is set"),
                refused(
                        "spread without key",
                        spec -> spec.topologySpreadConstraints(List.of(
                                TopologySpreadConstraintBuilder.builder().build())),
                        "spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero",
                        "spec.topologySpreadConstraints[0].topologyKey: Required value: can not be empty",
                        "spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: \"\": supported values:"
                                + " \"DoNotSchedule\", \"ScheduleAnyway\""),
                refused(
                        "DNS policy None without servers",
                        spec -> spec.dnsPolicy("None"),
                        "spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None"));
    }

    static Stream<Arguments> networkAndVolumes() {
        return Stream.of(
                refused(
                        "name server that is no address",
                        spec -> spec.dnsConfig(PodDNSConfigBuilder.builder()
                                .nameservers(List.of("x"))
                                .build()),
                        "spec.dnsConfig.nameservers[0]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or"
                                + " 2001:db8::ffff)"),
                refused(
                        "host alias",
                        spec -> spec.hostAliases(List.of(new HostAlias(List.of(), "1"))),
                        "spec.hostAliases[0].ip: Invalid value: \"1\": must be a valid IP address, (e.g. 10.9.8.7 or"
                                + " 2001:db8::ffff)"),
                refused(
                        "node despite gates",
                        spec -> spec.nodeName("n").schedulingGates(List.of(new PodSchedulingGate("a.b/c"))),
                        "spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared"),
                refused(
                        "two sources of a volume",
                        spec -> spec.volumes(List.of(VolumeBuilder.builder()
                                .name("v")
                                .emptyDir(new EmptyDirVolumeSource(null, null))
                                .hostPath(new HostPathVolumeSource("/a", null))
                                .build())),
                        "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type"),
                refused(
                        "host path that climbs",
                        spec -> spec.volumes(List.of(VolumeBuilder.builder()
                                .name("v")
                                .hostPath(new HostPathVolumeSource("/a/../b", "Link"))
                                .build())),
                        "spec.volumes[0].hostPath.path: Invalid value: \"/a/../b\": must not contain '..'",
                        "spec.volumes[0].hostPath.type: Unsupported value: \"Link\": supported values: \"\","
                                + " \"BlockDevice\", \"CharDevice\", \"Directory\", \"DirectoryOrCreate\", \"File\","
                                + " \"FileOrCreate\", \"Socket\""));
    }

    static Stream<Arguments> containers() {
        return Stream.of(
                refusedContainer(
                        "no image and a bad name",
                        c -> c.image(null).name("a.b"),
                        "spec.containers[0].name: Invalid value: \"a.b\": must not contain dots",
                        "spec.containers[0].image: Required value"),
                refusedContainer(
                        "padded image",
                        c -> c.image(" a "),
                        "spec.containers[0].image: Invalid value: \" a \": must not have leading or trailing whitespace"),
                refusedContainer(
                        "request above limit",
                        c -> c.resources(new ResourceRequirements(
                                List.of(), Map.of("cpu", Quantity.of(1)), Map.of("cpu", Quantity.of(2)))),
                        "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit"
                                + " of 1"),
                refusedContainer(
                        "unknown resource",
                        c -> c.resources(new ResourceRequirements(List.of(), Map.of(), Map.of("gold", Quantity.of(1)))),
                        "spec.containers[0].resources.requests[gold]: Invalid value: \"gold\": must be a standard resource"
                                + " type or fully qualified",
                        "spec.containers[0].resources.requests[gold]: Invalid value: \"gold\": must be a standard resource"
                                + " for containers"),
                refusedContainer(
                        "two handlers and thresholds",
                        c -> c.livenessProbe(ProbeBuilder.builder()
                                .exec(new ExecAction(List.of("true")))
                                .tcpSocket(new TCPSocketAction(null, IntOrString.of(1)))
                                .successThreshold(2)
                                .build()),
                        "spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type",
                        "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1"));
    }

    static Stream<Arguments> handlers() {
        return Stream.of(
                refusedContainer(
                        "no handler",
                        c -> c.readinessProbe(ProbeBuilder.builder().build()),
                        "spec.containers[0].readinessProbe: Required value: must specify a handler type"),
                refusedContainer(
                        "HTTP probe without port",
                        c -> c.startupProbe(ProbeBuilder.builder()
                                .httpGet(HTTPGetActionBuilder.builder()
                                        .scheme("FTP")
                                        .build())
                                .build()),
                        "spec.containers[0].startupProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535,"
                                + " inclusive",
                        "spec.containers[0].startupProbe.httpGet.scheme: Unsupported value: \"FTP\": supported values:"
                                + " \"HTTP\", \"HTTPS\""),
                refusedContainer(
                        "hook longer than grace",
                        c -> c.lifecycle(LifecycleBuilder.builder()
                                .preStop(LifecycleHandlerBuilder.builder()
                                        .sleep(new SleepAction(31))
                                        .build())
                                .build()),
                        "spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than"
                                + " terminationGracePeriodSeconds (30)"),
                refusedContainer(
                        "ports",
                        c -> c.ports(List.of(
                                ContainerPortBuilder.builder()
                                        .name("http")
                                        .containerPort(80)
                                        .build(),
                                ContainerPortBuilder.builder()
                                        .name("http")
                                        .containerPort(0)
                                        .protocol("ICMP")
                                        .build())),
                        "spec.containers[0].ports[1].name: Duplicate value: \"http\"",
                        "spec.containers[0].ports[1].containerPort: Required value",
                        "spec.containers[0].ports[1].protocol: Unsupported value: \"ICMP\": supported values: \"SCTP\","
                                + " \"TCP\", \"UDP\""));
    }

    static Stream<Arguments> mountsAndNames() {
        return Stream.of(
                refusedContainer(
                        "unknown volume, mounted twice",
                        c -> c.volumeMounts(List.of(
                                VolumeMountBuilder.builder()
                                        .name("v")
                                        .mountPath("/a")
                                        .build(),
                                VolumeMountBuilder.builder()
                                        .name("v")
                                        .mountPath("/a")
                                        .build())),
                        "spec.containers[0].volumeMounts[0].name: Not found: \"v\"",
                        "spec.containers[0].volumeMounts[1].name: Not found: \"v\"",
                        "spec.containers[0].volumeMounts[1].mountPath: Invalid value: \"/a\": must be unique"),
                refusedContainer(
                        "variable with equals sign",
                        c -> c.env(List.of(EnvVarBuilder.builder().name("a=b").build())),
                        "spec.containers[0].env[0].name: Invalid value: \"a=b\": a valid environment variable name must"
                                + " consist only of printable ASCII characters other than '='"),
                refused(
                        "two containers of one name",
                        spec -> spec.containers(List.of(container("c", c -> {}), container("c", c -> {}))),
                        "spec.containers[1].name: Duplicate value: \"c\""),
                refused(
                        "probe of an init container",
                        spec -> spec.initContainers(List.of(container(
                                "i",
                                c -> c.livenessProbe(ProbeBuilder.builder()
                                        .exec(new ExecAction(List.of("true")))
                                        .build())))),
                        "spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without"
                                + " restartPolicy=Always"));
    }

    @Test
    void namesEveryCauseInTheMessage() {
        assertThatThrownBy(() ->
                        chain.admitCreate(pod(spec -> spec.containers(List.of()).dnsPolicy("None")), REQUEST))
                .hasMessage(
                        "Pod \"p\" is invalid: [spec.containers: Required value, spec.dnsConfig: Required value: must"
                                + " provide `dnsConfig` when `dnsPolicy` is None]");
    }

    @Test
    void letsAnUpdateChangeImagesOnly() {
        Pod old = chain.admitCreate(pod(spec -> {}), REQUEST);
        Pod otherImage = with(
                old,
                spec -> spec.containers(
                        List.of(ContainerBuilder.builder(old.spec().containers().getFirst())
                                .image("b:2")
                                .build())));
        Pod otherName = with(old, spec -> spec.hostname("other"));

        assertThat(chain.admitUpdate(old, otherImage, REQUEST)
                        .spec()
                        .containers()
                        .getFirst()
                        .image())
                .isEqualTo("b:2");
        assertThatThrownBy(() -> chain.admitUpdate(old, otherName, REQUEST))
                .hasMessageStartingWith(
                        "Pod \"p\" is invalid: spec: Forbidden: pod updates may not change fields other than"
                                + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
                                + "`spec.tolerations` (only additions to existing tolerations),"
                                + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n"
                                + "  core.PodSpec{\n")
                .hasMessageContaining("+ \tHostname: \"other\",");
    }

    @Test
    void refusesToTakeTolerationsAway() {
        Pod old = chain.admitCreate(pod(spec -> {}), REQUEST);
        Pod updated = with(
                old,
                spec -> spec.tolerations(
                        List.of(TolerationBuilder.builder().operator("Exists").build())));

        assertThatThrownBy(() -> chain.admitUpdate(old, updated, REQUEST))
                .hasMessageEndingWith("spec.tolerations: Forbidden: existing toleration can not be modified except its"
                        + " tolerationSeconds");
    }

    @Test
    void bindsAPodOnce() {
        Pod pending = chain.admitCreate(pod(spec -> {}), REQUEST);
        Pod bound = with(pending, spec -> spec.nodeName("n1"));

        assertThat(chain.admitUpdate(pending, bound, REQUEST.on(Subresource.BINDING))
                        .spec()
                        .nodeName())
                .isEqualTo("n1");
        assertThatThrownBy(() -> chain.admitUpdate(
                        bound, with(bound, spec -> spec.nodeName("n2")), REQUEST.on(Subresource.BINDING)))
                .hasMessage(
                        "Operation cannot be fulfilled on pods/binding \"p\": pod p is already assigned to node \"n1\"");
    }

    @Test
    void keepsTheQosClassOfAStatusThatLeavesItOut() {
        Pod old = chain.admitCreate(pod(spec -> {}), REQUEST);
        Pod running = PodBuilder.builder(old)
                .status(PodStatusBuilder.builder().phase("Running").build())
                .build();

        Pod stored = chain.admitUpdate(old, running, REQUEST.on(Subresource.STATUS));

        assertThat(stored.status().qosClass()).isEqualTo("BestEffort");
    }

    private static Arguments refused(String name, Change<PodSpecBuilder> change, String... causes) {
        return arguments(name, pod(change), List.of(causes));
    }

    private static Arguments refusedContainer(String name, Change<ContainerBuilder> change, String... causes) {
        return refused(name, spec -> spec.containers(List.of(container("c", change))), causes);
    }

    /** Changes a builder; what its setters return does not matter. */
    private interface Change<B> {
        void apply(B builder);
    }

    private static Container container(String name, Change<ContainerBuilder> change) {
        var builder = ContainerBuilder.builder().name(name).image("a:1");
        change.apply(builder);
        return builder.build();
    }

    private static Pod pod(Change<PodSpecBuilder> change) {
        var spec = PodSpecBuilder.builder().containers(List.of(container("c", c -> {})));
        change.apply(spec);
        return pod("p", spec.build());
    }

    private static Pod pod(String name, PodSpec spec) {
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("default")
                        .name(name)
                        .build())
                .spec(spec)
                .build();
    }

    private static Pod with(Pod pod, Change<PodSpecBuilder> change) {
        var spec = PodSpecBuilder.builder(pod.spec());
        change.apply(spec);
        return PodBuilder.builder(pod).spec(spec.build()).build();
    }
}
