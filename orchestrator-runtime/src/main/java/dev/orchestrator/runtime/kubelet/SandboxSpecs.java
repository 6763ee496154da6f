package dev.orchestrator.runtime.kubelet;

import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerPort;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.SandboxSpec;
import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What a pod's sandbox is made from. */
final class SandboxSpecs {

    private static final int LONGEST_HOSTNAME = 63;
    private static final int LONGEST_QUALIFIED = 64;

    private SandboxSpecs() {}

    static SandboxSpec of(Pod pod, int attempt) {
        return new SandboxSpec(
                requireNonNullElse(pod.spec().nodeName(), ""),
                pod.metadata().namespaceOrEmpty(),
                pod.metadata().nameOrEmpty(),
                pod.metadata().uidOrEmpty(),
                attempt,
                hostname(pod),
                pod.metadata().labels(),
                pod.metadata().annotations(),
                ports(pod),
                pod.spec());
    }

    private static String hostname(Pod pod) {
        if (pod.spec().hostNetwork()) {
            return requireNonNullElse(pod.spec().nodeName(), "");
        }
        String override = pod.spec().hostnameOverride();
        if (override != null && !override.isEmpty()) {
            return override;
        }
        String hostname = pod.spec().hostname();
        String name = hostname == null || hostname.isEmpty() ? pod.metadata().nameOrEmpty() : hostname;
        if (name.length() > LONGEST_HOSTNAME) {
            name = name.substring(0, LONGEST_HOSTNAME).replaceAll("[-.]+$", "");
        }
        String subdomain = pod.spec().subdomain();
        boolean isQualified =
                Boolean.TRUE.equals(pod.spec().setHostnameAsFQDN()) && subdomain != null && !subdomain.isEmpty();
        return isQualified
                ? checked(name + "." + subdomain + "." + pod.metadata().namespaceOrEmpty() + ".svc.cluster.local")
                : name;
    }

    private static String checked(String qualified) {
        if (qualified.length() > LONGEST_QUALIFIED) {
            throw new DriverException(
                    DriverException.Reason.CREATE_REJECTED,
                    "failed to construct FQDN from pod hostname and cluster domain, FQDN " + qualified
                            + " is too long (" + LONGEST_QUALIFIED + " characters is the max, " + qualified.length()
                            + " characters requested)");
        }
        return qualified;
    }

    private static List<SandboxSpec.PublishedPort> ports(Pod pod) {
        var ports = new ArrayList<SandboxSpec.PublishedPort>();
        pod.spec().initContainers().stream().filter(PodView::isSidecar).forEach(container -> add(container, ports));
        pod.spec().containers().forEach(container -> add(container, ports));
        return ports;
    }

    private static void add(Container container, List<SandboxSpec.PublishedPort> ports) {
        for (ContainerPort port : container.ports()) {
            ports.add(new SandboxSpec.PublishedPort(
                    port.containerPort(),
                    protocol(port.protocol()),
                    port.hostPort(),
                    requireNonNullElse(port.hostIP(), "")));
        }
    }

    private static TransportProtocol protocol(@Nullable String protocol) {
        return switch (protocol == null ? "TCP" : protocol) {
            case "UDP" -> TransportProtocol.UDP;
            case "SCTP" -> TransportProtocol.SCTP;
            default -> TransportProtocol.TCP;
        };
    }
}
