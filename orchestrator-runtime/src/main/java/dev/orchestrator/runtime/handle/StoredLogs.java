package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.orchestrator.api.PodLogs;
import dev.orchestrator.api.model.core.Pod;

/** A part of a container's log that is not read yet. */
record StoredLogs(
        HandleContext context,
        Supplier<Pod> pod,
        Function<Pod, String> container,
        LogRequest request,
        boolean withTimes)
        implements PodLogs {

    StoredLogs(HandleContext context, Supplier<Pod> pod, Function<Pod, String> container) {
        this(context, pod, container, LogRequest.ALL, false);
    }

    private PodLogs with(LogRequest other) {
        return new StoredLogs(context, pod, container, other, withTimes);
    }

    @Override
    public PodLogs tail(int lines) {
        if (lines < 0) {
            throw new IllegalArgumentException("lines are counted from 0: " + lines);
        }
        return with(request.tail(lines));
    }

    @Override
    public PodLogs since(Instant moment) {
        return with(request.after(moment));
    }

    @Override
    public PodLogs since(Duration ago) {
        return since(context.time().instant().minus(ago));
    }

    @Override
    public PodLogs previous() {
        return with(request.ofPreviousRun());
    }

    @Override
    public PodLogs timestamps() {
        return new StoredLogs(context, pod, container, request, true);
    }

    @Override
    public List<String> lines() throws InterruptedException {
        var lines = new ArrayList<String>();
        read(request, lines::add);
        return List.copyOf(lines);
    }

    @Override
    public void follow(Consumer<String> line) throws InterruptedException {
        read(request.following(), line);
    }

    private void read(LogRequest wanted, Consumer<String> reader) throws InterruptedException {
        Pod now = pod.get();
        try (LogSource source = context.containers().logs(now, container.apply(now), wanted)) {
            for (LogSource.Line line = source.next(); line != null; line = source.next()) {
                reader.accept(withTimes ? line.time() + " " + line.text() : line.text());
            }
        }
    }
}
