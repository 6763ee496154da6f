package dev.orchestrator.runtime.kubelet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodCondition;
import dev.orchestrator.api.model.core.PodReadinessGate;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

/** The conditions of a pod that the kubelet decides. */
final class PodConditions {

    static final String READY_TO_START = "PodReadyToStartContainers";
    static final String INITIALIZED = "Initialized";
    static final String READY = "Ready";
    static final String CONTAINERS_READY = "ContainersReady";
    static final String SCHEDULED = "PodScheduled";
    static final String RESIZE_PENDING = "PodResizePending";
    static final String RESIZING = "PodResizeInProgress";
    static final String RESTARTING_ALL = "AllContainersRestarting";
    private static final String DISRUPTION_TARGET = "DisruptionTarget";

    private static final String TRUE = "True";
    private static final String FALSE = "False";
    private static final Claim HOLDS = new Claim(true, null, null);
    private static final Claim HOLDS_NOT = new Claim(false, null, null);
    private static final Claim COMPLETED = new Claim(false, "PodCompleted", null);

    /** What a condition says. */
    private record Claim(
            boolean holds,
            @Nullable String reason,
            @Nullable String message) {}

    private final Pod pod;
    private final List<ContainerStatus> init;
    private final List<ContainerStatus> main;
    private final String phase;
    private final Instant now;

    private PodConditions(Pod pod, List<ContainerStatus> init, List<ContainerStatus> main, String phase, Instant now) {
        this.pod = pod;
        this.init = init;
        this.main = main;
        this.phase = phase;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * {@return all conditions of the pod: those the kubelet decides, then those of others as they are}
     *
     * @param init the new statuses of init containers
     * @param main the new statuses of main containers
     * @param phase the new phase
     */
    static List<PodCondition> of(PodView view, List<ContainerStatus> init, List<ContainerStatus> main, String phase) {
        var conditions = new PodConditions(view.pod(), init, main, phase, view.now());
        Claim containersReady = conditions.containersReady();
        Claim ready = conditions.ready(containersReady);
        var all = new ArrayList<PodCondition>(5);
        addResize(view.memory(), all);
        if (RestartAllPlan.isPossible(view.pod())) {
            all.add(conditions.condition(RESTARTING_ALL, conditions.restartingAll(view)));
        }
        all.add(conditions.condition(READY_TO_START, view.observed().isReady() ? HOLDS : HOLDS_NOT));
        all.add(conditions.condition(INITIALIZED, conditions.initialized(view.isInitialized())));
        all.add(conditions.condition(READY, view.nodeReady() || !ready.holds() ? ready : HOLDS_NOT));
        all.add(conditions.condition(CONTAINERS_READY, containersReady));
        all.add(conditions.condition(SCHEDULED, HOLDS));
        Verdict verdict = view.memory().verdict;
        boolean isEvicted = false;
        if (verdict != null && verdict.isEviction()) {
            isEvicted = true;
            all.add(conditions.condition(
                    DISRUPTION_TARGET, new Claim(true, "TerminationByKubelet", verdict.message())));
        }
        for (PodCondition old : view.pod().status().conditions()) {
            if (!isOurs(old.type()) && !(isEvicted && old.type().equals(DISRUPTION_TARGET))) {
                all.add(old);
            }
        }
        return all;
    }

    private static boolean isOurs(String type) {
        return switch (type) {
            case READY_TO_START,
                    INITIALIZED,
                    READY,
                    CONTAINERS_READY,
                    SCHEDULED,
                    RESTARTING_ALL,
                    RESIZE_PENDING,
                    RESIZING -> true;
            default -> false;
        };
    }

    private PodCondition condition(String type, Claim claim) {
        PodCondition old = pod.condition(type).orElse(null);
        String status = claim.holds ? TRUE : FALSE;
        Long generation =
                pod.metadata().generation() == 0 ? null : pod.metadata().generation();
        if (old == null || !old.status().equals(status)) {
            return new PodCondition(null, now, claim.message, generation, claim.reason, status, type);
        }
        if (Objects.equals(old.reason(), claim.reason)
                && Objects.equals(old.message(), claim.message)
                && Objects.equals(old.observedGeneration(), generation)) {
            return old;
        }
        Instant since = old.lastTransitionTime() == null ? now : old.lastTransitionTime();
        return new PodCondition(null, since, claim.message, generation, claim.reason, status, type);
    }

    private static void addResize(PodMemory memory, List<PodCondition> all) {
        PodResize.Pending pending = memory.pending;
        if (pending != null) {
            Instant since = pending.since().truncatedTo(ChronoUnit.SECONDS);
            all.add(new PodCondition(
                    null, since, pending.message(), pending.generation(), pending.reason(), TRUE, RESIZE_PENDING));
        }
        PodResize.Progress progress = memory.progress;
        if (progress != null) {
            Instant since = progress.since().truncatedTo(ChronoUnit.SECONDS);
            String reason = progress.error() == null ? null : "Error";
            all.add(new PodCondition(null, since, progress.error(), progress.generation(), reason, TRUE, RESIZING));
        }
    }

    /** {@return whether the pod's status says that all its containers are being restarted} */
    static boolean isRestartingAll(Pod pod) {
        return pod.condition(RESTARTING_ALL)
                .map(condition -> condition.status().equals(TRUE))
                .orElse(false);
    }

    private Claim restartingAll(PodView view) {
        if (phase.equals(PodPhases.SUCCEEDED)) {
            return COMPLETED;
        }
        if (phase.equals(PodPhases.FAILED)) {
            return new Claim(false, "PodFailed", null);
        }
        return view.memory().isRestartingAll
                ? new Claim(true, "RestartAllContainersStarted", "container exited with restart policy rule")
                : HOLDS_NOT;
    }

    private Claim containersReady() {
        var unknown = new ArrayList<String>(0);
        var unready = new ArrayList<String>(0);
        collect(pod.spec().initContainers(), init, PodView::isSidecar, unknown, unready, ContainerStatus::ready);
        collect(pod.spec().containers(), main, container -> true, unknown, unready, ContainerStatus::ready);
        if (phase.equals(PodPhases.SUCCEEDED) && unknown.isEmpty()) {
            return COMPLETED;
        }
        if (phase.equals(PodPhases.FAILED)) {
            return new Claim(false, "PodFailed", null);
        }
        String message = message(unknown, unready, "containers with unready status: ");
        return message == null ? HOLDS : new Claim(false, "ContainersNotReady", message);
    }

    private Claim ready(Claim containersReady) {
        if (!containersReady.holds) {
            return containersReady;
        }
        var messages = new ArrayList<String>(0);
        for (PodReadinessGate gate : pod.spec().readinessGates()) {
            String type = Objects.requireNonNullElse(gate.conditionType(), "");
            PodCondition condition = pod.condition(type).orElse(null);
            if (condition == null) {
                messages.add(
                        "corresponding condition of pod readiness gate " + GoText.quote(type) + " does not exist.");
            } else if (!condition.status().equals(TRUE)) {
                messages.add("the status of pod readiness gate " + GoText.quote(type) + " is not \"True\", but "
                        + condition.status());
            }
        }
        return messages.isEmpty() ? HOLDS : new Claim(false, "ReadinessGatesNotReady", String.join(", ", messages));
    }

    private Claim initialized(boolean isInitialized) {
        var unknown = new ArrayList<String>(0);
        var incomplete = new ArrayList<String>(0);
        collect(
                pod.spec().initContainers(),
                init,
                PodView::isSidecar,
                unknown,
                incomplete,
                status -> Boolean.TRUE.equals(status.started()));
        collect(
                pod.spec().initContainers(),
                init,
                container -> !PodView.isSidecar(container),
                unknown,
                incomplete,
                ContainerStatus::ready);
        if (phase.equals(PodPhases.SUCCEEDED) && unknown.isEmpty()) {
            return new Claim(true, "PodCompleted", null);
        }
        String message = isInitialized ? null : message(unknown, incomplete, "containers with incomplete status: ");
        return message == null ? HOLDS : new Claim(false, "ContainersNotInitialized", message);
    }

    private static void collect(
            List<Container> containers,
            List<ContainerStatus> statuses,
            Predicate<Container> which,
            List<String> unknown,
            List<String> bad,
            Predicate<ContainerStatus> isGood) {
        for (Container container : containers) {
            if (which.test(container)) {
                ContainerStatus status = PodView.find(statuses, container.name());
                if (status == null) {
                    unknown.add(container.name());
                } else if (!isGood.test(status)) {
                    bad.add(container.name());
                }
            }
        }
    }

    private static @Nullable String message(List<String> unknown, List<String> bad, String badPrefix) {
        if (unknown.isEmpty() && bad.isEmpty()) {
            return null;
        }
        String first = unknown.isEmpty() ? "" : "containers with unknown status: " + GoText.list(unknown);
        String second = bad.isEmpty() ? "" : badPrefix + GoText.list(bad);
        return first + (first.isEmpty() || second.isEmpty() ? "" : ", ") + second;
    }
}
