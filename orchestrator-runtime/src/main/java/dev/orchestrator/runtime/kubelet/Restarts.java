package dev.orchestrator.runtime.kubelet;

import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerRestartRule;
import dev.orchestrator.api.model.core.ContainerRestartRuleOnExitCodes;
import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/** Whether a container that has ended is started again: its rules first, then its own policy, then the pod's. */
final class Restarts {

    private static final String RESTART_ALL = "RestartAllContainers";

    private Restarts() {}

    /** {@return whether a main container is started again after it has ended with that exit code} */
    static boolean main(Pod pod, Container container, int exitCode) {
        Boolean own = own(container, exitCode);
        return own != null ? own : byPolicy(pod.spec().restartPolicy(), exitCode);
    }

    /** {@return whether an init container that has failed with that exit code is started again} */
    static boolean init(Pod pod, Container container, int exitCode) {
        Boolean own = own(container, exitCode);
        return own != null ? own : !"Never".equals(pod.spec().restartPolicy());
    }

    /** {@return whether the pod never starts a container again by its own policy} */
    static boolean never(Pod pod) {
        return "Never".equals(pod.spec().restartPolicy());
    }

    /** {@return whether a container has a rule that restarts all containers of its pod} */
    static boolean mayRestartAll(Container container) {
        for (ContainerRestartRule rule : container.restartPolicyRules()) {
            if (rule.action().equals(RESTART_ALL)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether all containers are to be restarted because this one has ended with that exit code} */
    static boolean asksForAll(Container container, int exitCode) {
        ContainerRestartRule rule = first(container, exitCode);
        return rule != null && rule.action().equals(RESTART_ALL);
    }

    private static @Nullable ContainerRestartRule first(Container container, int exitCode) {
        for (ContainerRestartRule rule : container.restartPolicyRules()) {
            if (matches(rule.exitCodes(), exitCode)) {
                return rule;
            }
        }
        return null;
    }

    private static @Nullable Boolean own(Container container, int exitCode) {
        if (first(container, exitCode) != null) {
            return true;
        }
        return container.restartPolicy() == null ? null : byPolicy(container.restartPolicy(), exitCode);
    }

    private static boolean matches(@Nullable ContainerRestartRuleOnExitCodes codes, int exitCode) {
        if (codes == null) {
            return false;
        }
        List<Integer> values = codes.values();
        return switch (codes.operator()) {
            case "In" -> values.contains(exitCode);
            case "NotIn" -> !values.contains(exitCode);
            default -> false;
        };
    }

    private static boolean byPolicy(@Nullable String policy, int exitCode) {
        return switch (policy == null ? "Always" : policy) {
            case "Never" -> false;
            case "OnFailure" -> exitCode != 0;
            default -> true;
        };
    }
}
