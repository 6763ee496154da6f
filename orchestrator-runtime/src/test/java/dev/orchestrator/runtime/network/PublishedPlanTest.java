package dev.orchestrator.runtime.network;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.draft.ServiceDraft;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.discovery.Endpoint;
import dev.orchestrator.api.model.discovery.EndpointBuilder;
import dev.orchestrator.api.model.discovery.EndpointConditions;
import dev.orchestrator.api.model.discovery.EndpointPort;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.api.model.discovery.EndpointSliceBuilder;
import dev.orchestrator.runtime.story.Objects;
import dev.orchestrator.spi.PublishedService;
import dev.orchestrator.spi.PublishedService.Name;
import dev.orchestrator.spi.PublishedService.Route;
import dev.orchestrator.spi.PublishedService.Target;
import dev.orchestrator.spi.TransportProtocol;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.service;
import static org.assertj.core.api.Assertions.assertThat;

class PublishedPlanTest {

    private static final EndpointConditions READY = new EndpointConditions(true, true, false);
    private static final EndpointConditions NOT_READY = new EndpointConditions(false, false, false);
    private static final EndpointConditions ENDING = new EndpointConditions(false, true, true);

    private static Service web(ServiceDraft draft) {
        return draft.namespace("shop").port("http", 80, 8080).build();
    }

    private static Service proxied() {
        return web(service("web").spec(spec -> spec.clusterIP("10.96.0.20").clusterIPs(List.of("10.96.0.20"))));
    }

    private static Endpoint endpoint(String ip, EndpointConditions conditions) {
        return EndpointBuilder.builder()
                .addresses(List.of(ip))
                .conditions(conditions)
                .build();
    }

    private static EndpointSlice slice(Endpoint... endpoints) {
        return EndpointSliceBuilder.builder()
                .metadata(Objects.meta("shop", "web-abc"))
                .addressType("IPv4")
                .ports(List.of(new EndpointPort(null, "http", 8080, "TCP")))
                .endpoints(List.of(endpoints))
                .build();
    }

    private static List<Target> targets(Service service, EndpointSlice... slices) {
        return PublishedPlan.of(service, List.of(slices)).routes().getFirst().targets();
    }

    private static List<String> values(PublishedService published, String name, PublishedService.Type type) {
        return published.names().stream()
                .filter(candidate -> candidate.name().equals(name) && candidate.type() == type)
                .flatMap(candidate -> candidate.values().stream())
                .toList();
    }

    @Test
    void aServiceHasARouteForEachPortAndTheNamesOfItsAddress() {
        PublishedService published = PublishedPlan.of(proxied(), List.of(slice(endpoint("10.208.0.7", READY))));

        assertThat(published.routes())
                .containsExactly(new Route(
                        "10.96.0.20",
                        80,
                        TransportProtocol.TCP,
                        Duration.ZERO,
                        List.of(new Target("10.208.0.7", 8080))));
        assertThat(published.names())
                .contains(
                        new Name("web.shop.svc.cluster.local", PublishedService.Type.A, List.of("10.96.0.20")),
                        new Name(
                                "20.0.96.10.in-addr.arpa",
                                PublishedService.Type.PTR,
                                List.of("web.shop.svc.cluster.local")),
                        new Name(
                                "_http._tcp.web.shop.svc.cluster.local",
                                PublishedService.Type.SRV,
                                List.of("0 100 80 web.shop.svc.cluster.local")));
    }

    @Test
    void onlyWhatIsReadyTakesConnections() {
        EndpointSlice mixed =
                slice(endpoint("10.208.0.7", READY), endpoint("10.208.0.8", NOT_READY), endpoint("10.208.0.9", ENDING));

        assertThat(targets(proxied(), mixed)).containsExactly(new Target("10.208.0.7", 8080));
    }

    @Test
    void whatEndsTakesThemWhenNothingElseDoes() {
        EndpointSlice ending = slice(endpoint("10.208.0.8", NOT_READY), endpoint("10.208.0.9", ENDING));

        assertThat(targets(proxied(), ending)).containsExactly(new Target("10.208.0.9", 8080));
        assertThat(targets(proxied(), slice(endpoint("10.208.0.8", NOT_READY)))).isEmpty();
    }

    @Test
    void affinityIsPassedOn() {
        Service sticky = web(service("web")
                .spec(spec -> spec.clusterIPs(List.of("10.96.0.20")))
                .sessionAffinity(Duration.ofMinutes(5)));

        assertThat(PublishedPlan.of(sticky, List.of()).routes().getFirst().affinity())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aHeadlessServiceIsTheNamesOfItsReadyPods() {
        Service headless =
                web(service("web").spec(spec -> spec.clusterIP("None").clusterIPs(List.of("None"))));
        Endpoint named = EndpointBuilder.builder()
                .addresses(List.of("10.208.0.7"))
                .hostname("web-0")
                .conditions(READY)
                .build();

        PublishedService published = PublishedPlan.of(
                headless, List.of(slice(named, endpoint("10.208.0.8", READY), endpoint("10.208.0.9", NOT_READY))));

        assertThat(published.routes()).isEmpty();
        assertThat(values(published, "web.shop.svc.cluster.local", PublishedService.Type.A))
                .containsExactly("10.208.0.7", "10.208.0.8");
        assertThat(values(published, "web-0.web.shop.svc.cluster.local", PublishedService.Type.A))
                .containsExactly("10.208.0.7");
        assertThat(values(published, "10-208-0-8.web.shop.svc.cluster.local", PublishedService.Type.A))
                .containsExactly("10.208.0.8");
        assertThat(values(published, "7.0.208.10.in-addr.arpa", PublishedService.Type.PTR))
                .containsExactly("web-0.web.shop.svc.cluster.local");
        assertThat(values(published, "_http._tcp.web.shop.svc.cluster.local", PublishedService.Type.SRV))
                .containsExactly(
                        "0 100 8080 web-0.web.shop.svc.cluster.local",
                        "0 100 8080 10-208-0-8.web.shop.svc.cluster.local");
    }

    @Test
    void aHeadlessServiceWithoutPodsExistsByName() {
        Service headless =
                web(service("web").spec(spec -> spec.clusterIP("None").clusterIPs(List.of("None"))));

        assertThat(PublishedPlan.of(headless, List.of()).names())
                .containsExactly(new Name("web.shop.svc.cluster.local", PublishedService.Type.A, List.of()));
    }

    @Test
    void anExternalServiceIsAnotherNameOnly() {
        Service external = web(service("web").externalName("db.example.org"));

        assertThat(PublishedPlan.of(external, List.of()))
                .isEqualTo(new PublishedService(
                        "shop",
                        "web",
                        List.of(),
                        List.of(new Name(
                                "web.shop.svc.cluster.local",
                                PublishedService.Type.CNAME,
                                List.of("db.example.org")))));
    }
}
