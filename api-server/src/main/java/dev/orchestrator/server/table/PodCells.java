package dev.orchestrator.server.table;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerState;
import dev.orchestrator.api.model.core.ContainerStateTerminated;
import dev.orchestrator.api.model.core.ContainerStateWaiting;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodReadinessGate;
import org.jspecify.annotations.Nullable;

/** The row of a pod: what its containers do, in one word. */
final class PodCells {

    private static final String INITIALIZING = "PodInitializing";

    private final Pod pod;
    private String reason;
    private int total;
    private int ready;
    private int restarts;
    private @Nullable Instant lastRestart;
    private int sidecarRestarts;
    private @Nullable Instant lastSidecarRestart;

    private PodCells(Pod pod) {
        this.pod = pod;
        this.reason = Cells.or(pod.status().reason(), Cells.text(pod.status().phase()));
        this.total = pod.spec().containers().size()
                + (int) pod.spec().initContainers().stream()
                        .filter(PodCells::isSidecar)
                        .count();
    }

    static List<Object> of(Pod pod, Instant now) {
        var cells = new PodCells(pod);
        cells.look();
        return List.of(
                Cells.name(pod),
                cells.ready + "/" + cells.total,
                cells.reason,
                cells.restarts(now),
                Cells.age(pod, now),
                Cells.orNone(pod.status().podIP()),
                Cells.orNone(pod.spec().nodeName()),
                Cells.orNone(pod.status().nominatedNodeName()),
                cells.gates());
    }

    private void look() {
        boolean gated = pod.condition("PodScheduled")
                .filter(condition -> "SchedulingGated".equals(condition.reason()))
                .isPresent();
        if (gated) {
            reason = "SchedulingGated";
        }
        boolean initializing = lookAtInitContainers();
        if (!initializing || isTrue("Initialized")) {
            restarts = sidecarRestarts;
            lastRestart = lastSidecarRestart;
            lookAtContainers();
        }
        if (pod.metadata().isTerminating() && "NodeLost".equals(pod.status().reason())) {
            reason = "Unknown";
        } else if (pod.metadata().isTerminating() && !pod.isFinished()) {
            reason = "Terminating";
        }
    }

    private boolean isTrue(String condition) {
        return pod.condition(condition)
                .filter(found -> "True".equals(found.status()))
                .isPresent();
    }

    private static boolean isSidecar(Container container) {
        return "Always".equals(container.restartPolicy());
    }

    private boolean isSidecar(String name) {
        return pod.spec().initContainers().stream()
                .anyMatch(container -> container.name().equals(name) && isSidecar(container));
    }

    /** {@return whether an init container has not done its work yet} */
    private boolean lookAtInitContainers() {
        List<ContainerStatus> statuses = pod.status().initContainerStatuses();
        for (int i = 0; i < statuses.size(); i++) {
            ContainerStatus status = statuses.get(i);
            boolean sidecar = isSidecar(status.name());
            count(status);
            if (sidecar) {
                sidecarRestarts += status.restartCount();
                lastSidecarRestart = later(lastSidecarRestart, status);
            }
            ContainerStateTerminated terminated = status.state().terminated();
            boolean done = terminated != null && terminated.exitCode() == 0;
            boolean started = sidecar && Boolean.TRUE.equals(status.started());
            if (!done && started && status.ready()) {
                ready++;
            }
            if (!done && !started) {
                reason = "Init:" + initReason(status.state(), i);
                return true;
            }
        }
        return false;
    }

    private String initReason(ContainerState state, int index) {
        ContainerStateTerminated terminated = state.terminated();
        if (terminated != null) {
            return ended(terminated);
        }
        ContainerStateWaiting waiting = state.waiting();
        String why = waiting == null ? "" : Cells.text(waiting.reason());
        return !why.isEmpty() && !why.equals(INITIALIZING)
                ? why
                : index + "/" + pod.spec().initContainers().size();
    }

    private static String ended(ContainerStateTerminated terminated) {
        String why = Cells.text(terminated.reason());
        if (!why.isEmpty()) {
            return why;
        }
        long signal = Cells.or(terminated.signal(), 0);
        return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.exitCode();
    }

    private void count(ContainerStatus status) {
        restarts += status.restartCount();
        lastRestart = later(lastRestart, status);
    }

    private static @Nullable Instant later(@Nullable Instant known, ContainerStatus status) {
        ContainerStateTerminated last = status.lastState().terminated();
        Instant finished = last == null ? null : last.finishedAt();
        return finished != null && (known == null || known.isBefore(finished)) ? finished : known;
    }

    // The first container that has something to say is heard: so the last is asked first.
    private void lookAtContainers() {
        boolean running = false;
        for (ContainerStatus status : pod.status().containerStatuses().reversed()) {
            count(status);
            Optional<String> said = said(status.state());
            if (said.isPresent()) {
                reason = said.get();
            } else if (status.ready() && status.state().running() != null) {
                running = true;
                ready++;
            }
        }
        if (reason.equals("Completed") && running) {
            reason = isTrue("Ready") ? "Running" : "NotReady";
        }
    }

    private static Optional<String> said(ContainerState state) {
        ContainerStateWaiting waiting = state.waiting();
        if (waiting != null && !Cells.text(waiting.reason()).isEmpty()) {
            return Optional.of(Cells.text(waiting.reason()));
        }
        return Optional.ofNullable(state.terminated()).map(PodCells::ended);
    }

    private String restarts(Instant now) {
        Instant last = lastRestart;
        return restarts != 0 && last != null
                ? restarts + " (" + Cells.since(last, now) + " ago)"
                : Integer.toString(restarts);
    }

    private String gates() {
        List<PodReadinessGate> gates = pod.spec().readinessGates();
        if (gates.isEmpty()) {
            return Cells.NONE;
        }
        long open = gates.stream().filter(gate -> isTrue(gate.conditionType())).count();
        return open + "/" + gates.size();
    }
}
