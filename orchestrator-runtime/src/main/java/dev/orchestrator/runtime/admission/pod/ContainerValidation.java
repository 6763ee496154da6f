package dev.orchestrator.runtime.admission.pod;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerPort;
import dev.orchestrator.api.model.core.ContainerResizePolicy;
import dev.orchestrator.api.model.core.ContainerRestartRule;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;

/** The rules that hold for every container, whatever its kind. */
final class ContainerValidation {

    private static final List<String> MESSAGE_POLICIES = List.of("File", "FallbackToLogsOnError");
    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final List<String> RESIZABLE = List.of("cpu", "memory");
    private static final List<String> RESIZE_POLICIES = List.of("NotRequired", "RestartContainer");
    private static final List<String> RESTART_POLICIES = List.of("Always", "Never", "OnFailure");
    private static final List<String> RESTART_ACTIONS = List.of("Restart", "RestartAllContainers");
    private static final int MOST_RESTART_RULES = 20;
    private static final int MOST_EXIT_CODES = 255;

    private final Containing pod;
    private final FieldErrors errors;

    ContainerValidation(Containing pod) {
        this.pod = pod;
        this.errors = pod.errors();
    }

    void validate(Container container, FieldPath path) {
        if (container.name().isEmpty()) {
            errors.required(path.child("name"));
        } else {
            errors.invalid(path.child("name"), container.name(), Names.dnsLabel(container.name()));
        }
        errors.requireText(path.child("image"), container.image());
        errors.oneOf(path.child("terminationMessagePolicy"), container.terminationMessagePolicy(), MESSAGE_POLICIES);
        ports(container.ports(), path.child("ports"));
        var env = new EnvValidation(errors);
        env.env(container.env(), path.child("env"));
        env.envFrom(container.envFrom(), path.child("envFrom"));
        var mounts = new MountValidation(pod, container);
        mounts.mounts(path.child("volumeMounts"));
        mounts.devices(path.child("volumeDevices"));
        errors.oneOf(path.child("imagePullPolicy"), container.imagePullPolicy(), PULL_POLICIES);
        ResourceValidation.requirements(container.resources(), pod.claims(), path.child("resources"), errors);
        resizePolicies(container.resizePolicy(), path.child("resizePolicy"));
        new SecurityValidation(errors)
                .container(container.securityContext(), pod.hostUsers(), path.child("securityContext"));
    }

    /** What only a pod, not a template, is held to. */
    static void image(Container container, FieldPath path, FieldErrors errors) {
        String image = Zero.text(container.image());
        if (image.length() != image.strip().length()) {
            errors.invalid(path.child("image"), image, "must not have leading or trailing whitespace");
        }
    }

    private void ports(List<ContainerPort> ports, FieldPath path) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            ContainerPort port = ports.get(i);
            FieldPath each = path.index(i);
            String name = Zero.text(port.name());
            if (!name.isEmpty()) {
                List<String> wrong = Names.portName(name);
                errors.invalid(each.child("name"), name, wrong);
                if (wrong.isEmpty() && !names.add(name)) {
                    errors.duplicate(each.child("name"), name);
                }
            }
            if (port.containerPort() == 0) {
                errors.required(each.child("containerPort"));
            } else {
                errors.invalid(
                        each.child("containerPort"), port.containerPort(), Names.portNumber(port.containerPort()));
            }
            if (port.hostPort() != 0) {
                errors.invalid(each.child("hostPort"), port.hostPort(), Names.portNumber(port.hostPort()));
            }
            errors.oneOf(each.child("protocol"), port.protocol(), PROTOCOLS);
        }
    }

    private void resizePolicies(List<ContainerResizePolicy> policies, FieldPath path) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < policies.size(); i++) {
            ContainerResizePolicy policy = policies.get(i);
            if (!seen.add(policy.resourceName())) {
                errors.duplicate(path.index(i), policy.resourceName());
            }
            errors.oneOf(path, policy.resourceName(), RESIZABLE);
            errors.oneOf(path, policy.restartPolicy(), RESIZE_POLICIES);
            if ("Never".equals(pod.spec().restartPolicy())
                    && !policy.restartPolicy().equals("NotRequired")) {
                errors.invalid(path, policy.restartPolicy(), "must be 'NotRequired' when `restartPolicy` is 'Never'");
            }
        }
    }

    /** A container's own restart policy and its rules by exit code. */
    void restartPolicy(Container container, FieldPath path) {
        String policy = container.restartPolicy();
        List<ContainerRestartRule> rules = container.restartPolicyRules();
        if (policy == null) {
            if (!rules.isEmpty()) {
                errors.required(path.child("restartPolicy"), "must specify restartPolicy when restart rules are used");
            }
            return;
        }
        errors.supported(path.child("restartPolicy"), policy, RESTART_POLICIES);
        FieldPath rulesPath = path.child("restartPolicyRules");
        if (rules.size() > MOST_RESTART_RULES) {
            errors.tooMany(rulesPath, rules.size(), MOST_RESTART_RULES);
        }
        for (int i = 0; i < rules.size(); i++) {
            restartRule(rules.get(i), rulesPath.index(i));
        }
    }

    private void restartRule(ContainerRestartRule rule, FieldPath path) {
        errors.supported(path.child("action"), rule.action(), RESTART_ACTIONS);
        if (rule.exitCodes() == null) {
            errors.required(path.child("exitCodes"), "must be specified");
            return;
        }
        errors.supported(path.child("exitCodes", "operator"), rule.exitCodes().operator(), List.of("In", "NotIn"));
        int codes = rule.exitCodes().values().size();
        if (codes > MOST_EXIT_CODES) {
            errors.tooMany(path.child("exitCodes", "values"), codes, MOST_EXIT_CODES);
        }
    }

    /** Two containers cannot listen on one port of the host. */
    void hostPorts(List<Container> containers, FieldPath path) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            List<ContainerPort> ports = containers.get(i).ports();
            for (int j = 0; j < ports.size(); j++) {
                ContainerPort port = ports.get(j);
                String place = Zero.text(port.protocol()) + "/" + Zero.text(port.hostIP()) + "/" + port.hostPort();
                if (port.hostPort() != 0 && !taken.add(place)) {
                    errors.duplicate(path.index(i).child("ports").index(j).child("hostPort"), place);
                }
            }
        }
    }
}
