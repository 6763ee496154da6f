package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.ContainerStateTerminated;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.EventSource;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodStatus;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.LoopManager;
import dev.orchestrator.runtime.store.AdmitsEverything;
import dev.orchestrator.runtime.store.CommitLog;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.Ownership;
import dev.orchestrator.runtime.store.StoreOptions;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.spi.DriverContext;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** A kubelet with a real store, a manual clock and a driver that does as it is told. */
final class TestNode implements AutoCloseable {

    static final String NAMESPACE = "default";
    private static final WriteRequest WRITE = WriteRequest.by("test");

    final ManualClock clock = new ManualClock();
    final ScriptedDriver driver = new ScriptedDriver(clock);
    final ObjectStore store;
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<String> eventsWithPlaces = new CopyOnWriteArrayList<>();
    private final List<Pod> history = new CopyOnWriteArrayList<>();
    private LoopManager loops;
    private final KubeletOptions options;
    private Kubelet kubelet;

    TestNode() {
        this(KubeletOptions.standard());
    }

    TestNode(KubeletOptions options) {
        this(options, null);
    }

    TestNode(KubeletOptions options, @Nullable CommitLog log) {
        store = new ObjectStore(clock, new AdmitsEverything(), Ownership.UNRECORDED, StoreOptions.defaults(), log);
        // Calls that hang deaf are not waited for in real time.
        this.options = options.withCloseTimeout(Duration.ofMillis(100));
        loops = new LoopManager(store, clock);
        kubelet = newKubelet();
        loops.connect(kubelet);
        loops.watch(ResourceTypes.POD, change -> {
            if (change.after() != null) {
                history.add(change.after());
            }
        });
    }

    private Kubelet newKubelet() {
        return new Kubelet(driver, store, new Notes(), clock, options);
    }

    /** Keeps what is reported as text. */
    private final class Notes implements EventRecorder {

        @Override
        public void event(Resource about, String type, String reason, String message, String component) {
            events.add(reason + ": " + message);
        }

        @Override
        public void event(
                Resource about,
                @Nullable String fieldPath,
                String type,
                String reason,
                String message,
                EventSource source) {
            events.add(reason + ": " + message);
            eventsWithPlaces.add(source.host() + " " + fieldPath + " " + reason + ": " + message);
        }
    }

    static TestNode started() throws InterruptedException {
        var node = new TestNode();
        node.start();
        return node;
    }

    TestNode start() throws InterruptedException {
        driver.start(new Context(kubelet.driverTime()));
        kubelet.start();
        loops.start();
        clock.settle();
        return this;
    }

    /** Ends the kubelet; containers run on, and what is stored can be changed behind its back. */
    void stopKubelet() {
        kubelet.close();
        loops.close();
    }

    /** Starts another kubelet, which knows nothing of the first. */
    void startAnotherKubelet() throws InterruptedException {
        startAnotherKubeletOnly();
        loops.start();
        clock.settle();
    }

    /** Starts another kubelet that has not been told of anything in the store yet. */
    void startAnotherKubeletOnly() throws InterruptedException {
        kubelet = newKubelet();
        loops = new LoopManager(store, clock);
        loops.connect(kubelet);
        loops.watch(ResourceTypes.POD, change -> {
            if (change.after() != null && change.before() != null) {
                history.add(change.after());
            }
        });
        kubelet.start();
    }

    Kubelet kubelet() {
        return kubelet;
    }

    Pod create(String name, Consumer<PodSpecBuilder> spec) throws InterruptedException {
        return create(name, spec, meta -> meta);
    }

    Pod create(String name, Consumer<PodSpecBuilder> spec, UnaryOperator<ObjectMetaBuilder> meta)
            throws InterruptedException {
        var builder = PodSpecBuilder.builder()
                .nodeName("node-1")
                .restartPolicy("Always")
                .terminationGracePeriodSeconds(30L);
        spec.accept(builder);
        Pod created = store.create(
                PodBuilder.builder()
                        .metadata(meta.apply(
                                        ObjectMetaBuilder.builder().name(name).namespace(NAMESPACE))
                                .build())
                        .spec(builder.build())
                        .build(),
                WRITE);
        clock.settle();
        return created;
    }

    static Container container(String name) {
        return container(name, ignored -> {});
    }

    static Container container(String name, Consumer<ContainerBuilder> more) {
        var builder = ContainerBuilder.builder().name(name).image(name + ":1").imagePullPolicy("IfNotPresent");
        more.accept(builder);
        return builder.build();
    }

    Pod pod(String name) {
        return store.get(ResourceTypes.POD, new ObjectKey(NAMESPACE, name));
    }

    boolean exists(String name) {
        return store.find(ResourceTypes.POD, new ObjectKey(NAMESPACE, name)).isPresent();
    }

    PodStatus status(String name) {
        return pod(name).status();
    }

    ContainerStatus container(String pod, String name) {
        PodStatus status = status(pod);
        var all = new ArrayList<>(status.initContainerStatuses());
        all.addAll(status.containerStatuses());
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    /** {@return one word for how a container is: its reason when it has one} */
    String state(String pod, String name) {
        var state = container(pod, name).state();
        return state.running() != null
                ? "running"
                : state.terminated() != null
                        ? String.valueOf(state.terminated().reason())
                        : state.waiting() == null
                                ? "none"
                                : String.valueOf(state.waiting().reason());
    }

    /** {@return what the status says about why the container waits} */
    @Nullable
    String message(String pod, String name) {
        return requireNonNull(container(pod, name).state().waiting(), "it does not wait")
                .message();
    }

    ContainerStateTerminated end(String pod, String name) {
        return requireNonNull(container(pod, name).state().terminated(), "it has not ended");
    }

    ContainerStateTerminated lastEnd(String pod, String name) {
        return requireNonNull(container(pod, name).lastState().terminated(), "none has ended before");
    }

    @Nullable
    String phase(String pod) {
        return status(pod).phase();
    }

    void edit(String name, UnaryOperator<Pod> change) throws InterruptedException {
        store.edit(ResourceTypes.POD, new ObjectKey(NAMESPACE, name), WRITE, change);
        clock.settle();
    }

    <R extends Resource> void add(R object) throws InterruptedException {
        store.create(object, WRITE);
        clock.settle();
    }

    void delete(String name, @Nullable Long grace) throws InterruptedException {
        store.delete(
                ResourceTypes.POD,
                new ObjectKey(NAMESPACE, name),
                DeleteOptionsBuilder.builder().gracePeriodSeconds(grace).build(),
                WRITE);
        clock.settle();
    }

    void advance(Duration duration) throws InterruptedException {
        clock.advance(duration);
    }

    /** {@return every state that the pod has had, in order} */
    List<Pod> history(String name) {
        return history.stream()
                .filter(pod -> name.equals(pod.metadata().name()))
                .toList();
    }

    @Override
    public void close() {
        kubelet.close();
        loops.close();
        store.close();
    }

    private record Context(TimeSource time) implements DriverContext {

        @Override
        public String owner() {
            return "test";
        }

        @Override
        public Duration closeTimeout() {
            return Duration.ofSeconds(5);
        }

        @Override
        public java.util.Optional<java.net.InetSocketAddress> resolve(
                String namespace, String host, int port, dev.orchestrator.spi.TransportProtocol protocol) {
            return java.util.Optional.empty();
        }
    }
}
