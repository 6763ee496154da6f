package dev.orchestrator.runtime.admission;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.NamespaceBuilder;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServiceBuilder;
import dev.orchestrator.api.model.core.ServicePortBuilder;
import dev.orchestrator.api.model.core.ServiceSpecBuilder;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.store.WriteRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Addresses and ports of services belong to those that are stored, and to nobody else. */
class ServiceAllocationTest {

    private static final WriteRequest REQUEST = WriteRequest.by("test");
    private static final WriteRequest DRY_RUN = WriteRequest.by("test").asDryRun();
    private static final int NODE_PORTS = 2768;

    private ObjectStore store;

    @BeforeEach
    void open() {
        open(AdmissionPlugins.NONE);
    }

    private void open(AdmissionPlugins plugins) {
        var view = new StoreView();
        store = new ObjectStore(
                new ManualClock(), AdmissionChain.of(view, plugins, port -> true), StoreOptions.defaults());
        view.bind(store);
        store.create(
                NamespaceBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder().name("shop").build())
                        .build(),
                REQUEST);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Service service(String name, @Nullable String ip, int nodePort) {
        return ServiceBuilder.builder()
                .metadata(
                        ObjectMetaBuilder.builder().name(name).namespace("shop").build())
                .spec(ServiceSpecBuilder.builder()
                        .type("NodePort")
                        .clusterIP(ip)
                        .ports(List.of(ServicePortBuilder.builder()
                                .port(80)
                                .nodePort(nodePort)
                                .build()))
                        .build())
                .build();
    }

    @Test
    void ofTwoThatAreAdmittedAtTheSameMomentOneGetsTheAddressAndThePort() {
        var isRivalThere = new AtomicBoolean();
        var rivalry = AdmissionPlugins.NONE.validating("rival", review -> {
            if (review.object() instanceof Service && isRivalThere.compareAndSet(false, true)) {
                store.create(service("rival", "10.96.0.77", 30_077), REQUEST);
            }
        });
        store.close();
        open(rivalry);

        assertThatThrownBy(() -> store.create(service("web", "10.96.0.77", 0), REQUEST))
                .hasMessageContaining("failed to allocate IP 10.96.0.77: provided IP is already allocated");
        isRivalThere.set(false);
        store.delete(
                ResourceTypes.SERVICE,
                new ObjectKey("shop", "rival"),
                DeleteOptionsBuilder.builder().build(),
                REQUEST);
        assertThatThrownBy(() -> store.create(service("web", null, 30_077), REQUEST))
                .hasMessageContaining("provided port is already allocated");
        assertThat(store.list(ResourceTypes.SERVICE))
                .map(service -> service.metadata().name())
                .containsExactly("rival");
    }

    @Test
    void aDryRunTakesNothingThatItAskedFor() {
        Service asked = service("web", "10.96.0.77", 30_077);

        Service rehearsed = store.create(asked, DRY_RUN);
        assertThat(rehearsed.spec().clusterIP()).isEqualTo("10.96.0.77");
        store.create(asked, DRY_RUN);
        Service stored = store.create(asked, REQUEST);

        assertThat(stored.spec().clusterIP()).isEqualTo("10.96.0.77");
        assertThat(stored.spec().ports().getFirst().nodePort()).isEqualTo(30_077);
    }

    @Test
    void whatWasOnlyRehearsedGoesToWhoeverReallyAsks() {
        store.create(service("web", "10.96.0.77", 30_077), DRY_RUN);

        assertThat(store.create(service("shop", "10.96.0.77", 30_077), REQUEST)
                        .spec()
                        .clusterIP())
                .isEqualTo("10.96.0.77");
        assertThatThrownBy(() -> store.create(service("web", "10.96.0.77", 0), DRY_RUN))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("provided IP is already allocated");
    }

    @Test
    void noNumberOfDryRunsUsesUpTheRange() {
        for (int i = 0; i <= NODE_PORTS; i++) {
            store.create(service("web", null, 0), DRY_RUN);
        }

        assertThat(store.create(service("web", null, 0), REQUEST)
                        .spec()
                        .ports()
                        .getFirst()
                        .nodePort())
                .isBetween(30_000, 32_767);
    }
}
