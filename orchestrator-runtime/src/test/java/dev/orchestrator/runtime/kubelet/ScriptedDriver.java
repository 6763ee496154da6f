package dev.orchestrator.runtime.kubelet;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.runtime.text.GoText;
import dev.orchestrator.spi.AttachRequest;
import dev.orchestrator.spi.ContainerDriver;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerSpec;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.ContainerStats;
import dev.orchestrator.spi.DriverContext;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverListener;
import dev.orchestrator.spi.ExecRequest;
import dev.orchestrator.spi.ExecResult;
import dev.orchestrator.spi.ImageDescription;
import dev.orchestrator.spi.ImagePull;
import dev.orchestrator.spi.LogLine;
import dev.orchestrator.spi.LogQuery;
import dev.orchestrator.spi.LogStream;
import dev.orchestrator.spi.NodeDescription;
import dev.orchestrator.spi.ProcessSession;
import dev.orchestrator.spi.SandboxId;
import dev.orchestrator.spi.SandboxSpec;
import dev.orchestrator.spi.SandboxState;
import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * A driver whose containers do what a test says and whose calls fail as a test says. It notes every call, and every
 * moment in which a pod container runs twice.
 */
final class ScriptedDriver implements ContainerDriver {

    /** What a driver call is to do instead of its work, or before it. */
    enum Fault {
        NONE,
        /** Throws without having done anything. */
        THROW,
        /** Does its work and then throws. */
        THROW_AFTER,
        /** Does not return until it is interrupted. */
        HANG,
        /** Does its work and then does not return until it is interrupted. */
        HANG_AFTER,
        /** Does not even listen to interruption, until {@link #release} lets it do its work after all. */
        HANG_DEAF,
        /** Throws what no driver should throw. */
        BUG
    }

    /** What the containers of an image do. */
    static final class Script {
        private final List<Run> runs = new ArrayList<>();
        private boolean ignoresStop;
        private @Nullable String startError;
        private DriverException.@Nullable Reason pullError;
        private boolean present = true;
        private Duration pullTakes = Duration.ZERO;
        private Duration startTakes = Duration.ZERO;
        private List<String> log = List.of();
        private String lastMessage = "";
        private @Nullable String user;

        /** Sets what its containers have written by the time they end. */
        Script writes(List<String> lines) {
            log = lines;
            return this;
        }

        /** Sets what its containers leave in the file for it. */
        Script leaves(String message) {
            lastMessage = message;
            return this;
        }

        Script user(String name) {
            user = name;
            return this;
        }

        Script thenRuns(Duration time, int exitCode) {
            runs.add(new Run(time, exitCode, false));
            return this;
        }

        Script thenRunsOutOfMemory(Duration time) {
            runs.add(new Run(time, 137, true));
            return this;
        }

        Script ignoringStop() {
            ignoresStop = true;
            return this;
        }

        Script startError(@Nullable String message) {
            startError = message;
            return this;
        }

        Script pullError(DriverException.@Nullable Reason reason) {
            pullError = reason;
            present = false;
            return this;
        }

        Script missing() {
            present = false;
            return this;
        }

        Script pullTakes(Duration time) {
            pullTakes = time;
            present = false;
            return this;
        }

        Script startTakes(Duration time) {
            startTakes = time;
            return this;
        }
    }

    private record Run(Duration time, int exitCode, boolean outOfMemory) {}

    private final class Box {
        private final ContainerSpec spec;
        private final ContainerId id;
        private final String sandbox;
        private final Instant createdAt = time.instant();
        private ContainerState.Phase phase = ContainerState.Phase.CREATED;
        private @Nullable Instant startedAt;
        private @Nullable Instant finishedAt;
        private int exitCode;
        private boolean outOfMemory;
        private String message = "";
        private ResourceRequirements resources;

        Box(ContainerSpec spec, String sandbox) {
            this.spec = spec;
            this.sandbox = sandbox;
            this.resources = spec.resources();
            this.id = new ContainerId("c" + ++sequence);
        }

        ContainerState state() {
            return new ContainerState(
                    id,
                    spec.name(),
                    spec.attempt(),
                    spec.image(),
                    "sha256:" + spec.image(),
                    phase,
                    createdAt,
                    startedAt,
                    finishedAt,
                    exitCode,
                    outOfMemory,
                    message);
        }
    }

    private final class Room {
        private final SandboxSpec spec;
        private final SandboxId id;
        private final String ip = "10.244.0." + ++addresses;
        private final Instant createdAt = time.instant();
        private final Map<String, Box> boxes = new LinkedHashMap<>();
        private boolean ready = true;

        Room(SandboxSpec spec) {
            this.spec = spec;
            this.id = new SandboxId("s" + ++sequence);
        }

        SandboxState state() {
            return new SandboxState(
                    id,
                    spec.node(),
                    spec.namespace(),
                    spec.podName(),
                    spec.podUid(),
                    spec.attempt(),
                    ready,
                    ready ? List.of(ip) : List.of(),
                    createdAt,
                    boxes.values().stream().map(Box::state).toList());
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition never = lock.newCondition();
    private final Condition released = lock.newCondition();
    private final Map<String, Room> rooms = new LinkedHashMap<>();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, NodeDescription> nodes = new ConcurrentSkipListMap<>();
    private final Map<Integer, InetSocketAddress> ports = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final Set<String> present = ConcurrentHashMap.newKeySet();
    private final List<ImagePull> pulls = new CopyOnWriteArrayList<>();
    private volatile BiFunction<String, String, Fault> faults = (call, about) -> Fault.NONE;
    private volatile BiFunction<String, List<String>, ExecResult> exec =
            (container, command) -> new ExecResult(0, "", "");
    private volatile boolean silent;
    private @Nullable DriverListener listener;
    private TimeSource time;
    private long sequence;
    private int addresses;
    private long releases;
    private int deaf;

    ScriptedDriver(TimeSource time) {
        this.time = time;
        node("node-1", true);
    }

    ScriptedDriver node(String name, boolean ready) {
        nodes.put(
                name,
                new NodeDescription(
                        name,
                        Map.of("cpu", Quantity.parse("4"), "memory", Quantity.parse("8Gi"), "pods", Quantity.of(110)),
                        Map.of(),
                        "172.18.0.2",
                        ready,
                        "scripted://1"));
        if (listener != null) {
            listener.nodesChanged();
        }
        return this;
    }

    Script image(String reference) {
        return scripts.computeIfAbsent(reference, ignored -> new Script());
    }

    void faults(BiFunction<String, String, Fault> now) {
        faults = now;
    }

    void exec(BiFunction<String, List<String>, ExecResult> now) {
        exec = now;
    }

    void port(int port, InetSocketAddress address) {
        ports.put(port, address);
    }

    /** From now on nobody is told of anything; {@link #eventsLost()} says so. */
    void loseEvents() {
        silent = true;
    }

    void eventsLost() {
        silent = false;
        if (listener != null) {
            listener.eventsLost();
        }
    }

    List<String> calls() {
        return calls;
    }

    /** {@return what was to be pulled, in order} */
    List<ImagePull> pulls() {
        return pulls;
    }

    List<String> violations() {
        return violations;
    }

    /** {@return what the newest container of that name was made from} */
    ContainerSpec spec(String pod, String container) {
        return locked(() -> room(pod).boxes.values().stream()
                .map(box -> box.spec)
                .filter(spec -> spec.name().equals(container))
                .reduce((one, other) -> other)
                .orElseThrow());
    }

    /** {@return what the pod's newest sandbox was made from} */
    SandboxSpec sandboxSpec(String pod) {
        return locked(() -> room(pod).spec);
    }

    int sandboxCount() {
        return locked(rooms::size);
    }

    /** Ends a container behind the kubelet's back. */
    void kill(String pod, String container, int exitCode) {
        Box box = locked(() -> running(pod, container));
        end(box, exitCode, false);
    }

    /** Removes a container behind the kubelet's back. */
    void vanish(String pod, String container) {
        String uid = locked(() -> {
            Room room = room(pod);
            room.boxes.remove(running(pod, container).id.value());
            return room.spec.podUid();
        });
        tell(uid);
    }

    /** Stops a sandbox behind the kubelet's back. */
    void breakSandbox(String pod) {
        String uid = locked(() -> {
            Room room = room(pod);
            room.ready = false;
            room.boxes.values().forEach(box -> markEnded(box, 137, false));
            return room.spec.podUid();
        });
        tell(uid);
    }

    private Room room(String pod) {
        return rooms.values().stream()
                .filter(room -> room.spec.podName().equals(pod))
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    private Box running(String pod, String container) {
        return room(pod).boxes.values().stream()
                .filter(box -> box.spec.name().equals(container) && box.phase == ContainerState.Phase.RUNNING)
                .findFirst()
                .orElseThrow();
    }

    private <T> T locked(java.util.function.Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private void tell(String uid) {
        if (listener != null && !silent) {
            listener.podChanged(uid);
        }
    }

    private interface Work<T> {
        T run() throws InterruptedException;
    }

    private <T> T call(String name, String about, Work<T> work) throws InterruptedException {
        calls.add(name + " " + about);
        Fault fault = faults.apply(name, about);
        return switch (fault) {
            case NONE -> work.run();
            case THROW -> throw new DriverException(DriverException.Reason.UNAVAILABLE, "no answer");
            case BUG -> throw new IllegalStateException("a bug of the driver");
            case HANG -> throw hang();
            case HANG_DEAF -> {
                hangDeaf();
                yield work.run();
            }
            case THROW_AFTER -> {
                work.run();
                throw new DriverException(DriverException.Reason.UNAVAILABLE, "answer lost");
            }
            case HANG_AFTER -> {
                work.run();
                throw hang();
            }
        };
    }

    /** Blocks until interrupted, without being work for anybody. */
    private AssertionError hang() throws InterruptedException {
        time.workFinished();
        lock.lock();
        try {
            while (true) {
                never.await();
            }
        } finally {
            time.workStarted();
            lock.unlock();
        }
    }

    /** Blocks until released, whoever interrupts it. */
    private void hangDeaf() {
        lock.lock();
        try {
            long before = releases;
            deaf++;
            time.workFinished();
            while (releases == before) {
                released.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets all calls that hang deaf do their work now. */
    void release() {
        lock.lock();
        try {
            releases++;
            for (; deaf > 0; deaf--) {
                time.workStarted();
            }
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public void start(DriverContext context) {
        time = context.time();
    }

    @Override
    public List<NodeDescription> nodes() {
        return List.copyOf(nodes.values());
    }

    private void requireNode(String node) {
        NodeDescription found = nodes.get(node);
        if (found == null || !found.ready()) {
            throw new DriverException(DriverException.Reason.NODE_DOWN, "node " + node + " is down");
        }
    }

    @Override
    public SandboxState runSandbox(SandboxSpec spec) throws InterruptedException {
        return call("runSandbox", spec.podName(), () -> {
            requireNode(spec.node());
            return locked(() -> {
                for (Room room : rooms.values()) {
                    boolean isSame = room.spec.podUid().equals(spec.podUid());
                    if (isSame && room.spec.attempt() == spec.attempt()) {
                        return room.state();
                    }
                    if (isSame && room.ready) {
                        violations.add("second sandbox of " + spec.podName() + " while the first runs");
                    }
                }
                var room = new Room(spec);
                rooms.put(room.id.value(), room);
                return room.state();
            });
        });
    }

    @Override
    public void stopSandbox(SandboxId id) throws InterruptedException {
        call(
                "stopSandbox",
                id.value(),
                () -> locked(() -> {
                    Room room = rooms.get(id.value());
                    if (room != null) {
                        room.ready = false;
                        room.boxes.values().forEach(box -> markEnded(box, 137, false));
                    }
                    return id;
                }));
    }

    @Override
    public void removeSandbox(SandboxId id) throws InterruptedException {
        stopSandbox(id);
        call(
                "removeSandbox",
                id.value(),
                () -> locked(() -> {
                    rooms.remove(id.value());
                    return id;
                }));
    }

    @Override
    public List<SandboxState> sandboxes() throws InterruptedException {
        return call(
                "sandboxes",
                "",
                () -> locked(() -> rooms.values().stream().map(Room::state).toList()));
    }

    @Override
    public Optional<SandboxState> sandbox(SandboxId id) throws InterruptedException {
        return call(
                "sandbox",
                id.value(),
                () -> locked(() -> Optional.ofNullable(rooms.get(id.value())).map(Room::state)));
    }

    @Override
    public Optional<InetSocketAddress> hostAddress(SandboxId id, int port, TransportProtocol protocol) {
        return Optional.ofNullable(ports.get(port));
    }

    @Override
    public ContainerId createContainer(SandboxId sandbox, ContainerSpec spec) throws InterruptedException {
        return call(
                "createContainer",
                spec.name() + "/" + spec.attempt(),
                () -> locked(() -> {
                    Room room = rooms.get(sandbox.value());
                    if (room == null || !room.ready) {
                        throw new DriverException(DriverException.Reason.NOT_FOUND, "no sandbox " + sandbox);
                    }
                    for (Box box : room.boxes.values()) {
                        if (box.spec.name().equals(spec.name()) && box.spec.attempt() == spec.attempt()) {
                            return box.id;
                        }
                    }
                    var box = new Box(spec, sandbox.value());
                    room.boxes.put(box.id.value(), box);
                    return box.id;
                }));
    }

    private Box box(ContainerId id) {
        return rooms.values().stream()
                .map(room -> room.boxes.get(id.value()))
                .filter(box -> box != null)
                .findFirst()
                .orElseThrow(() -> new DriverException(DriverException.Reason.NOT_FOUND, "no container " + id));
    }

    @Override
    public void startContainer(ContainerId id) throws InterruptedException {
        Box box = call("startContainer", id.value(), () -> {
            Box starting = locked(() -> box(id));
            Duration takes = image(starting.spec.image()).startTakes;
            if (!takes.isZero()) {
                time.sleep(takes);
            }
            locked(() -> {
                begin(box(id));
                return id;
            });
            return starting;
        });
        tell(locked(() -> uid(box)));
    }

    private String uid(Box box) {
        Room room = rooms.get(box.sandbox);
        return room == null ? "" : room.spec.podUid();
    }

    private void begin(Box box) {
        if (box.phase != ContainerState.Phase.CREATED) {
            return;
        }
        Script script = image(box.spec.image());
        if (script.startError != null) {
            box.message = script.startError;
            markEnded(box, 128, false);
            throw new DriverException(DriverException.Reason.START_REJECTED, script.startError);
        }
        Room room = requireNonNull(rooms.get(box.sandbox), "no sandbox");
        boolean isTwice = rooms.values().stream()
                .filter(other -> other.spec.podUid().equals(room.spec.podUid()))
                .flatMap(other -> other.boxes.values().stream())
                .anyMatch(other ->
                        other.spec.name().equals(box.spec.name()) && other.phase == ContainerState.Phase.RUNNING);
        if (isTwice) {
            violations.add(room.spec.podName() + "/" + box.spec.name() + " runs twice");
        }
        box.phase = ContainerState.Phase.RUNNING;
        box.startedAt = time.instant();
        if (!script.runs.isEmpty()) {
            Run run = script.runs.size() > 1 ? script.runs.removeFirst() : script.runs.getFirst();
            if (run.time.isZero()) {
                markEnded(box, run.exitCode, run.outOfMemory);
            } else {
                time.schedule(run.time, () -> end(box, run.exitCode, run.outOfMemory));
            }
        }
    }

    private void end(Box box, int exitCode, boolean outOfMemory) {
        String uid = locked(() -> {
            markEnded(box, exitCode, outOfMemory);
            return uid(box);
        });
        tell(uid);
    }

    private void markEnded(Box box, int exitCode, boolean outOfMemory) {
        if (box.phase != ContainerState.Phase.EXITED) {
            box.phase = ContainerState.Phase.EXITED;
            box.exitCode = exitCode;
            box.outOfMemory = outOfMemory;
            box.finishedAt = time.instant();
            if (box.message.isEmpty()) {
                box.message = image(box.spec.image()).lastMessage;
            }
        }
    }

    @Override
    public void stopContainer(ContainerId id, Duration grace) throws InterruptedException {
        call("stopContainer", id.value() + " " + GoText.duration(grace), () -> {
            Box box = locked(() -> find(id));
            if (box == null) {
                return id;
            }
            boolean ignores = image(box.spec.image()).ignoresStop;
            if (ignores && grace.isPositive()) {
                time.sleep(grace);
            }
            end(box, ignores ? 137 : 0, false);
            return id;
        });
    }

    @Override
    public void updateContainer(ContainerId id, ResourceRequirements resources) throws InterruptedException {
        call(
                "updateContainer",
                locked(() -> box(id).spec.name()),
                () -> locked(() -> {
                    box(id).resources = resources;
                    return id;
                }));
    }

    /** {@return what the running container has now} */
    ResourceRequirements resources(String pod, String container) {
        return locked(() -> running(pod, container).resources);
    }

    private @Nullable Box find(ContainerId id) {
        return rooms.values().stream()
                .map(room -> room.boxes.get(id.value()))
                .filter(box -> box != null)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void removeContainer(ContainerId id) throws InterruptedException {
        call(
                "removeContainer",
                id.value(),
                () -> locked(() -> {
                    rooms.values().forEach(room -> room.boxes.remove(id.value()));
                    return id;
                }));
    }

    @Override
    public Optional<ContainerState> container(ContainerId id) {
        return locked(() -> Optional.ofNullable(find(id)).map(Box::state));
    }

    @Override
    public ExecResult exec(ContainerId id, List<String> command, Duration timeout) throws InterruptedException {
        return call("exec", id.value() + " " + String.join(" ", command), () -> {
            String name = locked(() -> box(id).spec.name());
            return exec.apply(name, command);
        });
    }

    @Override
    public ProcessSession openExec(ContainerId id, ExecRequest request) {
        throw new DriverException(DriverException.Reason.UNSUPPORTED, "no streams");
    }

    @Override
    public ProcessSession attach(ContainerId id, AttachRequest request) {
        throw new DriverException(DriverException.Reason.UNSUPPORTED, "no streams");
    }

    @Override
    public LogStream logs(ContainerId id, LogQuery query) throws InterruptedException {
        List<String> lines =
                call("logs", id.value(), () -> locked(() -> image(box(id).spec.image()).log));
        int from = query.tailLines() < 0 ? 0 : (int) Math.max(0, lines.size() - query.tailLines());
        Iterator<String> rest = lines.subList(from, lines.size()).iterator();
        return new LogStream() {
            @Override
            public @Nullable LogLine next() {
                return rest.hasNext() ? new LogLine(Instant.EPOCH, LogLine.Stream.STDOUT, rest.next(), true) : null;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public ContainerStats stats(ContainerId id) {
        return new ContainerStats(time.instant(), Duration.ZERO, 0);
    }

    @Override
    public Optional<ImageDescription> image(String node, String reference) throws InterruptedException {
        return call(
                "image",
                reference,
                () -> image(reference).present || present.contains(reference)
                        ? Optional.of(description(reference))
                        : Optional.empty());
    }

    @Override
    public ImageDescription pullImage(ImagePull pull) throws InterruptedException {
        pulls.add(pull);
        return call("pullImage", pull.reference(), () -> {
            Script script = image(pull.reference());
            if (!script.pullTakes.isZero()) {
                time.sleep(script.pullTakes);
            }
            if (script.pullError != null) {
                throw new DriverException(script.pullError, "manifest unknown");
            }
            present.add(pull.reference());
            return description(pull.reference());
        });
    }

    private ImageDescription description(String reference) {
        return new ImageDescription("sha256:" + reference, 1000, image(reference).user, List.of(), List.of(), Map.of());
    }

    @Override
    public void subscribe(DriverListener newListener) {
        listener = newListener;
    }

    @Override
    public void close() {}
}
