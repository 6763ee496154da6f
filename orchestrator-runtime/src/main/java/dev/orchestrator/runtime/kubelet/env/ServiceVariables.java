package dev.orchestrator.runtime.kubelet.env;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServicePort;

/**
 * The variables by which containers find services: {@code WEB_SERVICE_HOST}, {@code WEB_PORT_80_TCP_ADDR} and so on.
 */
public final class ServiceVariables {

    private ServiceVariables() {}

    /** {@return the variables for all of the given services that have a cluster address} */
    public static Map<String, String> of(Collection<Service> services) {
        var variables = new LinkedHashMap<String, String>();
        for (Service service : services) {
            String address = service.spec().clusterIP();
            if (address != null && isAddress(address) && !service.spec().ports().isEmpty()) {
                add(service, address, variables);
            }
        }
        return Map.copyOf(variables);
    }

    private static boolean isAddress(String address) {
        return !address.isEmpty() && !address.equals("None");
    }

    private static void add(Service service, String address, Map<String, String> variables) {
        String prefix = variable(service.metadata().nameOrEmpty());
        ServicePort first = service.spec().ports().getFirst();
        variables.put(prefix + "_SERVICE_HOST", address);
        variables.put(prefix + "_SERVICE_PORT", Integer.toString(first.port()));
        for (ServicePort port : service.spec().ports()) {
            if (port.name() != null && !port.name().isEmpty()) {
                variables.put(prefix + "_SERVICE_PORT_" + variable(port.name()), Integer.toString(port.port()));
            }
        }
        variables.put(prefix + "_PORT", url(first, address));
        for (ServicePort port : service.spec().ports()) {
            String link = prefix + "_PORT_" + port.port() + "_" + protocol(port).toUpperCase(Locale.ROOT);
            variables.put(link, url(port, address));
            variables.put(link + "_PROTO", protocol(port).toLowerCase(Locale.ROOT));
            variables.put(link + "_PORT", Integer.toString(port.port()));
            variables.put(link + "_ADDR", address);
        }
    }

    private static String url(ServicePort port, String address) {
        String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return protocol(port).toLowerCase(Locale.ROOT) + "://" + host + ":" + port.port();
    }

    private static String protocol(ServicePort port) {
        return port.protocol() == null || port.protocol().isEmpty() ? "TCP" : port.protocol();
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
