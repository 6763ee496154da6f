package dev.orchestrator.runtime.network;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.discovery.Endpoint;
import dev.orchestrator.api.model.discovery.EndpointBuilder;
import dev.orchestrator.api.model.discovery.EndpointConditions;
import dev.orchestrator.api.model.discovery.EndpointSliceBuilder;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.story.Objects;
import dev.orchestrator.runtime.story.Story;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.orchestrator.runtime.story.Objects.labelled;
import static dev.orchestrator.runtime.story.Objects.pod;
import static dev.orchestrator.runtime.story.Objects.service;
import static dev.orchestrator.runtime.story.Objects.with;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** What waits for news of a pod; the slices come from the test, so it decides when the news come. */
@Timeout(30)
class PodNewsTest {

    private static final String IP = "10.244.0.1";

    private @Nullable ServiceNetwork network;
    private final Story story = new Story(parts -> {
        var made = new ServiceNetwork(
                parts.store(), parts.time(), parts.events(), (ip, port, protocol) -> Optional.empty());
        network = made;
        return made;
    });

    @BeforeEach
    void begin() {
        story.create(service("web", "8080", "app=web"));
        story.create(labelled(with(pod("one"), spec -> spec.nodeName("a")), "app=web"));
    }

    @AfterEach
    void close() {
        story.close();
        requireNonNull(network).close();
    }

    private Pod one() {
        return story.get(ResourceTypes.POD, "default", "one");
    }

    private void slice(EndpointConditions conditions) {
        Endpoint endpoint = EndpointBuilder.builder()
                .addresses(List.of(IP))
                .conditions(conditions)
                .build();
        story.create(EndpointSliceBuilder.builder()
                .metadata(Objects.meta("default", "web-1", "kubernetes.io/service-name=web"))
                .addressType("IPv4")
                .endpoints(List.of(endpoint))
                .build());
    }

    /** Begins to wait for news of the pod, and returns once that thread sleeps. */
    private Future<Boolean> waiting(Pod pod) {
        var known = new FutureTask<>(() -> requireNonNull(network).awaitKnown(List.of(pod), Duration.ofSeconds(5)));
        Thread waiting = Thread.ofVirtual().start(known);
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            assertThat(waiting.isAlive()).as("waits").isTrue();
            Thread.onSpinWait();
        }
        return known;
    }

    @Test
    void aReadyPodIsKnownOnceTheServiceSendsToIt() throws Exception {
        Future<Boolean> known = waiting(story.report("default", "one", IP, "True"));

        slice(new EndpointConditions(true, true, false));

        assertThat(known.get()).isTrue();
    }

    @Test
    void aPodThatEndsIsKnownOnceTheServiceHasLetItGo() throws Exception {
        story.report("default", "one", IP, "True");
        slice(new EndpointConditions(true, true, false));
        story.settle();
        story.store()
                .delete(
                        ResourceTypes.POD,
                        one().key(),
                        DeleteOptionsBuilder.builder().gracePeriodSeconds(30L).build(),
                        WriteRequest.by("user"));
        Future<Boolean> known = waiting(one());

        story.edit(
                ResourceTypes.ENDPOINT_SLICE,
                "default",
                "web-1",
                slice -> EndpointSliceBuilder.builder(slice)
                        .endpoints(List.of(
                                EndpointBuilder.builder(slice.endpoints().getFirst())
                                        .conditions(new EndpointConditions(false, true, true))
                                        .build()))
                        .build());

        assertThat(known.get()).isTrue();
    }

    @Test
    void nobodyWaitsForAPodThatIsGone() throws Exception {
        Pod pod = story.report("default", "one", IP, "True");
        Future<Boolean> known = waiting(pod);

        story.delete(ResourceTypes.POD, "default", "one", null);
        slice(new EndpointConditions(true, true, false));

        assertThat(known.get()).isTrue();
    }

    @Test
    void nobodyWaitsForServicesThatDoNotSelectThePod() throws InterruptedException {
        story.create(labelled(with(pod("two"), spec -> spec.nodeName("a")), "app=other"));
        Pod other = story.report("default", "two", "10.244.0.2", "True");

        assertThat(requireNonNull(network).awaitKnown(List.of(other), Duration.ZERO))
                .isTrue();
    }

    @Test
    void nobodyWaitsForEver() throws InterruptedException {
        Pod pod = story.report("default", "one", IP, "True");

        assertThat(requireNonNull(network).awaitKnown(List.of(pod), Duration.ofMillis(1)))
                .isFalse();
    }

    @Test
    void closingTheNetworkEndsTheWait() throws Exception {
        Future<Boolean> known = waiting(story.report("default", "one", IP, "True"));

        requireNonNull(network).close();

        assertThat(known.get()).isTrue();
    }
}
