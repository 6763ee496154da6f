package dev.orchestrator.runtime.kubelet;

import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerStateTerminated;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/** In which phase a pod is, counted from the states of its containers. */
final class PodPhases {

    static final String PENDING = "Pending";
    static final String RUNNING = "Running";
    static final String SUCCEEDED = "Succeeded";
    static final String FAILED = "Failed";

    private int pendingInit;
    private int pendingSidecars;
    private boolean isInitFailed;
    private int unknown;
    private int running;
    private int waiting;
    private int stopped;
    private int succeeded;

    private PodPhases() {}

    /** {@return whether a pod in that phase has ended for good} */
    static boolean isTerminal(@Nullable String phase) {
        return SUCCEEDED.equals(phase) || FAILED.equals(phase);
    }

    /**
     * {@return the phase of a pod}
     *
     * @param isOver whether no container will be started again, whatever the restart policy says
     * @param isInitialized whether the main containers have been allowed to run
     */
    static String of(
            Pod pod, List<ContainerStatus> init, List<ContainerStatus> main, boolean isOver, boolean isInitialized) {
        var count = new PodPhases();
        for (Container container : pod.spec().initContainers()) {
            ContainerStatus status = PodView.find(init, container.name());
            if (PodView.isSidecar(container)) {
                count.sidecar(status);
            } else {
                count.init(pod, container, status);
            }
        }
        for (Container container : pod.spec().containers()) {
            count.main(PodView.find(main, container.name()));
        }
        return count.phase(pod, main, isOver, isInitialized);
    }

    private void init(Pod pod, Container container, @Nullable ContainerStatus status) {
        ContainerStateTerminated ended = status == null ? null : status.state().terminated();
        if (status != null && ended == null && status.state().waiting() != null) {
            ended = status.lastState().terminated();
        }
        if (ended == null) {
            pendingInit++;
        } else if (ended.exitCode() != 0) {
            if (Restarts.init(pod, container, ended.exitCode())) {
                pendingInit++;
            } else {
                isInitFailed = true;
            }
        }
    }

    private void sidecar(@Nullable ContainerStatus status) {
        if (status == null) {
            unknown++;
        } else if (status.state().running() != null) {
            running++;
            if (!Boolean.TRUE.equals(status.started())) {
                pendingSidecars++;
            }
        } else if (status.state().terminated() == null && status.lastState().terminated() == null) {
            pendingSidecars++;
            waiting++;
        }
    }

    private void main(@Nullable ContainerStatus status) {
        if (status == null) {
            unknown++;
        } else if (status.state().running() != null) {
            running++;
        } else if (status.state().terminated() != null) {
            stopped++;
            if (status.state().terminated().exitCode() == 0) {
                succeeded++;
            }
        } else if (status.lastState().terminated() != null) {
            stopped++;
        } else {
            waiting++;
        }
    }

    private String phase(Pod pod, List<ContainerStatus> main, boolean isOver, boolean isInitialized) {
        if (isInitFailed) {
            return FAILED;
        }
        if (waiting > 0 || (!isInitialized && pendingInit + pendingSidecars > 0)) {
            return PENDING;
        }
        if (unknown > 0) {
            return PENDING;
        }
        if (running > 0) {
            return RUNNING;
        }
        if (stopped == 0) {
            return PENDING;
        }
        if (!isOver && isAnyRestarted(pod, main)) {
            return RUNNING;
        }
        return stopped == succeeded ? SUCCEEDED : FAILED;
    }

    private static boolean isAnyRestarted(Pod pod, List<ContainerStatus> main) {
        for (Container container : pod.spec().containers()) {
            ContainerStatus status = PodView.find(main, container.name());
            ContainerStateTerminated ended =
                    status == null ? null : status.state().terminated();
            if (ended == null || Restarts.main(pod, container, ended.exitCode())) {
                return true;
            }
        }
        return false;
    }
}
