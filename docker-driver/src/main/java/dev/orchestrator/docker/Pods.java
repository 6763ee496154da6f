package dev.orchestrator.docker;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.orchestrator.docker.Inspected.PodPort;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.SandboxId;
import dev.orchestrator.spi.SandboxSpec;
import dev.orchestrator.spi.SandboxState;
import dev.orchestrator.spi.TransportProtocol;

/** The sandboxes of one driver: a pause container each. */
final class Pods {

    private final Engine engine;
    private final Identity identity;
    private final PodNetwork network;
    private final SandboxConfig config;
    private final Removal removal;
    private final Thaw thaw;
    private final Map<SandboxId, Reach> reachable = new ConcurrentHashMap<>();

    Pods(Engine engine, Identity identity, PodNetwork network, SandboxConfig config, Removal removal, Thaw thaw) {
        this.engine = engine;
        this.identity = identity;
        this.network = network;
        this.config = config;
        this.removal = removal;
        this.thaw = thaw;
    }

    /**
     * Where a pod can be reached.
     *
     * @param ips its addresses
     * @param published where its ports are published
     */
    private record Reach(List<String> ips, Map<PodPort, InetSocketAddress> published) {}

    SandboxState run(SandboxSpec spec) throws InterruptedException {
        if (!spec.node().equals(identity.node())) {
            throw new DriverException(Reason.NODE_DOWN, "node " + spec.node() + " is not known to this engine");
        }
        String what = "creating the sandbox of pod " + spec.namespace() + "/" + spec.podName();
        String id = make(what, spec);
        engine.call(what, docker -> {
            try {
                return started(docker, id);
            } catch (DockerException e) {
                throw Failures.isEngineFault(e) ? e : rejected(what, e);
            }
        });
        Inspected made = Inspected.find(engine, id)
                .orElseThrow(() -> new DriverException(Reason.UNAVAILABLE, what + ": it was removed at once"));
        return state(made, List.of());
    }

    private String make(String what, SandboxSpec spec) throws InterruptedException {
        String made = engine.call(what, docker -> {
            try {
                return config.command(docker, spec).exec().getId();
            } catch (DockerException e) {
                if (Failures.isNameTaken(e)) {
                    // Another call has made it, or is about to.
                    return "";
                }
                throw Failures.isEngineFault(e) ? e : rejected(what, e);
            }
        });
        return made.isEmpty() ? engine.awaitContainer(what, Names.sandbox(spec)).id() : made;
    }

    private static DockerClient started(DockerClient docker, String id) {
        try {
            docker.startContainerCmd(id).exec();
        } catch (NotModifiedException e) {
            // It runs.
            return docker;
        }
        return docker;
    }

    private static DriverException rejected(String what, DockerException refused) {
        return new DriverException(Reason.CREATE_REJECTED, what + ": " + Failures.message(refused), refused);
    }

    /** {@return the sandbox with this id, if it is one of this driver's} */
    Optional<Inspected> find(SandboxId id) throws InterruptedException {
        return Inspected.find(engine, id.value()).filter(found -> found.isOf(identity.instance(), Labels.SANDBOX));
    }

    Optional<SandboxState> state(SandboxId id) throws InterruptedException {
        Optional<Inspected> found = find(id);
        if (found.isEmpty()) {
            reachable.remove(id);
            return Optional.empty();
        }
        return Optional.of(state(found.get(), containers(Labels.SANDBOX_ID, id.value())));
    }

    List<SandboxState> all() throws InterruptedException {
        var sandboxes = new ArrayList<Inspected>();
        var containers = new HashMap<String, List<Inspected>>();
        for (Inspected one : inspect(list(Labels.INSTANCE, identity.instance()))) {
            if (one.isPaused()) {
                thaw.start(one.id());
            }
            if (one.isOf(identity.instance(), Labels.SANDBOX)) {
                sandboxes.add(one);
            } else if (one.isOf(identity.instance(), Labels.CONTAINER)) {
                containers
                        .computeIfAbsent(one.label(Labels.SANDBOX_ID), id -> new ArrayList<>())
                        .add(one);
            }
        }
        return sandboxes.stream()
                .map(sandbox -> state(sandbox, containers.getOrDefault(sandbox.id(), List.of())))
                .toList();
    }

    private List<Inspected> containers(String label, String value) throws InterruptedException {
        return inspect(list(label, value));
    }

    private List<Inspected> inspect(List<String> ids) throws InterruptedException {
        var inspected = new ArrayList<Inspected>();
        for (String id : ids) {
            // One that was removed meanwhile is not there.
            Inspected.find(engine, id).ifPresent(inspected::add);
        }
        return inspected;
    }

    private List<String> list(String label, String value) throws InterruptedException {
        return engine.containers(true, List.of(label + "=" + value)).stream()
                .map(container -> container.path("Id").asText())
                .toList();
    }

    private SandboxState state(Inspected sandbox, List<Inspected> containers) {
        var id = new SandboxId(sandbox.id());
        List<String> ips = sandbox.ips(network.name());
        if (sandbox.isRunning()) {
            reachable.put(id, new Reach(ips, sandbox.published()));
        } else {
            reachable.remove(id);
        }
        List<ContainerState> states = containers.stream()
                .sorted(Comparator.comparing(Inspected::createdAt))
                .map(Containers::state)
                .toList();
        return new SandboxState(
                id,
                identity.node(),
                sandbox.label(Labels.POD_NAMESPACE),
                sandbox.label(Labels.POD_NAME),
                sandbox.label(Labels.POD_UID),
                sandbox.attempt(),
                sandbox.isRunning(),
                ips,
                sandbox.createdAt(),
                states);
    }

    void stop(SandboxId id) throws InterruptedException {
        reachable.remove(id);
        Optional<Inspected> found = find(id);
        if (found.isPresent()) {
            var ids = new ArrayList<>(list(Labels.SANDBOX_ID, id.value()));
            ids.add(id.value());
            removal.kill(ids);
        }
    }

    void remove(SandboxId id) throws InterruptedException {
        reachable.remove(id);
        if (find(id).isPresent()) {
            // The sandbox comes last: as long as it is there, its containers are found.
            removal.remove(list(Labels.SANDBOX_ID, id.value()));
            removal.remove(List.of(id.value()));
        }
    }

    /** Forgets where a sandbox could be reached: it has ended. */
    void ended(SandboxId id) {
        reachable.remove(id);
    }

    void forgetAll() {
        reachable.clear();
    }

    /** {@return where a port of a pod is reached from here} */
    Optional<InetSocketAddress> address(SandboxId id, int port, TransportProtocol protocol) {
        Reach reach = reachable.get(id);
        if (reach == null || protocol == TransportProtocol.SCTP) {
            return Optional.empty();
        }
        if (network.isRoutable() && !reach.ips().isEmpty()) {
            // The engine's proxy on the published port takes connections that nobody in the pod would.
            return Optional.of(new InetSocketAddress(reach.ips().getFirst(), port));
        }
        return Optional.ofNullable(reach.published().get(new PodPort(port, protocol)));
    }
}
