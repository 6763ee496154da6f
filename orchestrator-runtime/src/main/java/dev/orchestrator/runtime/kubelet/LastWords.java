package dev.orchestrator.runtime.kubelet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.LogLine;
import dev.orchestrator.spi.LogQuery;
import dev.orchestrator.spi.LogStream;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;

/**
 * What containers leave behind when they end: a message of their own, or, where the policy
 * {@code FallbackToLogsOnError} asks for it, the end of the log of one that failed without a word.
 */
final class LastWords {

    private static final String FALLBACK = "FallbackToLogsOnError";
    private static final String UNREADABLE = "Error on reading termination message from logs: ";
    private static final int MOST_LINES = 80;
    private static final int MOST_BYTES = 2048;
    private static final int MOST_BYTES_OF_POD = 12 * 1024;

    private final PodServices services;
    private final PodOperation operation;
    private final Pod pod;

    /** Prepares to look for what the containers of a pod have said. */
    LastWords(PodServices services, PodOperation operation, Pod pod) {
        this.services = services;
        this.operation = operation;
        this.pod = pod;
    }

    /** {@return whether the log of a container in the sandbox would say what the container has not} */
    static boolean areMissing(Pod pod, @Nullable SandboxState sandbox) {
        if (sandbox != null) {
            for (ContainerState state : sandbox.containers()) {
                if (isMissing(pod, state)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isMissing(Pod pod, ContainerState state) {
        if (state.phase() != ContainerState.Phase.EXITED
                || state.exitCode() == 0
                || !state.message().isEmpty()) {
            return false;
        }
        Container container = Containers.find(pod, state.name());
        return container != null && FALLBACK.equals(container.terminationMessagePolicy());
    }

    /** {@return the sandbox with those messages that were read from logs before} */
    static @Nullable SandboxState carriedOver(Pod pod, @Nullable SandboxState sandbox, Observed known) {
        if (sandbox == null || !areMissing(pod, sandbox)) {
            return sandbox;
        }
        List<ContainerState> states = new ArrayList<>(sandbox.containers().size());
        for (ContainerState state : sandbox.containers()) {
            states.add(isMissing(pod, state) ? with(state, readBefore(state, known)) : state);
        }
        return with(sandbox, states);
    }

    /**
     * {@return the sandbox with all messages that its containers have left}
     *
     * @param known what was known of the sandbox before: logs that were read are not read again
     */
    @Nullable
    SandboxState in(@Nullable SandboxState sandbox, Observed known) throws InterruptedException {
        SandboxState told = carriedOver(pod, sandbox, known);
        if (told == null || !areMissing(pod, told)) {
            return told;
        }
        List<ContainerState> states = new ArrayList<>(told.containers().size());
        for (ContainerState state : told.containers()) {
            states.add(isMissing(pod, state) ? with(state, message(state)) : state);
        }
        return with(told, states);
    }

    private static String readBefore(ContainerState state, Observed known) {
        return known.find(state.id()).map(ContainerState::message).orElse("");
    }

    private static SandboxState with(SandboxState sandbox, List<ContainerState> states) {
        return new SandboxState(
                sandbox.id(),
                sandbox.node(),
                sandbox.namespace(),
                sandbox.podName(),
                sandbox.podUid(),
                sandbox.attempt(),
                sandbox.ready(),
                sandbox.ips(),
                sandbox.createdAt(),
                states);
    }

    private static ContainerState with(ContainerState state, String message) {
        return new ContainerState(
                state.id(),
                state.name(),
                state.attempt(),
                state.image(),
                state.imageId(),
                state.phase(),
                state.createdAt(),
                state.startedAt(),
                state.finishedAt(),
                state.exitCode(),
                state.outOfMemory(),
                message);
    }

    private String message(ContainerState state) throws InterruptedException {
        PodWorker worker = operation.worker();
        if (state.id().equals(worker.logBeingRead())) {
            // Whoever began to read it was given up: the pod must not wait for it again.
            return UNREADABLE + "context deadline exceeded";
        }
        worker.setLogBeingRead(state.id());
        try {
            return operation.call("reading logs", () -> endOfLog(state.id()));
        } catch (DriverException e) {
            return UNREADABLE + e.getMessage();
        } finally {
            if (!operation.isGivenUp()) {
                worker.setLogBeingRead(null);
            }
        }
    }

    private String endOfLog(ContainerId id) throws InterruptedException {
        var lines = new ArrayDeque<String>();
        try (LogStream log = services.driver().logs(id, new LogQuery(false, MOST_LINES, null))) {
            for (LogLine line = log.next(); line != null; line = log.next()) {
                lines.add(line.complete() ? line.text() + "\n" : line.text());
                if (lines.size() > MOST_LINES) {
                    lines.removeFirst();
                }
            }
        }
        byte[] bytes = String.join("", lines).getBytes(StandardCharsets.UTF_8);
        int from = Math.max(0, bytes.length - MOST_BYTES);
        while (from > 0 && from < bytes.length && isInsideCharacter(bytes[from])) {
            from++;
        }
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }

    /** {@return the message, cut to the share of the pod's 12 KiB that each of its containers has} */
    static String cut(Pod pod, String message) {
        int containers = pod.spec().containers().size()
                + pod.spec().initContainers().size()
                + pod.spec().ephemeralContainers().size();
        int most = MOST_BYTES_OF_POD / Math.max(1, containers);
        // No character takes more than three bytes a char.
        if (message.length() <= most / 3) {
            return message;
        }
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= most) {
            return message;
        }
        int end = most;
        while (end > 0 && isInsideCharacter(bytes[end])) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static boolean isInsideCharacter(byte one) {
        return (one & 0xC0) == 0x80;
    }
}
