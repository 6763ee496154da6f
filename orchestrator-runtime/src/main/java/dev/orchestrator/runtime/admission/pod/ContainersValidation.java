package dev.orchestrator.runtime.admission.pod;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EphemeralContainer;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.api.model.core.VolumeMount;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Zero;

/** The rules of the three lists of containers: the regular, the init and the ephemeral ones. */
final class ContainersValidation {

    private static final String ONLY_SIDECARS = "may not be set for init containers without restartPolicy=Always";
    private static final String NOT_EPHEMERAL = "cannot be set for an Ephemeral Container";

    private final PodSpec spec;
    private final FieldErrors errors;
    private final ContainerValidation common;
    private final HandlerValidation handlers;

    ContainersValidation(Containing pod) {
        this.spec = pod.spec();
        this.errors = pod.errors();
        this.common = new ContainerValidation(pod);
        this.handlers = new HandlerValidation(errors, spec.terminationGracePeriodSeconds());
    }

    void regular(FieldPath path) {
        if (spec.containers().isEmpty()) {
            errors.required(path);
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < spec.containers().size(); i++) {
            Container container = spec.containers().get(i);
            FieldPath each = path.index(i);
            common.validate(container, each);
            if (!names.add(container.name())) {
                errors.duplicate(each.child("name"), container.name());
            }
            lifeOf(container, each);
            common.restartPolicy(container, each);
        }
        common.hostPorts(spec.containers(), path);
    }

    private void lifeOf(Container container, FieldPath path) {
        handlers.lifecycle(container.lifecycle(), spec.os(), path.child("lifecycle"));
        handlers.restarting(container.livenessProbe(), path.child("livenessProbe"));
        handlers.readiness(container.readinessProbe(), path.child("readinessProbe"));
        handlers.restarting(container.startupProbe(), path.child("startupProbe"));
    }

    void init(FieldPath path) {
        Set<String> names = new HashSet<>();
        spec.containers().forEach(container -> names.add(container.name()));
        for (int i = 0; i < spec.initContainers().size(); i++) {
            Container container = spec.initContainers().get(i);
            FieldPath each = path.index(i);
            common.validate(container, each);
            common.restartPolicy(container, each);
            if (!container.name().isEmpty() && !names.add(container.name())) {
                errors.duplicate(each.child("name"), container.name());
            }
            // Init containers run one after the other, so only the ports of one can collide.
            common.hostPorts(List.of(container), path);
            if ("Always".equals(container.restartPolicy())) {
                lifeOf(container, each);
            } else {
                noLifeOf(container, each);
            }
        }
    }

    private void noLifeOf(Container container, FieldPath path) {
        forbid(container.lifecycle() != null, path.child("lifecycle"), ONLY_SIDECARS);
        forbid(container.livenessProbe() != null, path.child("livenessProbe"), ONLY_SIDECARS);
        forbid(container.readinessProbe() != null, path.child("readinessProbe"), ONLY_SIDECARS);
        forbid(container.startupProbe() != null, path.child("startupProbe"), ONLY_SIDECARS);
    }

    private void forbid(boolean isSet, FieldPath path, String why) {
        if (isSet) {
            errors.forbidden(path, why);
        }
    }

    void ephemeral(FieldPath path) {
        Set<String> others = new HashSet<>();
        spec.containers().forEach(container -> others.add(container.name()));
        spec.initContainers().forEach(container -> others.add(container.name()));
        Set<String> names = new HashSet<>(others);
        for (int i = 0; i < spec.ephemeralContainers().size(); i++) {
            EphemeralContainer ephemeral = spec.ephemeralContainers().get(i);
            Container container = ephemeral.asContainer();
            FieldPath each = path.index(i);
            common.validate(container, each);
            ContainerValidation.image(container, each, errors);
            if (!names.add(ephemeral.name())) {
                errors.duplicate(each.child("name"), ephemeral.name());
            }
            String target = Zero.text(ephemeral.targetContainerName());
            if (!target.isEmpty() && !others.contains(target)) {
                errors.notFound(each.child("targetContainerName"), target);
            }
            onlyWhatADebuggerNeeds(container, each);
        }
    }

    private void onlyWhatADebuggerNeeds(Container container, FieldPath path) {
        forbid(!container.ports().isEmpty(), path.child("ports"), NOT_EPHEMERAL);
        forbid(
                !Objects.equals(container.resources(), ResourceRequirements.EMPTY),
                path.child("resources"),
                NOT_EPHEMERAL);
        forbid(!container.resizePolicy().isEmpty(), path.child("resizePolicy"), NOT_EPHEMERAL);
        forbid(container.restartPolicy() != null, path.child("restartPolicy"), NOT_EPHEMERAL);
        forbid(!container.restartPolicyRules().isEmpty(), path.child("restartPolicyRules"), NOT_EPHEMERAL);
        forbid(container.livenessProbe() != null, path.child("livenessProbe"), NOT_EPHEMERAL);
        forbid(container.readinessProbe() != null, path.child("readinessProbe"), NOT_EPHEMERAL);
        forbid(container.startupProbe() != null, path.child("startupProbe"), NOT_EPHEMERAL);
        forbid(container.lifecycle() != null, path.child("lifecycle"), NOT_EPHEMERAL);
        for (int i = 0; i < container.volumeMounts().size(); i++) {
            VolumeMount mount = container.volumeMounts().get(i);
            FieldPath each = path.child("volumeMounts").index(i);
            forbid(!Zero.isEmpty(mount.subPath()), each.child("subPath"), NOT_EPHEMERAL);
            forbid(!Zero.isEmpty(mount.subPathExpr()), each.child("subPathExpr"), NOT_EPHEMERAL);
        }
    }
}
