package dev.orchestrator.spi;

import java.time.Duration;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What programs inside pods reach a service by: its addresses, and the names of the cluster's DNS that are its own.
 *
 * @param namespace its namespace
 * @param name its name
 * @param routes its ports; empty for a service that has no address, such as a headless one
 * @param names what it is known by
 */
public record PublishedService(String namespace, String name, List<Route> routes, List<Name> names) {

    /** Copies the lists. */
    public PublishedService {
        requireNonNull(namespace, "namespace is null");
        requireNonNull(name, "name is null");
        routes = List.copyOf(routes);
        names = List.copyOf(names);
    }

    /**
     * One port of a service, which answers at an address of its own.
     *
     * @param ip the cluster IP, IPv4
     * @param port the port of the service
     * @param protocol its protocol
     * @param affinity how long a client keeps its target after its last connection; zero if each connection goes
     *     anywhere
     * @param targets what takes new connections; while there is none, connections are refused
     */
    public record Route(String ip, int port, TransportProtocol protocol, Duration affinity, List<Target> targets) {

        /** Copies the list. */
        public Route {
            targets = List.copyOf(targets);
        }
    }

    /**
     * Where connections go.
     *
     * @param ip the address of a pod, as pods know it, or any other IPv4 address that they reach
     * @param port the port there
     */
    public record Target(String ip, int port) {}

    /**
     * The records of one type that DNS has for a name. A name that has records of another type exists; any other name
     * below {@code cluster.local} does not, but for those of pods ({@code 10-1-2-3.namespace.pod.cluster.local}).
     *
     * @param name the whole name in lower case, without a dot at its end
     * @param type the type of its values
     * @param values the values, in any order
     */
    public record Name(String name, Type type, List<String> values) {

        /** Copies the list. */
        public Name {
            values = List.copyOf(values);
        }
    }

    /** The types of records, and how their values are written. */
    public enum Type {
        /** IPv4 addresses. */
        A,
        /** The one other name of an external service: whatever is known of that is known of this. */
        CNAME,
        /** The names of an address, which is itself written as a name below {@code in-addr.arpa}. */
        PTR,
        /** Places of a named port: {@code priority weight port name}, with blanks between. */
        SRV
    }
}
