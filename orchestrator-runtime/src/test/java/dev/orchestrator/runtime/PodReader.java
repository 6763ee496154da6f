package dev.orchestrator.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.orchestrator.api.WatchEvent;
import dev.orchestrator.api.WatchReader;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.stress.Stage;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody who watches all pods through the public interface, and knows them all in the end. */
final class PodReader {

    private final Stage stage;
    private final WatchReader<Pod> reader;
    private final Map<ObjectKey, Pod> pods = new HashMap<>();
    private final Thread thread;
    private volatile boolean isLast;

    PodReader(Stage stage) {
        this.stage = stage;
        this.reader = stage.cluster().pods().inAllNamespaces().watch();
        this.thread = Thread.ofVirtual().name("pod-reader").start(this::read);
    }

    private void read() {
        try {
            WatchEvent<Pod> event = reader.next(Duration.ofSeconds(1));
            while (event != null || !isLast) {
                if (event != null) {
                    apply(event);
                }
                event = reader.next(Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            stage.witness().report("a watch failed: " + e);
        }
    }

    private void apply(WatchEvent<Pod> event) {
        Pod pod = event.object();
        Pod known = pods.get(pod.key());
        if ((event.kind() == WatchEvent.Kind.ADDED) != (known == null)) {
            stage.witness().report("a watcher saw pod " + pod.key() + " " + event.kind() + " but knew " + known);
        }
        if (event.kind() == WatchEvent.Kind.DELETED) {
            pods.remove(pod.key());
        } else {
            pods.put(pod.key(), pod);
        }
    }

    /** To be called when no pod changes any more. */
    void check() throws InterruptedException {
        isLast = true;
        thread.join();
        reader.close();
        Map<ObjectKey, Pod> stored = stage.cluster().pods().inAllNamespaces().list().stream()
                .collect(Collectors.toMap(Pod::key, pod -> pod));
        assertThat(pods.keySet()).isEqualTo(stored.keySet());
        stored.forEach((key, pod) -> assertThat(pods.get(key)).as("pod %s", key).isSameAs(pod));
    }
}
