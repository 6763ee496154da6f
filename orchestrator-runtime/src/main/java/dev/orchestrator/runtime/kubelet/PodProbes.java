package dev.orchestrator.runtime.kubelet;

import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Probe;
import dev.orchestrator.runtime.kubelet.probe.ProbeKind;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;

/** The probes of one pod: begun when a container runs, ended with it. Confined to the pod's worker. */
final class PodProbes {

    private final PodServices services;
    private final PodWorker worker;
    private final List<ProbeRun> runs = new ArrayList<>(2);

    PodProbes(PodServices services, PodWorker worker) {
        this.services = services;
        this.worker = worker;
    }

    /** {@return whether any container of the pod has a probe} */
    static boolean areWanted(Pod pod) {
        return pod.spec().containers().stream().anyMatch(PodProbes::isProbed)
                || pod.spec().initContainers().stream().anyMatch(PodProbes::isProbed);
    }

    private static boolean isProbed(Container container) {
        return container.startupProbe() != null
                || container.readinessProbe() != null
                || container.livenessProbe() != null;
    }

    /** Begins and ends probes as the containers are now. */
    void update(PodView view) {
        for (Container container : view.pod().spec().initContainers()) {
            if (PodView.isSidecar(container)) {
                update(view, container);
            }
        }
        view.pod().spec().containers().forEach(container -> update(view, container));
    }

    private void update(PodView view, Container container) {
        for (ProbeKind kind : ProbeKind.values()) {
            ContainerState state = view.observed().latestCurrent(container.name());
            SandboxState sandbox = view.observed().current();
            Probe probe = probe(container, kind);
            ProbeRun run = find(container, kind);
            boolean isWanted =
                    probe != null && state != null && sandbox != null && isWanted(view, container, kind, state);
            if (run != null && (!isWanted || state == null || !run.isAbout(state))) {
                run.stop();
                runs.remove(run);
                run = null;
            }
            if (run == null && isWanted && probe != null && state != null && sandbox != null) {
                var begun = new ProbeRun(
                        services, worker, new ProbeRun.Subject(view.pod(), container, state, sandbox), kind, probe);
                runs.add(begun);
                begun.start(view.now());
            }
        }
    }

    private static boolean isWanted(PodView view, Container container, ProbeKind kind, ContainerState state) {
        ContainerMemory memory = view.memory().of(container.name());
        if (state.phase() != ContainerState.Phase.RUNNING || !memory.isAbout(state.attempt()) || memory.starting) {
            return false;
        }
        return switch (kind) {
            case STARTUP -> memory.startupPassed == null && memory.doom == null && !view.isEnding();
            case READINESS -> view.isStarted(container);
            case LIVENESS -> view.isStarted(container) && memory.doom == null && !view.isEnding();
        };
    }

    private @Nullable ProbeRun find(Container container, ProbeKind kind) {
        for (ProbeRun run : runs) {
            if (run.isOf(container.name(), kind)) {
                return run;
            }
        }
        return null;
    }

    private static @Nullable Probe probe(Container container, ProbeKind kind) {
        return switch (kind) {
            case STARTUP -> container.startupProbe();
            case READINESS -> container.readinessProbe();
            case LIVENESS -> container.livenessProbe();
        };
    }

    void stop() {
        runs.forEach(ProbeRun::stop);
        runs.clear();
    }
}
