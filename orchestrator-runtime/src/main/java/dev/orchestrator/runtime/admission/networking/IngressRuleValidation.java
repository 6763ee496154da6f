package dev.orchestrator.runtime.admission.networking;

import java.util.List;

import dev.orchestrator.api.model.core.TypedLocalObjectReference;
import dev.orchestrator.api.model.networking.HTTPIngressPath;
import dev.orchestrator.api.model.networking.HTTPIngressRuleValue;
import dev.orchestrator.api.model.networking.IngressBackend;
import dev.orchestrator.api.model.networking.IngressRule;
import dev.orchestrator.api.model.networking.IngressServiceBackend;
import dev.orchestrator.runtime.admission.field.Addresses;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;

/** The rules of what an ingress routes where: hosts, paths and backends. */
final class IngressRuleValidation {

    private static final List<String> PATH_TYPES = List.of("Exact", "ImplementationSpecific", "Prefix");
    private static final List<String> BAD_SEQUENCES = List.of("//", "/./", "/../", "%2f", "%2F");
    private static final List<String> BAD_SUFFIXES = List.of("/..", "/.");

    private final FieldErrors errors;

    IngressRuleValidation(FieldErrors errors) {
        this.errors = errors;
    }

    void rules(List<IngressRule> rules, FieldPath path) {
        for (int i = 0; i < rules.size(); i++) {
            IngressRule rule = rules.get(i);
            host(Zero.text(rule.host()), path.index(i).child("host"));
            if (rule.http() != null) {
                paths(rule.http(), path.index(i).child("http", "paths"));
            }
        }
    }

    private void host(String host, FieldPath path) {
        if (host.isEmpty()) {
            return;
        }
        notAnAddress(host, path, errors);
        errors.invalid(path, host, host.contains("*") ? Names.wildcardSubdomain(host) : Names.dnsSubdomain(host));
    }

    static void notAnAddress(String host, FieldPath path, FieldErrors errors) {
        if (Addresses.isIp(host)) {
            errors.invalid(path, host, "must be a DNS name, not an IP address");
        }
    }

    private void paths(HTTPIngressRuleValue rule, FieldPath path) {
        if (rule.paths().isEmpty()) {
            errors.required(path);
        }
        for (int i = 0; i < rule.paths().size(); i++) {
            path(rule.paths().get(i), path.index(i));
        }
    }

    private void path(HTTPIngressPath target, FieldPath path) {
        String text = Zero.text(target.path());
        switch (target.pathType()) {
            case "" -> {
                errors.required(path.child("pathType"), "pathType must be specified");
                return;
            }
            case "Exact", "Prefix" -> {
                absolute(text, path.child("path"));
                plain(text, path.child("path"));
            }
            case "ImplementationSpecific" -> {
                if (!text.isEmpty()) {
                    absolute(text, path.child("path"));
                }
            }
            default -> errors.notSupported(path.child("pathType"), target.pathType(), PATH_TYPES);
        }
        backend(target.backend(), path.child("backend"));
    }

    private void absolute(String text, FieldPath path) {
        if (!text.startsWith("/")) {
            errors.invalid(path, text, "must be an absolute path");
        }
    }

    private void plain(String text, FieldPath path) {
        for (String bad : BAD_SEQUENCES) {
            if (text.contains(bad)) {
                errors.invalid(path, text, "must not contain '" + bad + "'");
            }
        }
        for (String bad : BAD_SUFFIXES) {
            if (text.endsWith(bad)) {
                errors.invalid(path, text, "cannot end with '" + bad + "'");
            }
        }
    }

    void backend(IngressBackend backend, FieldPath path) {
        if (backend.resource() != null && backend.service() != null) {
            errors.invalid(path, "", "cannot set both resource and service backends");
        } else if (backend.resource() != null) {
            resource(backend.resource(), path.child("resource"));
        } else if (backend.service() != null) {
            service(backend.service(), path);
        } else {
            errors.invalid(path, "", "resource or service backend is required");
        }
    }

    private void resource(TypedLocalObjectReference resource, FieldPath path) {
        References.typed(resource.apiGroup(), resource.kind(), resource.name(), path, errors);
    }

    private void service(IngressServiceBackend service, FieldPath path) {
        FieldPath name = path.child("service", "name");
        if (service.name().isEmpty()) {
            errors.required(name);
        } else {
            errors.invalid(name, service.name(), Names.dnsLabel(service.name()));
        }
        FieldPath port = path.child("service", "port");
        String portName = Zero.text(service.port().name());
        int number = (int) Zero.number(service.port().number());
        if (!portName.isEmpty() && number != 0) {
            errors.invalid(path, "", "cannot set both port name & port number");
        } else if (!portName.isEmpty()) {
            errors.invalid(port.child("name"), portName, Names.portName(portName));
        } else if (number != 0) {
            errors.invalid(port.child("number"), number, Names.portNumber(number));
        } else {
            errors.required(path, "port name or number is required");
        }
    }
}
