package dev.orchestrator.runtime.handle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.core.ContainerState;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;

/** Puts into words why a wait has failed: conditions, pods, containers, exit codes, logs and events. */
final class Explanation {

    private static final int MAX_PODS = 3;
    private static final int MAX_EVENTS = 20;
    private static final int LOG_LINES = 10;

    private final HandleContext context;
    private final StringBuilder out = new StringBuilder();

    Explanation(HandleContext context) {
        this.context = context;
    }

    String of(ResourceType<?> type, ObjectKey key) throws InterruptedException {
        Optional<? extends Resource> object = context.store().find(type, key);
        if (object.isEmpty()) {
            return "  there is no " + type.singular() + " " + key;
        }
        if (object.get() instanceof Pod pod) {
            pod(pod, "  ");
        } else {
            other(object.get());
        }
        return out.toString().stripTrailing();
    }

    private void other(Resource object) throws InterruptedException {
        if (object instanceof Deployment deployment) {
            line("  ", "replicas: " + Rollouts.counts(deployment));
        }
        conditions(object, "  ");
        List<Pod> pods = PodOwners.pods(context.store(), object);
        List<Pod> unready = pods.stream()
                .filter(pod -> !pod.isReady())
                .sorted(Comparator.comparingInt(Explanation::restarts).reversed())
                .toList();
        if (object instanceof Service service && pods.isEmpty()) {
            Selector selector = Selector.ofLabels(service.spec().selector());
            line(
                    "  ",
                    service.spec().selector().isEmpty()
                            ? "it has no selector: somebody else keeps its endpoints"
                            : "no pod in namespace " + service.key().namespace() + " is labelled " + selector);
        }
        if (!pods.isEmpty()) {
            line("  ", "pods: " + pods.size() + ", of which not ready: " + unready.size());
        }
        for (Pod pod : unready.subList(0, Math.min(MAX_PODS, unready.size()))) {
            line("  ", "pod " + pod.key() + ":");
            pod(pod, "    ");
        }
        events(object, "  ");
    }

    private static int restarts(Pod pod) {
        return pod.status().containerStatuses().stream()
                .mapToInt(ContainerStatus::restartCount)
                .sum();
    }

    private void pod(Pod pod, String indent) throws InterruptedException {
        String node = pod.spec().nodeName() == null
                ? "no node yet"
                : "on node " + pod.spec().nodeName();
        line(indent, "phase: " + pod.status().phase() + ", " + node);
        if (pod.status().reason() != null || pod.status().message() != null) {
            line(
                    indent,
                    "reason: " + pod.status().reason() + ": " + pod.status().message());
        }
        conditions(pod, indent);
        List<ContainerStatus> statuses = Stream.concat(
                        pod.status().initContainerStatuses().stream(), pod.status().containerStatuses().stream())
                .toList();
        for (ContainerStatus status : statuses) {
            container(pod, status, indent);
        }
        events(pod, indent);
    }

    private void container(Pod pod, ContainerStatus status, String indent) throws InterruptedException {
        line(
                indent,
                "container " + status.name() + ": " + state(status.state()) + ", ready: " + status.ready()
                        + ", restarts: " + status.restartCount());
        if (status.lastState().terminated() != null) {
            line(indent + "  ", "before: " + state(status.lastState()));
        }
        if (!status.ready()) {
            logs(pod, status, indent + "  ");
        }
    }

    static String state(ContainerState state) {
        if (state.running() != null) {
            return "running since " + state.running().startedAt();
        }
        if (state.terminated() != null) {
            var ended = state.terminated();
            String why = ended.reason() == null ? "" : " (" + ended.reason() + ")";
            return "ended with exit code " + ended.exitCode() + why
                    + (ended.message() == null ? "" : ": " + ended.message());
        }
        if (state.waiting() != null) {
            var waiting = state.waiting();
            return "waiting" + (waiting.reason() == null ? "" : " (" + waiting.reason() + ")")
                    + (waiting.message() == null ? "" : ": " + waiting.message());
        }
        return "unknown";
    }

    private void logs(Pod pod, ContainerStatus status, String indent) throws InterruptedException {
        boolean restarted = status.state().running() == null && status.restartCount() > 0;
        LogRequest request = LogRequest.ALL.tail(LOG_LINES);
        List<String> lines = read(pod, status.name(), request);
        if (lines.isEmpty() && restarted) {
            lines = read(pod, status.name(), request.ofPreviousRun());
        }
        if (!lines.isEmpty()) {
            line(indent, "last log lines:");
            lines.forEach(text -> line(indent + "  ", text));
        }
    }

    private List<String> read(Pod pod, String container, LogRequest request) throws InterruptedException {
        var lines = new ArrayList<String>();
        try (LogSource source = context.containers().logs(pod, container, request)) {
            for (LogSource.Line line = source.next(); line != null; line = source.next()) {
                lines.add(line.text());
            }
        } catch (ApiException noLog) {
            return List.of(); // it has not run: the state says why
        }
        return lines;
    }

    private void conditions(Resource object, String indent) {
        Conditions.of(object).forEach(condition -> line(indent, "condition " + condition));
    }

    private void events(Resource object, String indent) {
        List<Event> events = Events.about(context.store(), object);
        if (events.isEmpty()) {
            return;
        }
        line(indent, "events:");
        for (Event event : events.subList(Math.max(0, events.size() - MAX_EVENTS), events.size())) {
            line(
                    indent + "  ",
                    Ages.since(Events.last(event), context.time().instant()) + " ago " + event.type() + " "
                            + event.reason() + ": " + event.message() + Events.times(event));
        }
    }

    private void line(String indent, String text) {
        out.append(indent).append(text).append('\n');
    }
}
