package dev.orchestrator.runtime.admission.service;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.core.ServiceSpec;
import dev.orchestrator.runtime.admission.field.Addresses;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.NameRule;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.MetadataRules;
import dev.orchestrator.runtime.admission.kind.Validator;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with a service. */
final class ServiceValidation implements Validator<Service> {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath PORTS = SPEC.child("ports");
    private static final FieldPath CLUSTER_IPS = SPEC.child("clusterIPs");
    private static final int MAX_AFFINITY_SECONDS = 86_400;

    @Override
    public NameRule nameRule() {
        return NameRule.RFC1035_LABEL;
    }

    @Override
    public void validateCreate(Service service, FieldErrors errors) {
        ServiceSpec spec = service.spec();
        if (spec.ports().isEmpty() && !ServiceTypes.isHeadless(spec) && !ServiceTypes.isExternalName(spec)) {
            errors.required(PORTS);
        }
        ofType(spec, errors);
        ports(spec, errors);
        if (!spec.selector().isEmpty()) {
            MetadataRules.labels(spec.selector(), SPEC.child("selector"), errors);
        }
        affinity(spec, errors);
        addresses(spec, errors);
        policies(spec, errors);
    }

    @Override
    public void validateUpdate(Service old, Service updated, FieldErrors errors) {
        List<String> before = old.spec().clusterIPs();
        List<String> after = updated.spec().clusterIPs();
        boolean comparable = !ServiceTypes.isExternalName(old.spec()) && !ServiceTypes.isExternalName(updated.spec());
        if (comparable
                && !before.isEmpty()
                && !after.isEmpty()
                && !before.getFirst().equals(after.getFirst())) {
            errors.invalid(CLUSTER_IPS.index(0), after, "may not change once set");
        }
        validateCreate(updated, errors);
    }

    private static void ofType(ServiceSpec spec, FieldErrors errors) {
        errors.oneOf(SPEC.child("type"), spec.type(), ServiceTypes.ALL);
        if (ServiceTypes.mayHaveNodePorts(spec) && ServiceTypes.isHeadless(spec)) {
            errors.invalid(
                    CLUSTER_IPS.index(0),
                    ServiceTypes.NONE,
                    "may not be set to 'None' for " + spec.type() + " services");
        }
        if (ServiceTypes.isExternalName(spec)) {
            if (!spec.clusterIPs().isEmpty()) {
                errors.forbidden(CLUSTER_IPS, "may not be set for ExternalName services");
            }
            String host = Zero.text(spec.externalName());
            if (host.isEmpty()) {
                errors.required(SPEC.child("externalName"));
            } else {
                String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
                errors.invalid(SPEC.child("externalName"), host, Names.dnsSubdomain(name));
            }
        }
    }

    private static void ports(ServiceSpec spec, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        boolean needsNames = spec.ports().size() > 1;
        for (int i = 0; i < spec.ports().size(); i++) {
            port(spec, spec.ports().get(i), PORTS.index(i), needsNames, names, errors);
        }
        duplicates(spec, errors);
    }

    private static void port(
            ServiceSpec spec,
            ServicePort port,
            FieldPath path,
            boolean needsName,
            Set<String> names,
            FieldErrors errors) {
        String name = Zero.text(port.name());
        if (needsName && name.isEmpty()) {
            errors.required(path.child("name"));
        } else if (!name.isEmpty()) {
            errors.invalid(path.child("name"), name, Names.dnsLabel(name));
            if (!names.add(name)) {
                errors.duplicate(path.child("name"), name);
            }
        }
        errors.invalid(path.child("port"), port.port(), Names.portNumber(port.port()));
        errors.oneOf(path.child("protocol"), port.protocol(), List.of("SCTP", "TCP", "UDP"));
        target(port.targetPort(), path.child("targetPort"), errors);
        if (!Zero.isEmpty(port.appProtocol())) {
            errors.invalid(
                    path.child("appProtocol"), port.appProtocol(), Names.qualifiedName(Zero.text(port.appProtocol())));
        }
        if (port.nodePort() != 0 && !ServiceTypes.mayHaveNodePorts(spec)) {
            errors.forbidden(path.child("nodePort"), "may not be used when `type` is '" + spec.type() + "'");
        }
    }

    private static void target(@Nullable IntOrString target, FieldPath path, FieldErrors errors) {
        if (target == null) {
            return;
        }
        if (target.isNumber()) {
            errors.invalid(path, target.number(), Names.portNumber(target.number()));
        } else {
            errors.invalid(path, target.text(), Names.portName(target.text()));
        }
    }

    private static void duplicates(ServiceSpec spec, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        Set<String> nodePorts = new HashSet<>();
        for (int i = 0; i < spec.ports().size(); i++) {
            ServicePort port = spec.ports().get(i);
            if (!seen.add(port.protocol() + "/" + port.port())) {
                errors.duplicate(PORTS.index(i), port);
            }
            if (port.nodePort() != 0 && !nodePorts.add(port.protocol() + "/" + port.nodePort())) {
                errors.duplicate(PORTS.index(i).child("nodePort"), port.nodePort());
            }
        }
    }

    private static void affinity(ServiceSpec spec, FieldErrors errors) {
        errors.oneOf(SPEC.child("sessionAffinity"), spec.sessionAffinity(), List.of("ClientIP", "None"));
        var config = spec.sessionAffinityConfig();
        if ("None".equals(spec.sessionAffinity()) && config != null) {
            errors.forbidden(SPEC.child("sessionAffinityConfig"), "must not be set when session affinity is None");
        }
        if ("ClientIP".equals(spec.sessionAffinity()) && config != null && config.clientIP() != null) {
            Integer seconds = config.clientIP().timeoutSeconds();
            if (seconds != null && (seconds <= 0 || seconds > MAX_AFFINITY_SECONDS)) {
                errors.invalid(
                        SPEC.child("sessionAffinityConfig", "clientIP").child("timeoutSeconds"),
                        seconds,
                        "must be greater than 0 and less than " + MAX_AFFINITY_SECONDS);
            }
        }
    }

    private static void addresses(ServiceSpec spec, FieldErrors errors) {
        for (int i = 0; i < spec.clusterIPs().size(); i++) {
            String ip = spec.clusterIPs().get(i);
            if (!ip.equals(ServiceTypes.NONE)) {
                errors.invalid(CLUSTER_IPS.index(i), ip, Addresses.ip(ip));
            }
        }
        for (int i = 0; i < spec.externalIPs().size(); i++) {
            String ip = spec.externalIPs().get(i);
            errors.invalid(SPEC.child("externalIPs").index(i), ip, Addresses.ip(ip));
        }
        if (!spec.loadBalancerSourceRanges().isEmpty() && !ServiceTypes.LOAD_BALANCER.equals(spec.type())) {
            errors.forbidden(SPEC.child("LoadBalancerSourceRanges"), "may only be used when `type` is 'LoadBalancer'");
        }
    }

    private static void policies(ServiceSpec spec, FieldErrors errors) {
        if (!Zero.isEmpty(spec.externalTrafficPolicy()) && !ServiceTypes.mayHaveNodePorts(spec)) {
            errors.invalid(
                    SPEC.child("externalTrafficPolicy"),
                    spec.externalTrafficPolicy(),
                    "may only be set for externally-accessible services");
        }
        errors.supported(
                SPEC.child("externalTrafficPolicy"), spec.externalTrafficPolicy(), List.of("Cluster", "Local"));
        errors.supported(
                SPEC.child("internalTrafficPolicy"), spec.internalTrafficPolicy(), List.of("Cluster", "Local"));
        errors.supported(
                SPEC.child("ipFamilyPolicy"),
                spec.ipFamilyPolicy(),
                List.of("PreferDualStack", "RequireDualStack", "SingleStack"));
    }
}
