package dev.orchestrator.memory;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.orchestrator.api.model.core.ContainerPort;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.spi.SandboxSpec.PublishedPort;
import dev.orchestrator.spi.TransportProtocol;

/**
 * Lets a container that only idles answer on the TCP ports it declares: HTTP status 200 with the name of its pod. A
 * port is opened once somebody has asked where it is, so that a container nobody talks to costs no socket.
 */
final class IdlePorts {

    private static final System.Logger LOG = System.getLogger(IdlePorts.class.getName());

    private IdlePorts() {}

    /** Opens the declared ports that have been asked for and are not open. */
    static void serve(Container container) {
        if (!container.isIdle() || !container.isRunning()) {
            return;
        }
        var ports = container.sandbox().ports();
        for (int port : declared(container)) {
            if (ports.isReserved(port, TransportProtocol.TCP) && !ports.isTaken(port, TransportProtocol.TCP)) {
                open(container, port);
            }
        }
    }

    private static void open(Container container, int port) {
        String reply = container.spec().image() + " in pod "
                + container.sandbox().spec().podName() + "\n";
        try {
            HttpServer.open(container, port, call -> HttpReply.ok(reply));
        } catch (IOException e) {
            // Lost a race: another container took the port, or this one has ended.
            LOG.log(System.Logger.Level.DEBUG, "port " + port + " of " + container.id() + " was not opened", e);
        }
    }

    /** {@return the TCP ports that a container declares} */
    static List<Integer> declared(Container container) {
        var sandbox = container.sandbox().spec();
        Optional<List<Integer>> byPod = declared(sandbox.pod(), container.spec().name());
        return byPod.orElseGet(() -> sandbox.ports().stream()
                .filter(port -> port.protocol() == TransportProtocol.TCP)
                .map(PublishedPort::containerPort)
                .toList());
    }

    private static Optional<List<Integer>> declared(PodSpec pod, String container) {
        return Stream.concat(pod.containers().stream(), pod.initContainers().stream())
                .filter(candidate -> candidate.name().equals(container))
                .findFirst()
                .map(found -> found.ports().stream()
                        .filter(port ->
                                port.protocol() == null || port.protocol().equals("TCP"))
                        .map(ContainerPort::containerPort)
                        .toList());
    }
}
