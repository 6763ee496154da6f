package dev.orchestrator.runtime.kubelet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerState;
import dev.orchestrator.api.model.core.ContainerStateRunning;
import dev.orchestrator.api.model.core.ContainerStateTerminated;
import dev.orchestrator.api.model.core.ContainerStateWaiting;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.ContainerStatusBuilder;
import dev.orchestrator.api.model.core.EphemeralContainer;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.spi.ContainerId;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What a pod's status says of its containers. */
final class ContainerStatuses {

    private static final int KILLED = 137;
    private static final String UNKNOWN = "ContainerStatusUnknown";
    private static final ContainerStateWaiting CREATING = new ContainerStateWaiting(null, Waiting.CONTAINER_CREATING);
    private static final ContainerStateWaiting INITIALIZING = new ContainerStateWaiting(null, Waiting.POD_INITIALIZING);
    private static final String LOST =
            "The container could not be located when the pod was deleted.  The container used to be Running";

    private final PodView view;
    private final String driver;

    /** The name of the driver becomes the scheme of container ids. */
    ContainerStatuses(PodView view, String driver) {
        this.view = view;
        this.driver = driver;
    }

    /** {@return how a status names a container of a driver} */
    static String id(String driver, ContainerId id) {
        return driver + "://" + id;
    }

    /** {@return the statuses of the main containers} */
    List<ContainerStatus> main() {
        var statuses =
                new ArrayList<ContainerStatus>(view.pod().spec().containers().size());
        for (Container container : view.pod().spec().containers()) {
            Draft draft = draft(container);
            boolean isStarted = draft.state.running() != null && view.isStarted(container);
            statuses.add(draft.finish(isStarted, isStarted && isReady(container)));
        }
        return statuses;
    }

    /** {@return the statuses of the init containers} */
    List<ContainerStatus> init() {
        var inits = view.pod().spec().initContainers();
        var statuses = new ArrayList<ContainerStatus>(inits.size());
        for (Container container : inits) {
            Draft draft = draft(container);
            boolean isStarted = draft.state.running() != null && view.isStarted(container);
            ContainerStateTerminated ended = draft.state.terminated();
            boolean isReady = PodView.isSidecar(container)
                    ? isStarted && isReady(container)
                    : ended != null && ended.exitCode() == 0;
            statuses.add(draft.finish(isStarted, isReady));
        }
        return statuses;
    }

    /** {@return the statuses of the containers that were added to the running pod} */
    List<ContainerStatus> ephemeral() {
        var all = view.pod().spec().ephemeralContainers();
        if (all.isEmpty()) {
            return List.of();
        }
        var statuses = new ArrayList<ContainerStatus>(all.size());
        for (EphemeralContainer container : all) {
            statuses.add(draft(container.asContainer()).finish(null, false));
        }
        return statuses;
    }

    /**
     * {@return the statuses of a pod that has ended: what is not known to have ended has failed}
     *
     * @param all the statuses of init containers, or of main containers
     * @param isUpToLastStarted whether those after the last that was started are left as they are
     */
    static List<ContainerStatus> ended(List<ContainerStatus> all, boolean isUpToLastStarted) {
        int end = all.size();
        while (isUpToLastStarted && end > 0 && !hasStarted(all.get(end - 1))) {
            end--;
        }
        var ended = new ArrayList<ContainerStatus>(all);
        for (int i = 0; i < end; i++) {
            if (all.get(i).state().terminated() == null) {
                ended.set(
                        i,
                        ContainerStatusBuilder.builder(all.get(i))
                                .state(terminated(
                                        unknown("The container could not be located when the pod was terminated")))
                                .ready(false)
                                .started(false)
                                .build());
            }
        }
        return ended;
    }

    private static boolean hasStarted(ContainerStatus status) {
        return status.state().waiting() == null || status.lastState().terminated() != null;
    }

    private boolean isReady(Container container) {
        return container.readinessProbe() == null || view.memory().of(container.name()).readinessPassed;
    }

    /** A status while it is being made. */
    private static final class Draft {

        private final ContainerStatusBuilder status;
        private ContainerState state;
        private ContainerState lastState;

        Draft(ContainerStatusBuilder status, ContainerState state, ContainerState lastState) {
            this.status = status;
            this.state = state;
            this.lastState = lastState;
        }

        ContainerStatus finish(@Nullable Boolean isStarted, boolean isReady) {
            return status.state(state)
                    .lastState(lastState)
                    .started(isStarted)
                    .ready(isReady)
                    .build();
        }
    }

    private Draft draft(Container container) {
        dev.orchestrator.spi.ContainerState current = view.observed().latestCurrent(container.name());
        dev.orchestrator.spi.ContainerState latest =
                current != null ? current : view.observed().latest(container.name());
        Draft draft = latest == null ? missing(container) : known(container, latest);
        Waiting waiting = view.memory().of(container.name()).waiting;
        if (waiting != null && draft.state.running() == null) {
            if (draft.state.terminated() != null) {
                draft.lastState = draft.state;
            }
            draft.state = waiting(new ContainerStateWaiting(emptyToNull(waiting.message()), waiting.reason()));
        }
        if (container.lifecycle() != null) {
            draft.status.stopSignal(container.lifecycle().stopSignal());
        }
        ContainerMemory memory = view.memory().of(container.name());
        ResourceRequirements allocated = requireNonNullElse(memory.allocated, container.resources());
        if (!allocated.limits().isEmpty() || !allocated.requests().isEmpty()) {
            boolean isRunning = draft.state.running() != null;
            draft.status
                    .allocatedResources(allocated.requests())
                    .resources(isRunning ? requireNonNullElse(memory.actual, allocated) : allocated);
        }
        return draft;
    }

    private Draft missing(Container container) {
        ContainerStatus reported = view.reported(container.name());
        if (reported != null && reported.state().terminated() != null) {
            return new Draft(ContainerStatusBuilder.builder(reported), reported.state(), reported.lastState());
        }
        var draft = new Draft(
                ContainerStatusBuilder.builder()
                        .name(container.name())
                        .image(requireNonNullElse(container.image(), ""))
                        .imageID(""),
                waiting(defaultWaiting()),
                ContainerState.EMPTY);
        if (reported == null) {
            return draft;
        }
        draft.status.restartCount(reported.restartCount());
        draft.lastState = reported.lastState();
        if (reported.state().running() != null) {
            if (reported.lastState().terminated() == null) {
                draft.lastState = terminated(unknown(LOST));
            }
            if (!view.isDeleted()) {
                draft.status.restartCount(view.nextAttempt(container.name()));
            }
        }
        return draft;
    }

    private Draft known(Container container, dev.orchestrator.spi.ContainerState latest) {
        ContainerMemory memory = view.memory().of(container.name());
        dev.orchestrator.spi.ContainerState before = view.observed().before(container.name(), latest.attempt());
        ContainerStatus reported = view.reported(container.name());
        ContainerState lastState =
                before != null ? terminated(ended(before)) : reportedLastState(reported, latest.attempt());
        boolean isStarting = memory.isAbout(latest.attempt()) && memory.starting;
        ContainerState state = switch (latest.phase()) {
            case CREATED -> waiting(defaultWaiting());
            case RUNNING -> isStarting ? waiting(defaultWaiting()) : running(latest.startedAt());
            case EXITED -> terminated(ended(latest));
            case UNKNOWN -> terminated(unknown(LOST));
        };
        var status = ContainerStatusBuilder.builder()
                .name(container.name())
                .image(latest.image())
                .imageID(latest.imageId())
                .restartCount(latest.attempt());
        if (latest.phase() != dev.orchestrator.spi.ContainerState.Phase.CREATED) {
            status.containerID(id(driver, latest.id()));
        }
        return new Draft(status, state, lastState);
    }

    private static ContainerState reportedLastState(@Nullable ContainerStatus reported, int attempt) {
        if (reported == null) {
            return ContainerState.EMPTY;
        }
        boolean isRemoved =
                reported.restartCount() == attempt - 1 && reported.state().terminated() != null;
        return reported.restartCount() == attempt
                ? reported.lastState()
                : isRemoved ? reported.state() : ContainerState.EMPTY;
    }

    private ContainerStateWaiting defaultWaiting() {
        boolean hasInit = !view.pod().spec().initContainers().isEmpty();
        String error = view.observed().isReady() ? null : view.memory().sandboxError;
        if (error == null) {
            return hasInit ? INITIALIZING : CREATING;
        }
        return new ContainerStateWaiting(error, hasInit ? Waiting.POD_INITIALIZING : Waiting.CONTAINER_CREATING);
    }

    private ContainerStateTerminated ended(dev.orchestrator.spi.ContainerState state) {
        if (state.phase() != dev.orchestrator.spi.ContainerState.Phase.EXITED) {
            return unknown("The container could not be located when the pod was terminated");
        }
        boolean isStartFailure = state.startedAt() == null;
        String reason = state.outOfMemory()
                ? "OOMKilled"
                : isStartFailure ? "StartError" : state.exitCode() == 0 ? "Completed" : "Error";
        int exitCode = isStartFailure && state.exitCode() == 0 ? 128 : state.exitCode();
        return new ContainerStateTerminated(
                driver + "://" + state.id(),
                exitCode,
                seconds(requireNonNullElse(state.finishedAt(), state.createdAt())),
                emptyToNull(LastWords.cut(view.pod(), state.message())),
                reason,
                null,
                seconds(requireNonNullElse(state.startedAt(), Instant.EPOCH)));
    }

    private static ContainerStateTerminated unknown(String message) {
        return new ContainerStateTerminated(null, KILLED, null, message, UNKNOWN, null, null);
    }

    private static ContainerState waiting(ContainerStateWaiting waiting) {
        return new ContainerState(null, null, waiting);
    }

    private static ContainerState running(@Nullable Instant startedAt) {
        var running = new ContainerStateRunning(startedAt == null ? null : seconds(startedAt));
        return new ContainerState(running, null, null);
    }

    private static ContainerState terminated(ContainerStateTerminated terminated) {
        return new ContainerState(null, terminated, null);
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
