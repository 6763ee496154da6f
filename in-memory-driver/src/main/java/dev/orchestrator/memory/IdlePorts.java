package dev.orchestrator.memory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.orchestrator.api.model.core.ContainerPort;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.spi.SandboxSpec.PublishedPort;
import dev.orchestrator.spi.TransportProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a container without code of its own answer on the TCP ports it declares: HTTP status 200 with the name of its
 * pod, or what its script says. A port is opened once somebody has asked where it is, so that a container nobody talks
 * to costs no socket.
 */
final class IdlePorts {

    private static final Logger LOG = LoggerFactory.getLogger(IdlePorts.class);

    private IdlePorts() {}

    /** Opens the declared ports that have been asked for and are not open. */
    static void serve(Container container) {
        if (container.hasCode() || !container.isRunning()) {
            return;
        }
        var ports = container.sandbox().ports();
        declared(container)
                .filter(port ->
                        ports.isReserved(port, TransportProtocol.TCP) && !ports.isTaken(port, TransportProtocol.TCP))
                .forEach(port -> open(container, port));
    }

    private static void open(Container container, int port) {
        try {
            HttpServer.open(container, port, call -> reply(container));
        } catch (IOException e) {
            // Lost a race: another container took the port, or this one has ended.
            LOG.debug("port {} of {} was not opened", port, container.id(), e);
        }
    }

    private static HttpReply reply(Container container) {
        var started = container.state().startedAt();
        var running = started == null
                ? Duration.ZERO
                : Duration.between(started, container.time().instant());
        boolean healthy =
                container.script().map(script -> script.isHealthyAfter(running)).orElse(true);
        return healthy
                ? HttpReply.ok(container.spec().image() + " in pod "
                        + container.sandbox().spec().podName() + "\n")
                : HttpReply.text(503, "unhealthy\n");
    }

    private static Stream<Integer> declared(Container container) {
        var sandbox = container.sandbox().spec();
        List<Integer> declared = declared(sandbox.pod(), container.spec().name())
                .orElseGet(() -> sandbox.ports().stream()
                        .filter(port -> port.protocol() == TransportProtocol.TCP)
                        .map(PublishedPort::containerPort)
                        .toList());
        List<Integer> scripted = container.script().map(ContainerScript::ports).orElse(List.of());
        return Stream.concat(declared.stream(), scripted.stream()).distinct();
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
