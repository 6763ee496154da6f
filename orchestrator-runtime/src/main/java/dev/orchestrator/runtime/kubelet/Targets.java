package dev.orchestrator.runtime.kubelet;

import java.net.InetSocketAddress;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerPort;
import dev.orchestrator.runtime.kubelet.probe.ProbeTarget;
import dev.orchestrator.spi.ContainerDriver;
import dev.orchestrator.spi.SandboxState;
import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;

/** Where probes and hooks of one pod go. */
final class Targets {

    private final ContainerDriver driver;
    private final SandboxState sandbox;
    private final String hostIp;

    Targets(ContainerDriver driver, SandboxState sandbox, String hostIp) {
        this.driver = driver;
        this.sandbox = sandbox;
        this.hostIp = hostIp;
    }

    /** {@return where a host and port are; the pod itself when no host is given} */
    ProbeTarget at(@Nullable String host, int port) {
        String podIp = sandbox.ips().isEmpty() ? hostIp : sandbox.ips().getFirst();
        if (host == null || host.isEmpty() || host.equals(podIp)) {
            InetSocketAddress address = driver.hostAddress(sandbox.id(), port, TransportProtocol.TCP)
                    .orElse(null);
            return new ProbeTarget(podIp, port, address);
        }
        return new ProbeTarget(host, port, new InetSocketAddress(host, port));
    }

    /**
     * {@return the number of a port that may be given by name}
     *
     * @throws IllegalArgumentException if the container has no port of that name
     */
    static int port(Container container, @Nullable IntOrString port) {
        if (port == null) {
            throw new IllegalArgumentException("no port given");
        }
        if (port.isNumber()) {
            return port.number();
        }
        for (ContainerPort candidate : container.ports()) {
            if (port.text().equals(candidate.name())) {
                return candidate.containerPort();
            }
        }
        throw new IllegalArgumentException("couldn't find port: " + port.text() + " in container " + container.name());
    }
}
