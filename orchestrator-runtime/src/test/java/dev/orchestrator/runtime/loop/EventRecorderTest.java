package dev.orchestrator.runtime.loop;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.api.model.core.EventSource;
import dev.orchestrator.api.model.core.NodeBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.store.AdmitsEverything;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.store.WriteRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

@Timeout(30)
class EventRecorderTest {

    private final ManualClock clock = new ManualClock();
    private final ObjectStore store = new ObjectStore(clock, new AdmitsEverything(), StoreOptions.defaults());
    private final StoredEventRecorder recorder = new StoredEventRecorder(store, clock);
    private final LoopManager loops = new LoopManager(store, clock);
    private final ConfigMap about = store.create(
            ConfigMapBuilder.builder()
                    .metadata(ObjectMetaBuilder.builder()
                            .namespace("shop")
                            .name("web")
                            .build())
                    .build(),
            WriteRequest.by("test"));

    @AfterEach
    void close() {
        recorder.close();
        loops.close();
    }

    private void record(String message) {
        recorder.event(about, "Normal", "Pulled", message, "kubelet");
    }

    private List<Event> events() throws InterruptedException {
        clock.settle();
        return store.list(ResourceTypes.EVENT);
    }

    @Test
    void anEventSaysWhatHappenedToWhat() throws InterruptedException {
        record("Image pulled");

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.metadata().namespace()).isEqualTo("shop");
            assertThat(event.metadata().name()).matches("web\\.[0-9a-f]+");
            assertThat(event.involvedObject().kind()).isEqualTo("ConfigMap");
            assertThat(event.involvedObject().apiVersion()).isEqualTo("v1");
            assertThat(event.involvedObject().name()).isEqualTo("web");
            assertThat(event.involvedObject().uid()).isEqualTo(about.metadata().uid());
            assertThat(event.type()).isEqualTo("Normal");
            assertThat(event.reason()).isEqualTo("Pulled");
            assertThat(event.message()).isEqualTo("Image pulled");
            assertThat(event.count()).isEqualTo(1);
            assertThat(event.source().component()).isEqualTo("kubelet");
            assertThat(event.reportingComponent()).isEqualTo("kubelet");
            assertThat(event.firstTimestamp()).isEqualTo(clock.instant());
        });
    }

    @Test
    void anEventMayBeAboutAPartAndComeFromANode() throws InterruptedException {
        var source = new EventSource("kubelet", "node-1");
        recorder.event(about, "spec.containers{web}", "Normal", "Started", "Container started", source);
        recorder.event(about, "spec.containers{log}", "Normal", "Started", "Container started", source);
        recorder.event(about, "spec.containers{log}", "Normal", "Started", "Container started", source);

        assertThat(events())
                .extracting(event -> event.involvedObject().fieldPath(), Event::count)
                .containsExactlyInAnyOrder(tuple("spec.containers{web}", 1), tuple("spec.containers{log}", 2));
        assertThat(events()).allSatisfy(event -> {
            assertThat(event.source()).isEqualTo(source);
            assertThat(event.reportingInstance()).isEqualTo("node-1");
        });
    }

    @Test
    void theSameEventIsCounted() throws InterruptedException {
        record("Image pulled");
        clock.advance(Duration.ofSeconds(30));
        record("Image pulled");
        record("Another image pulled");

        assertThat(events()).hasSize(2).first().satisfies(event -> {
            assertThat(event.count()).isEqualTo(2);
            assertThat(event.lastTimestamp()).isEqualTo(clock.instant());
            assertThat(event.firstTimestamp()).isEqualTo(clock.instant().minusSeconds(30));
        });
    }

    @Test
    void manySimilarEventsBecomeOne() throws InterruptedException {
        for (int i = 1; i <= 15; i++) {
            record("Image " + i + " pulled");
        }

        assertThat(events()).hasSize(10).last().satisfies(event -> {
            assertThat(event.message()).isEqualTo("(combined from similar events): Image 15 pulled");
            assertThat(event.count()).isEqualTo(6);
        });
    }

    @Test
    void oneObjectCannotFloodTheStore() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            record("Image pulled");
        }
        assertThat(events()).singleElement().extracting(Event::count).isEqualTo(25);

        clock.advance(Duration.ofMinutes(5));
        record("Image pulled");
        record("Image pulled");
        assertThat(events()).singleElement().extracting(Event::count).isEqualTo(26);
    }

    @Test
    void eventsAboutTheClusterLiveInTheDefaultNamespace() throws InterruptedException {
        var node = store.create(
                NodeBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder().name("n1").build())
                        .build(),
                WriteRequest.by("test"));

        recorder.event(node, "Warning", "NodeNotReady", "Node n1 is gone", "node-controller");

        assertThat(events())
                .singleElement()
                .satisfies(event -> assertThat(event.metadata().namespace()).isEqualTo("default"));
    }

    @Test
    void eventsExpireAnHourAfterTheyLastHappened() throws InterruptedException {
        loops.connect(new EventTtl(store, clock));
        loops.start();
        record("Image pulled");
        record("Image started");
        clock.advance(Duration.ofMinutes(40));
        record("Image started");

        clock.advance(Duration.ofMinutes(21));
        assertThat(events()).singleElement().extracting(Event::message).isEqualTo("Image started");
        clock.advance(Duration.ofMinutes(40));
        assertThat(events()).isEmpty();
    }

    @Test
    void theOldestEventsGoWhenThereAreTooMany() throws InterruptedException {
        loops.connect(new EventTtl(store, clock, 3));
        loops.start();
        for (int i = 1; i <= 5; i++) {
            record("Image " + i + " pulled");
        }

        assertThat(events())
                .extracting(Event::message)
                .containsExactly("Image 3 pulled", "Image 4 pulled", "Image 5 pulled");
    }

    @Test
    void aClosedRecorderDropsEverything() throws InterruptedException {
        recorder.close();
        record("Image pulled");

        assertThat(events()).isEmpty();
    }
}
