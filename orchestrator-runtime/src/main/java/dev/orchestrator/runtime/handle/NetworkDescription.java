package dev.orchestrator.runtime.handle;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.networking.Ingress;
import dev.orchestrator.api.model.networking.IngressBackend;
import dev.orchestrator.api.model.networking.IngressClass;
import dev.orchestrator.api.model.networking.IngressRule;
import dev.orchestrator.api.model.networking.IngressServiceBackend;
import dev.orchestrator.api.model.networking.NetworkPolicy;
import dev.orchestrator.api.model.networking.NetworkPolicyPeer;
import dev.orchestrator.api.model.networking.NetworkPolicyPort;

import static java.util.Objects.requireNonNullElse;

/** What {@code describe} says about the kinds that say which traffic may go where. */
final class NetworkDescription {

    private NetworkDescription() {}

    static void ingress(Sheet sheet, HandleContext context, Ingress ingress) {
        var metadata = ingress.metadata();
        var spec = ingress.spec();
        String fallback = spec.defaultBackend() == null
                ? "<default>"
                : backend(context, metadata.namespaceOrEmpty(), spec.defaultBackend());
        sheet.field("Name", metadata.nameOrEmpty())
                .map("Labels", metadata.labels())
                .field("Namespace", metadata.namespaceOrEmpty())
                .field("Address", String.join(",", addresses(ingress)))
                .field("Ingress Class", requireNonNullElse(spec.ingressClassName(), Phrases.NONE))
                .field("Default backend", fallback);
        if (!spec.tls().isEmpty()) {
            sheet.section(
                    "TLS",
                    () -> spec.tls().forEach(tls -> {
                        String hosts = String.join(",", tls.hosts());
                        String secret = Phrases.text(tls.secretName());
                        sheet.line(secret.isEmpty() ? "SNI routes " + hosts : secret + " terminates " + hosts);
                    }));
        }
        List<IngressRule> rules =
                spec.rules().stream().filter(rule -> rule.http() != null).toList();
        sheet.section("Rules", () -> {
            sheet.titles("Host", "Path", "Backends");
            rules.forEach(rule -> rule(sheet, context, metadata.namespaceOrEmpty(), rule));
            if (rules.isEmpty()) {
                sheet.row("*", "*", fallback);
            }
        });
        sheet.annotations("Annotations", metadata.annotations());
        EventList.write(sheet, context, ingress);
    }

    private static Set<String> addresses(Ingress ingress) {
        var addresses = new TreeSet<String>();
        ingress.status().loadBalancer().ingress().forEach(point -> {
            String address = point.ip() == null || point.ip().isEmpty() ? point.hostname() : point.ip();
            if (address != null && !address.isEmpty()) {
                addresses.add(address);
            }
        });
        return addresses;
    }

    private static void rule(Sheet sheet, HandleContext context, String namespace, IngressRule rule) {
        String host = Phrases.text(rule.host());
        sheet.row(host.isEmpty() ? "*" : host, "");
        var http = rule.http();
        if (http != null) {
            sheet.indented(() -> http.paths()
                    .forEach(path -> sheet.row(
                            "", Phrases.text(path.path()) + " ", backend(context, namespace, path.backend()))));
        }
    }

    private static String backend(HandleContext context, String namespace, IngressBackend backend) {
        var resource = backend.resource();
        if (backend.service() != null) {
            return service(context, namespace, backend.service());
        }
        return resource == null
                ? ""
                : "APIGroup: " + requireNonNullElse(resource.apiGroup(), Phrases.NONE) + ", Kind: " + resource.kind()
                        + ", Name: " + resource.name();
    }

    private static String service(HandleContext context, String namespace, IngressServiceBackend backend) {
        Integer number = backend.port().number();
        String port =
                number == null || number == 0 ? Phrases.text(backend.port().name()) : number.toString();
        var key = new ObjectKey(namespace, backend.name());
        return backend.name() + ":" + port + " ("
                + context.store()
                        .find(ResourceTypes.SERVICE, key)
                        .map(service -> ServiceDescription.endpoints(context, service, portName(service, backend)))
                        .orElse("<error: services \"" + backend.name() + "\" not found>")
                + ")";
    }

    private static String portName(Service service, IngressServiceBackend backend) {
        return service.spec().ports().stream()
                .filter(port -> Objects.equals(port.port(), backend.port().number())
                        || (port.name() != null
                                && port.name().equals(backend.port().name())))
                .reduce((first, last) -> last)
                .map(ServicePort::name)
                .orElse("");
    }

    static void ingressClass(Sheet sheet, HandleContext context, IngressClass type) {
        var metadata = type.metadata();
        var parameters = type.spec().parameters();
        sheet.field("Name", metadata.nameOrEmpty())
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .field("Controller", type.spec().controller());
        if (parameters != null) {
            sheet.section(
                    "Parameters",
                    () -> sheet.optional("APIGroup", parameters.apiGroup())
                            .field("Kind", parameters.kind())
                            .field("Name", parameters.name()));
        }
        EventList.write(sheet, context, type);
    }

    static void networkPolicy(Sheet sheet, NetworkPolicy policy) {
        var metadata = policy.metadata();
        var spec = policy.spec();
        String created = Objects.toString(metadata.creationTimestamp(), "").replaceFirst("T(.*)Z", " $1 +0000 UTC");
        sheet.field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .field("Created on", created)
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations());
        String all = "    <none> (Allowing the specific traffic to all pods in this namespace)";
        String selected = Phrases.selector(spec.podSelector());
        sheet.section("Spec", () -> {
            sheet.line("PodSelector: "
                    + (spec.podSelector() == null || selected.equals(Phrases.NONE) ? all : "    " + selected));
            traffic(
                    sheet,
                    "ingress",
                    spec.policyTypes().contains("Ingress"),
                    () -> rules(
                            sheet,
                            spec.ingress().stream()
                                    .map(rule -> new Rule("From", "source", rule.ports(), rule.from()))
                                    .toList(),
                            "ingress"));
            traffic(
                    sheet,
                    "egress",
                    spec.policyTypes().contains("Egress"),
                    () -> rules(
                            sheet,
                            spec.egress().stream()
                                    .map(rule -> new Rule("To", "destination", rule.ports(), rule.to()))
                                    .toList(),
                            "egress"));
            sheet.line("Policy Types: " + Phrases.orNone(Phrases.joined(spec.policyTypes())));
        });
    }

    private static void traffic(Sheet sheet, String direction, boolean affected, Runnable rules) {
        if (affected) {
            sheet.section("Allowing " + direction + " traffic", rules);
        } else {
            sheet.line("Not affecting " + direction + " traffic");
        }
    }

    /** A rule of either direction. */
    private record Rule(String label, String side, List<NetworkPolicyPort> ports, List<NetworkPolicyPeer> peers) {}

    private static void rules(Sheet sheet, List<Rule> rules, String direction) {
        if (rules.isEmpty()) {
            sheet.line("<none> (Selected pods are isolated for " + direction + " connectivity)");
        }
        for (int i = 0; i < rules.size(); i++) {
            if (i > 0) {
                sheet.line("----------");
            }
            rule(sheet, rules.get(i));
        }
    }

    private static void rule(Sheet sheet, Rule rule) {
        if (rule.ports().isEmpty()) {
            sheet.line("To Port: <any> (traffic allowed to all ports)");
        }
        rule.ports().forEach(port -> {
            String protocol = requireNonNullElse(port.protocol(), "TCP");
            sheet.line(
                    port.endPort() == null
                            ? "To Port: " + Objects.toString(port.port(), "<nil>") + "/" + protocol
                            : "To Port Range: " + port.port() + "-" + port.endPort() + "/" + protocol);
        });
        if (rule.peers().isEmpty()) {
            sheet.line(rule.label() + ": <any> (traffic not restricted by " + rule.side() + ")");
        }
        rule.peers().forEach(peer -> sheet.section(rule.label(), () -> peer(sheet, peer)));
    }

    private static void peer(Sheet sheet, NetworkPolicyPeer peer) {
        var block = peer.ipBlock();
        if (peer.namespaceSelector() != null) {
            sheet.line("NamespaceSelector: " + Phrases.selector(peer.namespaceSelector()));
        }
        if (peer.podSelector() != null) {
            sheet.line("PodSelector: " + Phrases.selector(peer.podSelector()));
        }
        if (peer.namespaceSelector() == null && peer.podSelector() == null && block != null) {
            sheet.section(
                    "IPBlock",
                    () -> sheet.line("CIDR: " + block.cidr()).line("Except: " + Phrases.joined(block.except())));
        }
    }
}
