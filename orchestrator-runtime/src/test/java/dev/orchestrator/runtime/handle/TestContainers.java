package dev.orchestrator.runtime.handle;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.CommandOutput;
import dev.orchestrator.api.ContainerProcess;
import dev.orchestrator.api.ContainerUsage;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/** Containers that are nothing but what they have written. */
final class TestContainers implements ContainerAccess {

    static final Instant WRITTEN = Instant.parse("2026-01-02T03:04:05Z");

    private final Map<String, List<String>> logs = new ConcurrentHashMap<>();

    void write(String container, String... lines) {
        logs.put(container, List.of(lines));
    }

    @Override
    public LogSource logs(Pod pod, String container, LogRequest request) {
        List<String> lines = logs.get(container);
        if (lines == null || request.previous()) {
            throw ApiException.of(ApiException.Reason.BAD_REQUEST, "container \"" + container + "\" has no log");
        }
        int from = request.tailLines() < 0 ? 0 : Math.max(0, lines.size() - (int) request.tailLines());
        Iterator<String> rest = new ArrayList<>(lines.subList(from, lines.size())).iterator();
        return new LogSource() {
            @Override
            public @Nullable Line next() {
                return rest.hasNext() ? new Line(WRITTEN, LogSource.Output.STDOUT, rest.next(), true) : null;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public CommandOutput exec(Pod pod, String container, List<String> command, Duration timeout) {
        return new CommandOutput(0, container + ": " + String.join(" ", command), "");
    }

    @Override
    public ContainerProcess open(Pod pod, String container, List<String> command) {
        throw ApiException.of(ApiException.Reason.BAD_REQUEST, "container \"" + container + "\" does not run");
    }

    @Override
    public TerminalProcess connect(Pod pod, String container, ProcessRequest request) {
        throw ApiException.of(ApiException.Reason.BAD_REQUEST, "container \"" + container + "\" does not run");
    }

    @Override
    public ContainerProcess attach(Pod pod, String container) {
        throw ApiException.of(ApiException.Reason.BAD_REQUEST, "container \"" + container + "\" does not run");
    }

    @Override
    public ContainerUsage usage(Pod pod, String container) {
        return new ContainerUsage(
                container, WRITTEN, Quantity.ofMilli(250), Quantity.parse("64Mi"), Duration.ofSeconds(5));
    }

    @Override
    public Optional<InetSocketAddress> address(Pod pod, int port) {
        return Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
}
