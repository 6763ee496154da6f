package dev.orchestrator.runtime.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeCondition;
import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.api.model.core.TaintBuilder;
import dev.orchestrator.api.model.core.Toleration;
import org.jspecify.annotations.Nullable;

/** Taints of nodes, and whether pods tolerate them. */
public final class NodeTaints {

    /** What keeps pods off a node that a person has cordoned. */
    public static final Taint UNSCHEDULABLE = noSchedule("node.kubernetes.io/unschedulable");

    private static final Taint NOT_READY = noSchedule("node.kubernetes.io/not-ready");
    private static final Taint UNREACHABLE = noSchedule("node.kubernetes.io/unreachable");
    private static final Taint MEMORY_PRESSURE = noSchedule("node.kubernetes.io/memory-pressure");
    private static final Taint DISK_PRESSURE = noSchedule("node.kubernetes.io/disk-pressure");
    private static final Taint PID_PRESSURE = noSchedule("node.kubernetes.io/pid-pressure");
    private static final Taint NETWORK_UNAVAILABLE = noSchedule("node.kubernetes.io/network-unavailable");

    private NodeTaints() {}

    private static Taint noSchedule(String key) {
        return TaintBuilder.builder().key(key).effect("NoSchedule").build();
    }

    /** {@return the node's taints and those that its conditions imply, so that an unready node takes no pod} */
    public static List<Taint> effective(Node node) {
        var taints = new ArrayList<>(node.spec().taints());
        Taint readiness = UNREACHABLE;
        for (NodeCondition condition : node.status().conditions()) {
            if (condition.type().equals("Ready")) {
                readiness = readinessTaint(condition.status());
            } else if (condition.status().equals("True")) {
                addUnlessPresent(taints, pressureTaint(condition.type()));
            }
        }
        addUnlessPresent(taints, readiness);
        return taints;
    }

    private static @Nullable Taint readinessTaint(String ready) {
        return switch (ready) {
            case "True" -> null;
            case "False" -> NOT_READY;
            default -> UNREACHABLE;
        };
    }

    private static @Nullable Taint pressureTaint(String condition) {
        return switch (condition) {
            case "MemoryPressure" -> MEMORY_PRESSURE;
            case "DiskPressure" -> DISK_PRESSURE;
            case "PIDPressure" -> PID_PRESSURE;
            case "NetworkUnavailable" -> NETWORK_UNAVAILABLE;
            default -> null;
        };
    }

    private static void addUnlessPresent(List<Taint> taints, @Nullable Taint taint) {
        if (taint == null) {
            return;
        }
        for (Taint present : taints) {
            if (present.key().equals(taint.key()) && present.effect().equals(taint.effect())) {
                return;
            }
        }
        taints.add(taint);
    }

    /** {@return whether one of the tolerations tolerates the taint} */
    public static boolean tolerates(List<Toleration> tolerations, Taint taint) {
        for (Toleration toleration : tolerations) {
            if (tolerates(toleration, taint)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether a toleration tolerates the taint} */
    public static boolean tolerates(Toleration toleration, Taint taint) {
        if (isSet(toleration.effect()) && !taint.effect().equals(toleration.effect())) {
            return false;
        }
        if (isSet(toleration.key()) && !taint.key().equals(toleration.key())) {
            return false;
        }
        String operator = Objects.requireNonNullElse(toleration.operator(), "");
        return switch (operator) {
            case "Exists" -> true;
            case "", "Equal" ->
                Objects.requireNonNullElse(toleration.value(), "")
                        .equals(Objects.requireNonNullElse(taint.value(), ""));
            default -> false;
        };
    }

    private static boolean isSet(@Nullable String text) {
        return text != null && !text.isEmpty();
    }
}
