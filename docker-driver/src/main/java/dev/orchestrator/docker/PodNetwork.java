package dev.orchestrator.docker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.exception.DockerException;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;

/**
 * The bridge network of one orchestrator.
 *
 * <p>The engine's own pools hold some 30 networks; so the subnet is chosen here, a /24 out of 2,048, and the engine
 * only says whether it is free.
 *
 * @param id the engine's id
 * @param name its name
 * @param gateway the host's address in it
 * @param services the address in it of what answers for services, reserved
 * @param isRoutable whether this process reaches pods by their addresses, because the host's end of the bridge is one
 *     of its own interfaces
 */
record PodNetwork(String id, String name, String gateway, String services, boolean isRoutable) {

    private static final int FIRST = 208;
    private static final int SUBNETS = 8 * 256;
    private static final int TRIES = 64;
    private static final Path ROUTES = Path.of("/proc/net/route");

    /** {@return the network that an earlier process has made, if it is there} */
    static Optional<PodNetwork> find(Engine engine, String name) throws InterruptedException {
        String filters = Json.text(Map.of("name", List.of(name)));
        for (JsonNode network : engine.get("listing networks", "/networks?filters=" + Engine.encoded(filters))) {
            JsonNode config = network.path("IPAM").path("Config").path(0);
            String gateway = config.path("Gateway").asText();
            Optional<Subnet> subnet = Subnet.of(config.path("Subnet").asText());
            // The engine's filter also finds what only begins so.
            if (network.path("Name").asText().equals(name) && subnet.isPresent()) {
                return Optional.of(new PodNetwork(
                        network.path("Id").asText(), name, gateway, subnet.get().services(), isOurs(gateway)));
            }
        }
        return Optional.empty();
    }

    /** Makes the network. */
    static PodNetwork create(Engine engine, String name, Map<String, String> labels, RandomGenerator random)
            throws InterruptedException {
        List<Subnet> taken = taken(engine);
        int start = random.nextInt(SUBNETS);
        String refusal = "every subnet of 10." + FIRST + ".0.0/13 is in use";
        int tries = 0;
        for (int i = 0; i < SUBNETS && tries < TRIES; i++) {
            int number = (start + i) % SUBNETS;
            var subnet = new Subnet((10 << 24) | (FIRST + number / 256) << 16 | (number % 256) << 8, 24);
            if (taken.stream().anyMatch(subnet::overlaps)) {
                continue;
            }
            tries++;
            String made = make(engine, name, subnet, labels);
            if (!made.isEmpty()) {
                return new PodNetwork(made, name, subnet.gateway(), subnet.services(), isOurs(subnet.gateway()));
            }
            Optional<PodNetwork> late = find(engine, name);
            if (late.isPresent()) {
                // The last thing that a process asked for before it was killed.
                return late.get();
            }
            refusal = "the engine finds them in use";
        }
        throw new DriverException(Reason.UNAVAILABLE, "creating network " + name + ": no free subnet: " + refusal);
    }

    /** {@return the id of a new network; empty if the engine finds the subnet or the name in use} */
    private static String make(Engine engine, String name, Subnet subnet, Map<String, String> labels)
            throws InterruptedException {
        // What is reserved is given to no container by the engine.
        Map<String, Object> addresses = Map.of(
                "Subnet",
                subnet.toString(),
                "Gateway",
                subnet.gateway(),
                "AuxiliaryAddresses",
                Map.of("services", subnet.services()));
        String body = Json.text(Map.of(
                "Name",
                name,
                "Driver",
                "bridge",
                "CheckDuplicate",
                true,
                "IPAM",
                Map.of("Config", List.of(addresses)),
                "Labels",
                labels));
        return engine.attempt("creating network " + name, () -> {
            try {
                return engine.ask("POST", "/networks/create", body).path("Id").asText();
            } catch (DockerException e) {
                String message = Failures.message(e);
                if (message.contains("overlaps") || message.contains("already exists")) {
                    return "";
                }
                throw e;
            }
        });
    }

    private static List<Subnet> taken(Engine engine) throws InterruptedException {
        var taken = new ArrayList<Subnet>();
        for (JsonNode network : engine.get("listing networks", "/networks")) {
            for (JsonNode config : network.path("IPAM").path("Config")) {
                Subnet.of(config.path("Subnet").asText()).ifPresent(taken::add);
            }
        }
        taken.addAll(ofThisMachine());
        return taken;
    }

    private static List<Subnet> ofThisMachine() {
        var subnets = new ArrayList<Subnet>();
        try {
            for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                card.getInterfaceAddresses()
                        .forEach(address -> Subnet.of(
                                        address.getAddress().getHostAddress() + "/" + address.getNetworkPrefixLength())
                                .ifPresent(subnets::add));
            }
            if (Files.isReadable(ROUTES)) {
                Files.readAllLines(ROUTES).stream()
                        .skip(1)
                        .forEach(line -> Subnet.ofRoute(line).ifPresent(subnets::add));
            }
        } catch (IOException e) {
            // What can not be known is not avoided; the engine still refuses what it has itself.
            return subnets;
        }
        return subnets;
    }

    private static boolean isOurs(String gateway) {
        try {
            return NetworkInterface.getByInetAddress(InetAddress.getByName(gateway)) != null;
        } catch (SocketException | UnknownHostException e) {
            return false;
        }
    }
}
