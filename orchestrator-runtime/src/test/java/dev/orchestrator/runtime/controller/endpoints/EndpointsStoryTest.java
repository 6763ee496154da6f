package dev.orchestrator.runtime.controller.endpoints;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.ContainerPortBuilder;
import dev.orchestrator.api.model.core.EndpointAddress;
import dev.orchestrator.api.model.core.EndpointPort;
import dev.orchestrator.api.model.core.EndpointSubset;
import dev.orchestrator.api.model.core.Endpoints;
import dev.orchestrator.api.model.core.NodeBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServiceBuilder;
import dev.orchestrator.api.model.core.ServiceSpecBuilder;
import dev.orchestrator.api.model.discovery.Endpoint;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.story.Objects;
import dev.orchestrator.runtime.story.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.runtime.story.Objects.labelled;
import static dev.orchestrator.runtime.story.Objects.pod;
import static dev.orchestrator.runtime.story.Objects.service;
import static dev.orchestrator.runtime.story.Objects.with;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class EndpointsStoryTest {

    private static final DeleteOptions NOW = DeleteOptionsBuilder.builder().build();

    private final Story story = new Story(parts -> new EndpointsController(parts.store()));

    @AfterEach
    void close() {
        story.close();
    }

    private void runs(String name, String ip, String ready) {
        story.create(labelled(with(pod(name), spec -> spec.nodeName("a")), "app=web"));
        story.report("default", name, ip, ready);
    }

    private List<EndpointSlice> slices() {
        return story.store().list(ResourceTypes.ENDPOINT_SLICE, "default");
    }

    private List<Endpoint> endpoints() {
        return slices().stream().flatMap(slice -> slice.endpoints().stream()).toList();
    }

    private Endpoints legacy(String name) {
        return story.get(ResourceTypes.ENDPOINTS, "default", name);
    }

    @Test
    void aServiceWithoutPodsHasOneEmptySlice() throws InterruptedException {
        story.create(service("web", "8080", "app=web"));
        story.settle();

        assertThat(slices()).hasSize(1);
        EndpointSlice slice = slices().getFirst();
        assertThat(slice.endpoints()).isEmpty();
        assertThat(slice.metadata().name()).startsWith("web-");
        assertThat(slice.metadata().labels())
                .containsEntry("kubernetes.io/service-name", "web")
                .containsEntry("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");
        assertThat(slice.metadata().ownerReferences()).hasSize(1);
        assertThat(legacy("web").subsets()).isEmpty();
    }

    @Test
    void followsThePodsOfANamespaceThatIsGoingAway() throws InterruptedException {
        var namespace = story.create(Objects.namespace("default"));
        story.create(service("web", "8080", "app=web"));
        runs("one", "10.244.0.1", "True");
        story.settle();

        story.store().delete(ResourceTypes.NAMESPACE, namespace.key(), NOW, WriteRequest.by("user"));
        story.report("default", "one", "10.244.0.1", "False");
        story.create(service("late", "8080", "app=web"));
        story.settle();

        assertThat(endpoints()).extracting(each -> each.conditions().ready()).containsExactly(false);
        assertThat(legacy("web").subsets().getFirst().addresses()).isEmpty();
        assertThat(story.store().list(ResourceTypes.ENDPOINTS)).hasSize(1);
    }

    @Test
    void followsReadinessAndTermination() throws InterruptedException {
        story.create(NodeBuilder.builder(Objects.node("a"))
                .metadata(Objects.meta("", "a", "topology.kubernetes.io/zone=z1"))
                .build());
        story.create(service("web", "8080", "app=web"));
        runs("one", "10.244.0.1", "True");
        runs("two", "10.244.0.2", "False");
        story.settle();

        assertThat(endpoints()).hasSize(2);
        Endpoint one = endpoints().getFirst();
        assertThat(one.addresses()).containsExactly("10.244.0.1");
        assertThat(one.conditions().ready()).isTrue();
        assertThat(one.nodeName()).isEqualTo("a");
        assertThat(one.zone()).isEqualTo("z1");
        assertThat(one.targetRef()).isNotNull();
        assertThat(endpoints().get(1).conditions().ready()).isFalse();
        assertThat(slices().getFirst().ports())
                .containsExactly(new dev.orchestrator.api.model.discovery.EndpointPort(null, "http", 8080, "TCP"));
        assertThat(legacy("web").subsets()).hasSize(1);
        assertThat(legacy("web").subsets().getFirst().addresses())
                .extracting(EndpointAddress::ip)
                .containsExactly("10.244.0.1");
        assertThat(legacy("web").subsets().getFirst().notReadyAddresses())
                .extracting(EndpointAddress::ip)
                .containsExactly("10.244.0.2");

        story.store()
                .delete(
                        ResourceTypes.POD,
                        new dev.orchestrator.api.model.ObjectKey("default", "one"),
                        DeleteOptionsBuilder.builder().gracePeriodSeconds(30L).build(),
                        dev.orchestrator.runtime.store.WriteRequest.by("user"));
        story.settle();

        Endpoint stopping = endpoints().getFirst();
        assertThat(stopping.conditions().ready()).isFalse();
        assertThat(stopping.conditions().serving()).isTrue();
        assertThat(stopping.conditions().terminating()).isTrue();
        assertThat(legacy("web").subsets().getFirst().addresses()).isEmpty();

        story.delete(ResourceTypes.POD, "default", "one", null);
        story.settle();

        assertThat(endpoints()).hasSize(1);
    }

    @Test
    void resolvesNamedPortsForEachPod() throws InterruptedException {
        story.create(service("web", "http", "app=web"));
        runs("old", "10.244.0.1", "True");
        story.create(listening("v1", 8080));
        story.create(listening("v2", 9090));
        story.report("default", "v1", "10.244.0.2", "True");
        story.report("default", "v2", "10.244.0.3", "True");
        story.settle();

        assertThat(slices())
                .extracting(
                        slice -> slice.ports().stream().map(port -> port.port()).toList())
                .containsExactlyInAnyOrder(List.of(), List.of(8080), List.of(9090));
        assertThat(legacy("web").subsets())
                .extracting(subset -> subset.ports().getFirst().port())
                .containsExactlyInAnyOrder(8080, 9090);
    }

    private static Pod listening(String name, int port) {
        return labelled(
                with(
                        pod(name),
                        spec -> spec.containers(List.of(ContainerBuilder.builder(Objects.container("app"))
                                .ports(List.of(ContainerPortBuilder.builder()
                                        .name("http")
                                        .containerPort(port)
                                        .protocol("TCP")
                                        .build()))
                                .build()))),
                "app=web");
    }

    private static Service changed(Service service, java.util.function.UnaryOperator<ServiceSpecBuilder> change) {
        return ServiceBuilder.builder(service)
                .spec(change.apply(ServiceSpecBuilder.builder(service.spec())).build())
                .build();
    }

    @Test
    void aHeadlessServiceIsMarkedAndGivesHostnames() throws InterruptedException {
        story.create(changed(service("db", "5432", "app=web"), spec -> spec.clusterIP("None")));
        story.create(labelled(with(pod("db-0"), spec -> spec.hostname("db-0").subdomain("db")), "app=web"));
        story.report("default", "db-0", "10.244.0.9", "True");
        story.settle();

        assertThat(slices().getFirst().metadata().labels()).containsKey("service.kubernetes.io/headless");
        assertThat(legacy("db").metadata().labels()).containsKey("service.kubernetes.io/headless");
        assertThat(endpoints().getFirst().hostname()).isEqualTo("db-0");
    }

    @Test
    void publishesUnreadyAddressesWhenAskedTo() throws InterruptedException {
        story.create(changed(service("db", "5432", "app=web"), spec -> spec.publishNotReadyAddresses(true)));
        runs("db-0", "10.244.0.9", "False");
        story.settle();

        assertThat(endpoints().getFirst().conditions().ready()).isTrue();
        assertThat(endpoints().getFirst().conditions().serving()).isFalse();
        assertThat(legacy("db").subsets().getFirst().addresses()).hasSize(1);
    }

    @Test
    void aPodThatNoLongerMatchesLeaves() throws InterruptedException {
        story.create(service("web", "8080", "app=web"));
        runs("one", "10.244.0.1", "True");
        story.settle();
        assertThat(endpoints()).hasSize(1);

        story.edit(ResourceTypes.POD, "default", "one", pod -> labelled(pod, "app=other"));
        story.settle();

        assertThat(endpoints()).isEmpty();
    }

    @Test
    void repairsWhatOthersSpoilAndRestsAfterwards() throws InterruptedException {
        story.create(service("web", "8080", "app=web"));
        runs("one", "10.244.0.1", "True");
        story.settle();
        String name = slices().getFirst().metadata().nameOrEmpty();

        story.delete(ResourceTypes.ENDPOINT_SLICE, "default", name, null);
        story.delete(ResourceTypes.ENDPOINTS, "default", "web", null);
        story.settle();

        assertThat(endpoints()).hasSize(1);
        assertThat(legacy("web").subsets()).hasSize(1);
        long revision = story.store().revision();
        story.settle();
        assertThat(story.store().revision()).isEqualTo(revision);
    }

    @Test
    void endpointsGoWithTheirService() throws InterruptedException {
        story.create(service("web", "8080", "app=web"));
        story.settle();

        story.delete(ResourceTypes.SERVICE, "default", "web", null);
        story.settle();

        assertThat(story.find(ResourceTypes.ENDPOINTS, "default", "web")).isNull();
    }

    @Test
    void mirrorsEndpointsWrittenByHand() throws InterruptedException {
        story.create(changed(service("db", "5432"), spec -> spec.selector(Map.of())));
        story.create(new Endpoints(
                Objects.meta("default", "db"),
                List.of(new EndpointSubset(
                        List.of(new EndpointAddress(null, "192.0.2.7", null, null)),
                        List.of(new EndpointAddress(null, "192.0.2.8", null, null)),
                        List.of(new EndpointPort(null, null, 5432, "TCP"))))));
        story.settle();

        assertThat(slices()).hasSize(1);
        assertThat(slices().getFirst().metadata().labels())
                .containsEntry("endpointslice.kubernetes.io/managed-by", "endpointslicemirroring-controller.k8s.io");
        assertThat(endpoints())
                .extracting(endpoint -> endpoint.conditions().ready())
                .containsExactly(true, false);

        story.delete(ResourceTypes.ENDPOINTS, "default", "db", null);
        story.settle();

        assertThat(slices()).isEmpty();
    }

    @Test
    void aLargeServiceCostsFewWritesPerPod() throws InterruptedException {
        story.create(service("web", "8080", "app=web"));
        for (int i = 0; i < 1050; i++) {
            runs("p" + i, "10.244." + i / 250 + "." + i % 250, "True");
        }
        story.settle();
        story.advance(Duration.ofSeconds(1));

        assertThat(endpoints()).hasSize(1050);
        assertThat(slices()).allSatisfy(slice -> assertThat(slice.endpoints()).hasSizeLessThanOrEqualTo(100));
        assertThat(slices()).hasSizeLessThanOrEqualTo(12);
        Endpoints legacy = legacy("web");
        assertThat(legacy.subsets().getFirst().addresses()).hasSize(1000);
        assertThat(legacy.metadata().annotations()).containsEntry("endpoints.kubernetes.io/over-capacity", "truncated");
    }
}
