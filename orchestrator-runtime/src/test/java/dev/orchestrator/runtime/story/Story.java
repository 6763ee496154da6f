package dev.orchestrator.runtime.story;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.admission.AdmissionPlugins;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodIP;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.core.ServiceAccountBuilder;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.runtime.admission.AdmissionChain;
import dev.orchestrator.runtime.admission.kind.StoredObjects;
import dev.orchestrator.runtime.controller.resourcequota.QuotaLedger;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.LoopManager;
import dev.orchestrator.runtime.store.Admission;
import dev.orchestrator.runtime.store.AdmitsEverything;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.Ownership;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;
import org.jspecify.annotations.Nullable;

/** The objects, the controllers under test and the time of one test. */
public final class Story implements AutoCloseable {

    /** What a controller is made of. */
    public record Parts(ObjectStore store, TimeSource time, EventRecorder events, QuotaLedger quotas) {}

    private static final WriteRequest USER = WriteRequest.by("user");

    private final ManualClock clock = new ManualClock();
    private final ObjectStore store;
    private final LoopManager loops;
    private final List<String> events = new java.util.concurrent.CopyOnWriteArrayList<>();

    /** Starts the given controllers over an empty store that takes everything as it comes. */
    @SafeVarargs
    @SuppressWarnings("varargs") // The list is read only.
    public Story(Function<Parts, Controller>... controllers) {
        this(new AdmitsEverything(), List.of(controllers));
    }

    /**
     * {@return the same over a store that fills in and validates as an orchestrator's, with the namespace
     * {@code default}}
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // The list is read only.
    public static Story admitted(Function<Parts, Controller>... controllers) {
        var stored = new Stored();
        var story = new Story(AdmissionChain.of(stored, AdmissionPlugins.NONE, port -> true), List.of(controllers));
        stored.store = story.store;
        story.create(Objects.namespace("default"));
        story.create(ServiceAccountBuilder.builder()
                .metadata(Objects.meta("default", "default"))
                .build());
        return story;
    }

    /** What admission sees of the store, which is made after it. */
    private static final class Stored implements StoredObjects {

        private @Nullable ObjectStore store;

        private ObjectStore store() {
            return java.util.Objects.requireNonNull(store, "store");
        }

        @Override
        public <R extends Resource> Optional<R> find(ResourceType<R> type, ObjectKey key) {
            return store().find(type, key);
        }

        @Override
        public <R extends Resource> List<R> list(ResourceType<R> type) {
            return store().list(type);
        }

        @Override
        public <R extends Resource> List<R> list(ResourceType<R> type, String namespace) {
            return store().list(type, namespace);
        }
    }

    private Story(Admission admission, List<Function<Parts, Controller>> controllers) {
        var quotas = new QuotaLedger(clock);
        var options = StoreOptions.defaults().withSeed(1);
        store = new ObjectStore(clock, admission, Ownership.UNRECORDED, quotas, options, null);
        loops = new LoopManager(store, clock);
        EventRecorder recorder = (about, type, reason, message, component) ->
                events.add(type + " " + reason + " " + about.key() + ": " + message);
        for (var controller : controllers) {
            loops.connect(controller.apply(new Parts(store, clock, recorder, quotas)));
        }
        loops.start();
    }

    /** {@return the store} */
    public ObjectStore store() {
        return store;
    }

    /** {@return the clock} */
    public ManualClock clock() {
        return clock;
    }

    /** {@return what was reported, in order: type, reason, object and message} */
    public List<String> events() {
        return new ArrayList<>(events);
    }

    /** Creates an object. */
    public <R extends Resource> R create(R object) {
        return store.create(object, USER);
    }

    /** Changes an object. */
    public <R extends Resource> R edit(ResourceType<R> type, String namespace, String name, UnaryOperator<R> change) {
        return store.edit(type, new ObjectKey(namespace, name), USER, change);
    }

    /** Changes the status of an object. */
    public <R extends Resource> R editStatus(
            ResourceType<R> type, String namespace, String name, UnaryOperator<R> change) {
        return store.edit(type, new ObjectKey(namespace, name), USER.on(Subresource.STATUS), change);
    }

    /** Deletes an object at once, with a propagation policy if one is given. */
    public void delete(ResourceType<?> type, String namespace, String name, @Nullable String policy) {
        var options = DeleteOptionsBuilder.builder()
                .gracePeriodSeconds(0L)
                .propagationPolicy(policy)
                .build();
        store.delete(type, new ObjectKey(namespace, name), options, USER);
    }

    /** Acts as the kubelet: the pod runs under an address and is ready or not. */
    public Pod report(String namespace, String name, String ip, String ready) {
        return editStatus(
                ResourceTypes.POD,
                namespace,
                name,
                pod -> PodBuilder.builder(pod)
                        .status(PodStatusBuilder.builder(pod.status())
                                .phase("Running")
                                .podIP(ip)
                                .podIPs(List.of(new PodIP(ip)))
                                .conditions(List.of(PodConditionBuilder.builder()
                                        .type("Ready")
                                        .status(ready)
                                        .build()))
                                .build())
                        .build());
    }

    /** {@return the stored object; null when there is none} */
    public <R extends Resource> @Nullable R find(ResourceType<R> type, String namespace, String name) {
        return store.find(type, new ObjectKey(namespace, name)).orElse(null);
    }

    /** {@return the stored object} */
    public <R extends Resource> R get(ResourceType<R> type, String namespace, String name) {
        return store.get(type, new ObjectKey(namespace, name));
    }

    /** Lets everything happen that needs no time. */
    public void settle() throws InterruptedException {
        clock.settle();
    }

    /** Moves the time. */
    public void advance(Duration duration) throws InterruptedException {
        clock.advance(duration);
    }

    @Override
    public void close() {
        loops.close();
        store.close();
    }
}
