package dev.orchestrator.runtime;

import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.Orchestrator;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodCondition;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodReadinessGate;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.memory.InMemoryDriver;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.orchestrator.api.draft.Drafts.pod;
import static dev.orchestrator.api.draft.Drafts.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** A pod with readiness gates is ready when somebody else says so, too, and services follow. */
class ReadinessGateIT {

    private static final String GATE = "example.com/registered";
    private static final String OTHER = "example.com/warm";

    private final ManualClock clock = new ManualClock();
    private Orchestrator cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = Orchestrator.builder(new InMemoryDriver()).time(clock).start();
        cluster.apply(
                service("web").selector("app", "web").port(80, 8080),
                pod("web")
                        .label("app", "web")
                        .podSpec(spec ->
                                spec.readinessGates(List.of(new PodReadinessGate(GATE), new PodReadinessGate(OTHER))))
                        .container("app", c -> c.image("app:1").port(8080)));
        clock.settle();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    /** Acts as whoever the gate belongs to. */
    private void say(String gate, String status) throws InterruptedException {
        ObjectStore store = ((LocalOrchestrator) cluster).store();
        store.edit(
                ResourceTypes.POD,
                new ObjectKey("default", "web"),
                WriteRequest.by("registry").on(Subresource.STATUS),
                pod -> with(
                        pod,
                        PodConditionBuilder.builder().type(gate).status(status).build()));
        clock.settle();
    }

    private static Pod with(Pod pod, PodCondition condition) {
        var conditions = new ArrayList<>(pod.status().conditions());
        conditions.removeIf(old -> old.type().equals(condition.type()));
        conditions.add(condition);
        return PodBuilder.builder(pod)
                .status(PodStatusBuilder.builder(pod.status())
                        .conditions(conditions)
                        .build())
                .build();
    }

    private PodCondition ready() {
        return cluster.pods().named("web").get().condition("Ready").orElseThrow();
    }

    private List<Boolean> readyEndpoints() {
        return cluster.endpointSlices().list().stream()
                .flatMap(slice -> slice.endpoints().stream())
                .map(endpoint -> Boolean.TRUE.equals(endpoint.conditions().ready()))
                .toList();
    }

    @Test
    void isNotReadyBeforeAnybodyHasSaidSo() {
        assertThat(ready())
                .extracting(PodCondition::status, PodCondition::reason, PodCondition::message)
                .isEqualTo(tuple(
                                "False",
                                "ReadinessGatesNotReady",
                                "corresponding condition of pod readiness gate \"" + GATE + "\" does not exist."
                                        + ", corresponding condition of pod readiness gate \"" + OTHER
                                        + "\" does not exist.")
                        .toList());
        assertThat(cluster.pods()
                        .named("web")
                        .get()
                        .condition("ContainersReady")
                        .orElseThrow()
                        .status())
                .isEqualTo("True");
        assertThat(readyEndpoints()).containsExactly(false);
    }

    @Test
    void isReadyAsLongAsAllGatesAreOpenAndEndpointsFollow() throws Exception {
        say(GATE, "True");
        say(OTHER, "False");
        assertThat(ready().message())
                .isEqualTo("the status of pod readiness gate \"" + OTHER + "\" is not \"True\", but False");
        assertThat(readyEndpoints()).containsExactly(false);

        say(OTHER, "True");
        assertThat(ready().status()).isEqualTo("True");
        assertThat(readyEndpoints()).containsExactly(true);

        say(GATE, "Unknown");
        assertThat(ready())
                .extracting(PodCondition::status, PodCondition::reason, PodCondition::message)
                .isEqualTo(tuple(
                                "False",
                                "ReadinessGatesNotReady",
                                "the status of pod readiness gate \"" + GATE + "\" is not \"True\", but Unknown")
                        .toList());
        assertThat(readyEndpoints()).containsExactly(false);
    }
}
