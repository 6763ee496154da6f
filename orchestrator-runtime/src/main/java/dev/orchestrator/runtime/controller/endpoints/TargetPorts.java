package dev.orchestrator.runtime.controller.endpoints;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerPort;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.discovery.EndpointPort;
import org.jspecify.annotations.Nullable;

/** Finds the port of a pod that a port of a service leads to. */
final class TargetPorts {

    private static final int NONE = -1;

    private TargetPorts() {}

    /** {@return the service's ports as this pod serves them; without those whose name the pod does not know} */
    static List<EndpointPort> of(Service service, Pod pod) {
        var ports = new ArrayList<EndpointPort>(service.spec().ports().size());
        for (ServicePort port : service.spec().ports()) {
            int number = resolve(port, pod);
            if (number != NONE) {
                String name = Objects.requireNonNullElse(port.name(), "");
                ports.add(new EndpointPort(port.appProtocol(), name, number, protocol(port.protocol())));
            }
        }
        return ports;
    }

    private static int resolve(ServicePort port, Pod pod) {
        IntOrString target = port.targetPort();
        if (target == null) {
            return port.port();
        }
        if (target.isNumber()) {
            return target.number() == 0 ? port.port() : target.number();
        }
        String protocol = protocol(port.protocol());
        for (Container container : pod.spec().containers()) {
            int found = named(target.text(), protocol, container);
            if (found != NONE) {
                return found;
            }
        }
        for (Container container : pod.spec().initContainers()) {
            int found = "Always".equals(container.restartPolicy()) ? named(target.text(), protocol, container) : NONE;
            if (found != NONE) {
                return found;
            }
        }
        return NONE;
    }

    private static int named(String name, String protocol, Container container) {
        for (ContainerPort port : container.ports()) {
            if (name.equals(port.name()) && protocol.equals(protocol(port.protocol()))) {
                return port.containerPort();
            }
        }
        return NONE;
    }

    private static String protocol(@Nullable String protocol) {
        return protocol == null || protocol.isEmpty() ? "TCP" : protocol;
    }
}
