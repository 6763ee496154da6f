package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.text.GoText;
import dev.orchestrator.spi.AttachRequest;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.ContainerStats;
import dev.orchestrator.spi.ExecRequest;
import dev.orchestrator.spi.ExecResult;
import dev.orchestrator.spi.LogQuery;
import dev.orchestrator.spi.LogStream;
import dev.orchestrator.spi.ProcessSession;
import org.jspecify.annotations.Nullable;

/**
 * Reaches into running containers. An empty container name stands for the only container, or the one that the pod's
 * annotation {@code kubectl.kubernetes.io/default-container} names, or else the first.
 *
 * <p>All methods throw {@link ApiException} when the pod or container does not exist or is not in the state needed, and
 * {@link dev.orchestrator.spi.DriverException} when the driver refuses.
 */
public final class PodAccess {

    private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

    private final PodServices services;

    PodAccess(PodServices services) {
        this.services = services;
    }

    /** {@return the log of the container that runs, or ran last} */
    public LogStream logs(ObjectKey pod, String container, LogQuery query) throws InterruptedException {
        Pod found = get(pod);
        ContainerState state = observed(found).latest(name(found, container));
        if (state == null) {
            throw notReady(found, container);
        }
        return services.driver().logs(state.id(), query);
    }

    /** {@return the log of the container before the one that runs, or ran last} */
    public LogStream previousLogs(ObjectKey pod, String container, LogQuery query) throws InterruptedException {
        Pod found = get(pod);
        String name = name(found, container);
        Observed observed = observed(found);
        ContainerState latest = observed.latest(name);
        ContainerState before = latest == null ? null : observed.before(name, latest.attempt());
        if (before == null) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    "previous terminated container " + GoText.quote(name) + " in pod " + GoText.quote(pod.name())
                            + " not found");
        }
        return services.driver().logs(before.id(), query);
    }

    /** {@return how a command in the container has ended} */
    public ExecResult exec(ObjectKey pod, String container, List<String> command, Duration timeout)
            throws InterruptedException {
        return services.driver().exec(running(pod, container), command, timeout);
    }

    /** {@return the open streams of a command in the container} */
    public ProcessSession openExec(ObjectKey pod, String container, ExecRequest request) throws InterruptedException {
        return services.driver().openExec(running(pod, container), request);
    }

    /** {@return the open streams of the container's main process} */
    public ProcessSession attach(ObjectKey pod, String container, AttachRequest request) throws InterruptedException {
        return services.driver().attach(running(pod, container), request);
    }

    /** {@return what the container uses now} */
    public ContainerStats stats(ObjectKey pod, String container) throws InterruptedException {
        return services.driver().stats(running(pod, container));
    }

    private Pod get(ObjectKey key) {
        return services.store().get(ResourceTypes.POD, key);
    }

    private ContainerId running(ObjectKey key, String container) throws InterruptedException {
        Pod pod = get(key);
        String name = name(pod, container);
        ContainerState state = observed(pod).latestCurrent(name);
        if (state == null || state.phase() != ContainerState.Phase.RUNNING) {
            throw ApiException.of(
                    ApiException.Reason.INTERNAL_ERROR, "container not found (" + GoText.quote(name) + ")");
        }
        return state.id();
    }

    private Observed observed(Pod pod) throws InterruptedException {
        PodWorker worker = services.pods().find(pod.metadata().uidOrEmpty());
        return worker == null ? Observed.NOTHING : worker.observeNow();
    }

    private static String name(Pod pod, String asked) {
        String name = asked.isEmpty() ? defaultName(pod) : asked;
        if (!isContainer(pod, name)) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    "container " + name + " is not valid for pod "
                            + pod.metadata().nameOrEmpty());
        }
        return name;
    }

    private static String defaultName(Pod pod) {
        String annotated = pod.metadata().annotations().get(DEFAULT_CONTAINER);
        List<Container> containers = pod.spec().containers();
        return annotated != null && isContainer(pod, annotated)
                ? annotated
                : containers.isEmpty() ? "" : containers.getFirst().name();
    }

    private static boolean isContainer(Pod pod, String name) {
        return pod.spec().containers().stream()
                        .anyMatch(container -> container.name().equals(name))
                || pod.spec().initContainers().stream()
                        .anyMatch(container -> container.name().equals(name))
                || pod.spec().ephemeralContainers().stream()
                        .anyMatch(container -> container.name().equals(name));
    }

    private static ApiException notReady(Pod pod, String container) {
        String name = name(pod, container);
        ContainerStatus status = PodView.reported(pod, name);
        String reason = status == null || status.state().waiting() == null
                ? null
                : status.state().waiting().reason();
        return ApiException.of(
                ApiException.Reason.BAD_REQUEST,
                "container " + GoText.quote(name) + " in pod "
                        + GoText.quote(pod.metadata().nameOrEmpty()) + " is waiting to start: " + why(reason));
    }

    private static String why(@Nullable String reason) {
        return switch (reason) {
            case null -> Waiting.CONTAINER_CREATING;
            case Waiting.PULL_FAILED -> "image can't be pulled";
            case Waiting.PULL_BACK_OFF -> "trying and failing to pull image";
            default -> reason;
        };
    }
}
