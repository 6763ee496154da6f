package dev.orchestrator.runtime.admission.pod;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.orchestrator.api.model.core.ContainerStateTerminated;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.HostIP;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodCondition;
import dev.orchestrator.api.model.core.PodIP;
import dev.orchestrator.api.model.core.PodResourceClaim;
import dev.orchestrator.api.model.core.PodResourceClaimStatus;
import dev.orchestrator.api.model.core.PodStatus;
import dev.orchestrator.runtime.admission.field.Addresses;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;

/** What a write of a pod's status may say. */
final class PodStatusValidation {

    private static final FieldPath STATUS = FieldPath.of("status");
    private static final Set<String> SYSTEM_CONDITIONS = Set.of("PodScheduled", "Ready", "Initialized");
    private static final String NEGATIVE = "must be a non-negative integer";
    private static final String ONE_IP_EACH = "may specify no more than one IP for each IP family";

    private final Pod old;
    private final Pod updated;
    private final FieldErrors errors;

    PodStatusValidation(Pod old, Pod updated, FieldErrors errors) {
        this.old = old;
        this.updated = updated;
        this.errors = errors;
    }

    void validate() {
        PodStatus status = updated.status();
        conditions(status.conditions(), STATUS.child("conditions"));
        if (!Zero.text(updated.spec().nodeName()).equals(Zero.text(old.spec().nodeName()))) {
            errors.forbidden(STATUS.child("nodeName"), "may not be changed directly");
        }
        nominatedNode(status);
        if (Zero.number(status.observedGeneration()) < 0) {
            errors.invalid(STATUS.child("observedGeneration"), status.observedGeneration(), NEGATIVE);
        }
        errors.immutable(
                STATUS.child("qosClass"), status.qosClass(), old.status().qosClass());
        String policy = Zero.text(old.spec().restartPolicy());
        transitions(
                old.status().containerStatuses(),
                status.containerStatuses(),
                policy,
                STATUS.child("containerStatuses"));
        transitions(
                withoutSidecars(old.status().initContainerStatuses()),
                status.initContainerStatuses(),
                policy,
                STATUS.child("initContainerStatuses"));
        transitions(
                old.status().ephemeralContainerStatuses(),
                status.ephemeralContainerStatuses(),
                "Never",
                STATUS.child("ephemeralContainerStatuses"));
        claims(status.resourceClaimStatuses(), STATUS.child("resourceClaimStatuses"));
        podIps(status.podIPs().stream().map(PodIP::ip).toList());
        hostIps(status);
    }

    private void conditions(List<PodCondition> conditions, FieldPath path) {
        for (int i = 0; i < conditions.size(); i++) {
            PodCondition condition = conditions.get(i);
            if (Zero.number(condition.observedGeneration()) < 0) {
                errors.invalid(path.index(i).child("observedGeneration"), condition.observedGeneration(), NEGATIVE);
            }
            if (!SYSTEM_CONDITIONS.contains(condition.type())) {
                errors.invalid(path.index(i).child("Type"), condition.type(), Names.qualifiedName(condition.type()));
            }
        }
    }

    private void nominatedNode(PodStatus status) {
        String node = Zero.text(status.nominatedNodeName());
        if (!node.isEmpty() && !node.equals(old.status().nominatedNodeName())) {
            errors.invalid(STATUS.child("nominatedNodeName"), node, Names.dnsSubdomain(node));
        }
    }

    private List<ContainerStatus> withoutSidecars(List<ContainerStatus> statuses) {
        return statuses.stream()
                .filter(status -> old.spec().initContainers().stream()
                        .noneMatch(container ->
                                container.name().equals(status.name()) && "Always".equals(container.restartPolicy())))
                .toList();
    }

    /** A container that ended for good does not come back. */
    private void transitions(
            List<ContainerStatus> before, List<ContainerStatus> after, String restartPolicy, FieldPath path) {
        if (restartPolicy.equals("Always")) {
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            ContainerStatus was = before.get(i);
            ContainerStateTerminated ended = was.state().terminated();
            if (ended == null || (ended.exitCode() != 0 && restartPolicy.equals("OnFailure")) || restarts(was)) {
                continue;
            }
            boolean back = after.stream()
                    .anyMatch(is -> is.name().equals(was.name()) && is.state().terminated() == null);
            if (back) {
                errors.forbidden(path.index(i).child("state"), "may not be transitioned to non-terminated state");
            }
        }
    }

    /** A container with a restart policy of its own is not bound to that of its pod. */
    private boolean restarts(ContainerStatus status) {
        return old.spec().containers().stream()
                .anyMatch(container -> container.name().equals(status.name())
                        && (container.restartPolicy() != null
                                || !container.restartPolicyRules().isEmpty()));
    }

    private void claims(List<PodResourceClaimStatus> statuses, FieldPath path) {
        Set<String> seen = new HashSet<>();
        List<String> known = updated.spec().resourceClaims().stream()
                .map(PodResourceClaim::name)
                .toList();
        for (int i = 0; i < statuses.size(); i++) {
            String name = statuses.get(i).name();
            FieldPath each = path.index(i).child("name");
            if (!known.contains(name)) {
                errors.invalid(each, name, "must match the name of an entry in `spec.resourceClaims`");
            }
            if (!seen.add(name)) {
                errors.duplicate(each, name);
            }
        }
    }

    private void podIps(List<String> ips) {
        FieldPath path = STATUS.child("podIPs");
        for (int i = 0; i < ips.size(); i++) {
            errors.invalid(path.index(i), ips.get(i), Addresses.ip(ips.get(i)));
        }
        oneOfEachFamily(ips, path);
    }

    private void oneOfEachFamily(List<String> ips, FieldPath path) {
        boolean dual = ips.size() == 2 && Addresses.isIpv6(ips.get(0)) != Addresses.isIpv6(ips.get(1));
        if (ips.size() > 1 && !dual) {
            errors.invalid(path, ips, ONE_IP_EACH);
        }
    }

    private void hostIps(PodStatus status) {
        List<String> ips = status.hostIPs().stream().map(HostIP::ip).toList();
        if (ips.isEmpty()) {
            return;
        }
        FieldPath path = STATUS.child("hostIPs");
        if (!ips.getFirst().equals(Zero.text(status.hostIP()))) {
            errors.invalid(path.index(0).child("ip"), ips.getFirst(), "must be equal to `hostIP`");
        }
        for (int i = 0; i < ips.size(); i++) {
            errors.invalid(path.index(i), ips.get(i), Addresses.ip(ips.get(i)));
        }
        oneOfEachFamily(ips, path);
    }
}
