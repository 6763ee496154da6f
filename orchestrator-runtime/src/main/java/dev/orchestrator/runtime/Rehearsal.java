package dev.orchestrator.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodIP;
import dev.orchestrator.api.model.core.PodStatus;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.admission.AdmissionChain;
import dev.orchestrator.runtime.controller.namespace.SystemNamespaces;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.store.WriteRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static dev.orchestrator.api.draft.Drafts.deployment;
import static dev.orchestrator.api.draft.Drafts.httpGet;

/**
 * Does with a store of its own, beside the first start in a JVM, what the first {@code apply} is going to do, so that
 * its hundreds of classes are linked on another core by the time it comes.
 */
final class Rehearsal implements AutoCloseable {

    private static final AtomicBoolean HELD = new AtomicBoolean();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final WriteRequest WRITE = WriteRequest.by("rehearsal");

    private final Thread thread;

    private Rehearsal(Thread thread) {
        this.thread = thread;
    }

    /** {@return the rehearsal, which has begun unless there was one before or there is only one core} */
    static Rehearsal begin(TimeSource time) {
        Thread thread =
                Thread.ofPlatform().daemon().name("orchestrator-rehearsal").unstarted(() -> hold(time));
        if (Runtime.getRuntime().availableProcessors() > 1 && HELD.compareAndSet(false, true)) {
            thread.start();
        }
        return new Rehearsal(thread);
    }

    private static void hold(TimeSource time) {
        // The first logger of all looks for its provider in every jar there is.
        Logger log = LoggerFactory.getLogger(Rehearsal.class);
        var stored = new StoredView();
        var admission = AdmissionChain.of(stored, AdmissionPlugins.NONE, port -> true);
        try (var store =
                new ObjectStore(time, admission, StoreOptions.defaults().withHistory(64))) {
            stored.connect(store);
            SystemNamespaces.ensure(store);
            play(store);
        } catch (RuntimeException e) {
            // The orchestrator does not need it, but whoever changes the rules should hear of it.
            log.warn("the rehearsal of the first apply failed", e);
        }
    }

    private static void play(ObjectStore store) {
        Deployment deployment = deployment("rehearsal")
                .container(
                        "main",
                        c -> c.image("image")
                                .port(80)
                                .readinessProbe(httpGet("/").port(80)))
                .build();
        Deployment created = store.create(deployment, WRITE);
        ReplicaSet set = ReplicaSetBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("default")
                        .name("rehearsal")
                        .build())
                .spec(ReplicaSetSpecBuilder.builder()
                        .selector(created.spec().selector())
                        .template(created.spec().template())
                        .build())
                .build();
        store.create(set, WRITE);
        Pod pod = PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("default")
                        .name("rehearsal")
                        .build())
                .spec(created.spec().template().spec())
                .build();
        Pod waiting = store.create(pod, WRITE);
        store.update(PodBuilder.builder(waiting).status(running()).build(), WRITE.on(WriteRequest.Subresource.STATUS));
    }

    private static PodStatus running() {
        return PodStatusBuilder.builder()
                .phase("Running")
                .podIP("10.244.0.1")
                .podIPs(List.of(new PodIP("10.244.0.1")))
                .build();
    }

    /** Waits for the end of the rehearsal. */
    @Override
    public void close() {
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
