package dev.orchestrator.runtime.admission.pod;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerPort;
import dev.orchestrator.api.model.core.HostAlias;
import dev.orchestrator.api.model.core.PodDNSConfig;
import dev.orchestrator.api.model.core.PodResourceClaim;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.ResourceRequirementsBuilder;
import dev.orchestrator.api.model.core.Volume;
import dev.orchestrator.runtime.admission.field.Addresses;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.MetadataRules;
import org.jspecify.annotations.Nullable;

/** The rules of a pod spec, of a pod or of a template: all that does not depend on the name of the pod. */
final class PodSpecValidation {

    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");
    private static final List<String> DNS_POLICIES =
            List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
    private static final List<String> PREEMPTION_POLICIES = List.of("PreemptLowerPriority", "Never");
    private static final int MOST_NAMESERVERS = 3;
    private static final int MOST_SEARCHES = 32;
    private static final int SEARCH_LENGTH = 2048;

    private final PodSpec spec;
    private final SpecKind kind;
    private final FieldErrors errors;

    PodSpecValidation(PodSpec spec, SpecKind kind, FieldErrors errors) {
        this.spec = spec;
        this.kind = kind;
        this.errors = errors;
    }

    void validate(FieldPath path) {
        if (spec.terminationGracePeriodSeconds() == null) {
            errors.required(path.child("terminationGracePeriodSeconds"));
        }
        Map<String, Volume> volumes = new VolumeValidation(errors).validate(spec.volumes(), path.child("volumes"));
        Set<String> claims = resourceClaims(path.child("resourceClaims"));
        var containers = new ContainersValidation(new Containing(spec, volumes, claims, errors));
        containers.regular(path.child("containers"));
        containers.init(path.child("initContainers"));
        containers.ephemeral(path.child("ephemeralContainers"));
        podResources(path.child("resources"));
        hostNetwork(path.child("containers"));
        errors.oneOf(path.child("restartPolicy"), spec.restartPolicy(), RESTART_POLICIES);
        errors.oneOf(path.child("dnsPolicy"), spec.dnsPolicy(), DNS_POLICIES);
        MetadataRules.labels(spec.nodeSelector(), path.child("nodeSelector"), errors);
        new SecurityValidation(errors).pod(spec.securityContext(), spec, path.child("securityContext"));
        var affinity = new AffinityValidation(errors);
        affinity.affinity(spec.affinity(), path.child("affinity"));
        dns(path.child("dnsConfig"));
        gates(path);
        affinity.spread(spec.topologySpreadConstraints(), path.child("topologySpreadConstraints"));
        WindowsValidation.hostProcesses(spec, path, errors);
        hostUsers(path);
        names(path);
        TolerationValidation.validate(spec.tolerations(), path.child("tolerations"), errors);
        hostAliases(path.child("hostAliases"));
        scheduling(path);
        WindowsValidation.operatingSystem(spec, path, errors);
        if (kind == SpecKind.POD) {
            onlyForPods(path);
        }
    }

    private Set<String> resourceClaims(FieldPath path) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < spec.resourceClaims().size(); i++) {
            PodResourceClaim claim = spec.resourceClaims().get(i);
            FieldPath each = path.index(i);
            errors.requireText(each.child("name"), claim.name());
            if (!claim.name().isEmpty()) {
                if (names.add(claim.name())) {
                    errors.invalid(each.child("name"), claim.name(), Names.dnsLabel(claim.name()));
                } else {
                    errors.duplicate(each.child("name"), claim.name());
                }
            }
            source(claim, each);
        }
        return names;
    }

    private void source(PodResourceClaim claim, FieldPath path) {
        String name = claim.resourceClaimName();
        String template = claim.resourceClaimTemplateName();
        if (name != null && template != null) {
            errors.invalid(
                    path, claim, "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
        }
        if (name == null && template == null) {
            errors.invalid(path, claim, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
        }
        subdomain(name, path.child("resourceClaimName"));
        subdomain(template, path.child("resourceClaimTemplateName"));
    }

    private void subdomain(@Nullable String name, FieldPath path) {
        if (name != null) {
            errors.invalid(path, name, Names.dnsSubdomain(name));
        }
    }

    private void podResources(FieldPath path) {
        if (spec.resources() == null) {
            return;
        }
        if (!spec.resources().claims().isEmpty()) {
            errors.forbidden(path.child("claims"), "claims cannot be set for Resources at pod-level");
        }
        ResourceValidation.requirements(spec.resources(), Set.of(), path, errors);
    }

    private void hostNetwork(FieldPath path) {
        if (!spec.hostNetwork()) {
            return;
        }
        for (int i = 0; i < spec.containers().size(); i++) {
            List<ContainerPort> ports = spec.containers().get(i).ports();
            for (int j = 0; j < ports.size(); j++) {
                ContainerPort port = ports.get(j);
                boolean mustMatch = kind == SpecKind.POD || port.hostPort() != 0;
                if (mustMatch && port.hostPort() != port.containerPort()) {
                    errors.invalid(
                            path.index(i).child("ports").index(j).child("hostPort"),
                            port.hostPort(),
                            "must match `containerPort` when `hostNetwork` is true");
                }
            }
        }
    }

    private void dns(FieldPath path) {
        PodDNSConfig config = spec.dnsConfig();
        if ("None".equals(spec.dnsPolicy())) {
            if (config == null) {
                errors.required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }
            if (config.nameservers().isEmpty()) {
                errors.required(
                        path.child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None");
                return;
            }
        }
        if (config != null) {
            dns(config, path);
        }
    }

    private void dns(PodDNSConfig config, FieldPath path) {
        FieldPath nameservers = path.child("nameservers");
        if (config.nameservers().size() > MOST_NAMESERVERS) {
            errors.invalid(nameservers, config.nameservers(), "must not have more than 3 nameservers");
        }
        for (int i = 0; i < config.nameservers().size(); i++) {
            String server = config.nameservers().get(i);
            errors.invalid(nameservers.index(i), server, Addresses.ip(server));
        }
        FieldPath searches = path.child("searches");
        if (config.searches().size() > MOST_SEARCHES) {
            errors.invalid(searches, config.searches(), "must not have more than 32 search paths");
        }
        if (String.join(" ", config.searches()).length() > SEARCH_LENGTH) {
            errors.invalid(
                    searches,
                    config.searches(),
                    "must not have more than 2048 characters (including spaces) in the search list");
        }
        for (int i = 0; i < config.searches().size(); i++) {
            String search = config.searches().get(i);
            if (!search.equals(".")) {
                String name = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
                errors.invalid(searches.index(i), name, Names.dnsSubdomainWithUnderscore(name));
            }
        }
        for (int i = 0; i < config.options().size(); i++) {
            if (Zero.isEmpty(config.options().get(i).name())) {
                errors.required(path.child("options").index(i), "must not be empty");
            }
        }
    }

    private void gates(FieldPath path) {
        for (int i = 0; i < spec.readinessGates().size(); i++) {
            String type = spec.readinessGates().get(i).conditionType();
            errors.invalid(
                    path.child("readinessGates").index(i).child("conditionType"), type, Names.qualifiedName(type));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < spec.schedulingGates().size(); i++) {
            String gate = spec.schedulingGates().get(i).name();
            FieldPath each = path.child("schedulingGates").index(i);
            errors.invalid(each, gate, Names.qualifiedName(gate));
            if (!seen.add(gate)) {
                errors.duplicate(each, gate);
            }
        }
    }

    private void hostUsers(FieldPath path) {
        Boolean hostUsers = spec.hostUsers();
        if (hostUsers == null || hostUsers) {
            return;
        }
        String why = "when `pod.Spec.HostUsers` is false";
        if (spec.hostNetwork()) {
            errors.forbidden(path.child("hostNetwork"), why);
        }
        if (spec.hostPID()) {
            errors.forbidden(path.child("HostPID"), why);
        }
        if (spec.hostIPC()) {
            errors.forbidden(path.child("HostIPC"), why);
        }
    }

    private void names(FieldPath path) {
        notEmptySubdomain(spec.serviceAccountName(), path.child("serviceAccountName"));
        notEmptySubdomain(spec.nodeName(), path.child("nodeName"));
        errors.range(path.child("activeDeadlineSeconds"), spec.activeDeadlineSeconds(), 1, Integer.MAX_VALUE);
        notEmptyLabel(spec.hostname(), path.child("hostname"));
        notEmptyLabel(spec.subdomain(), path.child("subdomain"));
    }

    private void notEmptySubdomain(@Nullable String name, FieldPath path) {
        if (name != null && !name.isEmpty()) {
            errors.invalid(path, name, Names.dnsSubdomain(name));
        }
    }

    private void notEmptyLabel(@Nullable String name, FieldPath path) {
        if (name != null && !name.isEmpty()) {
            errors.invalid(path, name, Names.dnsLabel(name));
        }
    }

    private void hostAliases(FieldPath path) {
        for (int i = 0; i < spec.hostAliases().size(); i++) {
            HostAlias alias = spec.hostAliases().get(i);
            FieldPath each = path.index(i);
            errors.invalid(each.child("ip"), alias.ip(), Addresses.ip(alias.ip()));
            for (int j = 0; j < alias.hostnames().size(); j++) {
                String name = alias.hostnames().get(j);
                errors.invalid(each.child("hostnames").index(j), name, Names.dnsSubdomain(name));
            }
        }
    }

    private void scheduling(FieldPath path) {
        notEmptySubdomain(spec.priorityClassName(), path.child("priorityClassName"));
        subdomain(spec.runtimeClassName(), path.child("runtimeClassName"));
        if (spec.preemptionPolicy() != null) {
            errors.oneOf(path.child("preemptionPolicy"), spec.preemptionPolicy(), PREEMPTION_POLICIES);
        }
        if (!spec.overhead().isEmpty()) {
            var overhead = ResourceRequirementsBuilder.builder()
                    .limits(spec.overhead())
                    .build();
            ResourceValidation.requirements(overhead, Set.of(), path.child("overhead"), errors);
        }
    }

    private void onlyForPods(FieldPath path) {
        if (Zero.isEmpty(spec.serviceAccountName())) {
            noTokens(path.child("volumes"));
        }
        images(spec.containers(), path.child("containers"));
        images(spec.initContainers(), path.child("initContainers"));
    }

    private void noTokens(FieldPath path) {
        for (int i = 0; i < spec.volumes().size(); i++) {
            var projected = spec.volumes().get(i).projected();
            for (int j = 0; projected != null && j < projected.sources().size(); j++) {
                if (projected.sources().get(j).serviceAccountToken() != null) {
                    errors.forbidden(
                            path.index(i).child("projected", "sources").index(j).child("serviceAccountToken"),
                            "must not be specified when serviceAccountName is not set");
                }
            }
        }
    }

    private void images(List<Container> containers, FieldPath path) {
        for (int i = 0; i < containers.size(); i++) {
            ContainerValidation.image(containers.get(i), path.index(i), errors);
        }
    }
}
