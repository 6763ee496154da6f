package dev.orchestrator.server.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.serving.ServedCluster;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Socket;
import dev.orchestrator.server.http.Sockets;
import dev.orchestrator.server.http.Statuses;
import dev.orchestrator.server.http.Upgrades;

/** Joins clients to what runs in pods: logs, commands, main processes, ports. It owns all streams that are open. */
public final class PodStreams implements AutoCloseable {

    /** The parts of a pod that are streams. */
    public static final Set<String> PARTS = Set.of("log", "exec", "attach", "portforward");

    // A channel is one byte, and each port has two.
    private static final int MOST_PORTS = 128;

    private final ServedCluster cluster;
    private final Sockets sockets;
    private final Live live = new Live();
    private final Logs logs;

    /** Serves the pods of a cluster. */
    public PodStreams(ServedCluster cluster, Sockets sockets) {
        this.cluster = cluster;
        this.sockets = sockets;
        this.logs = new Logs(cluster, live, sockets);
    }

    /** Serves a request for one of {@link #PARTS}. */
    public void serve(Call call, ObjectKey key, String part) throws IOException, InterruptedException {
        requireMethod(call, part.equals("log") ? List.of("GET", "HEAD") : List.of("GET", "POST"));
        Pod pod = cluster.store().get(ResourceTypes.POD, key);
        switch (part) {
            case "log" -> logs.serve(call, pod);
            case "exec" -> process(call, pod, false);
            case "attach" -> process(call, pod, true);
            case "portforward" -> forward(call, pod);
            default -> throw Statuses.noSuchResource();
        }
    }

    private static void requireMethod(Call call, List<String> allowed) {
        if (!allowed.contains(call.method())) {
            throw Statuses.methodNotAllowed();
        }
    }

    private void process(Call call, Pod pod, boolean isAttach) {
        String container = cluster.container(pod, call.parameterOrEmpty("container"));
        requireHost(pod);
        var wanted = ProcessCall.of(call, pod, container, isAttach);
        if (!Sockets.isAskedFor(call) && !Upgrades.isAskedFor(call)) {
            throw upgradeRequired();
        }
        wanted.check();
        var process = new RemoteProcess(cluster.containers(), wanted);
        if (Sockets.isAskedFor(call)) {
            String protocol = Sockets.negotiated(call, ChannelProtocol.NAMES);
            open(call, protocol, new SocketProcess(process, wanted, new ChannelProtocol(protocol), live));
        } else {
            String protocol = Upgrades.negotiated(call, ChannelProtocol.SPDY_NAMES);
            Upgrades.open(call, protocol, new SpdyProcess(process, wanted, new ChannelProtocol(protocol), live).use());
        }
    }

    private void requireHost(Pod pod) {
        if (!cluster.hasHost(pod)) {
            throw Statuses.badRequest("pod " + pod.metadata().nameOrEmpty() + " does not have a host assigned");
        }
    }

    private static ApiException upgradeRequired() {
        return Statuses.badRequest("Upgrade request required");
    }

    private void forward(Call call, Pod pod) {
        requireHost(pod);
        if (Upgrades.isAskedFor(call)) {
            String protocol = Upgrades.negotiated(call, List.of(SpdyForward.PROTOCOL));
            Upgrades.open(call, protocol, new SpdyForward(cluster, pod, live).use());
            return;
        }
        if (!Sockets.isAskedFor(call)) {
            throw upgradeRequired();
        }
        if (Sockets.chosen(call, List.of(SpdyForward.TUNNEL_PROTOCOL)).isPresent()) {
            open(call, SpdyForward.TUNNEL_PROTOCOL, new Tunnel(new SpdyForward(cluster, pod, live).use()));
            return;
        }
        String protocol = Sockets.negotiated(call, SocketForward.PROTOCOLS);
        open(call, protocol, new SocketForward(cluster, pod, ports(call), new ChannelProtocol(protocol), live));
    }

    private static List<Integer> ports(Call call) {
        var ports = new ArrayList<Integer>();
        try {
            for (String given : call.parameters("ports")) {
                for (String port : given.split(",", -1)) {
                    ports.add(PodPorts.number(port));
                }
            }
        } catch (IllegalArgumentException malformed) {
            throw Statuses.badRequest(String.valueOf(malformed.getMessage()));
        }
        if (ports.isEmpty()) {
            throw Statuses.badRequest("query parameter \"ports\" is required");
        }
        if (ports.size() > MOST_PORTS) {
            throw Statuses.badRequest("at most " + MOST_PORTS + " ports can be forwarded");
        }
        return ports;
    }

    private void open(Call call, String protocol, Socket.Use use) {
        var opened = false;
        try {
            sockets.open(call, protocol, use);
            opened = true;
        } finally {
            if (!opened) {
                use.gone();
            }
        }
    }

    @Override
    public void close() {
        live.close();
    }
}
