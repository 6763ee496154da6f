package dev.orchestrator.runtime;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.CommandOutput;
import dev.orchestrator.api.ContainerProcess;
import dev.orchestrator.api.ContainerUsage;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.ContainerStateRunning;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.handle.ContainerAccess;
import dev.orchestrator.runtime.handle.LogRequest;
import dev.orchestrator.runtime.handle.LogSource;
import dev.orchestrator.runtime.handle.ProcessRequest;
import dev.orchestrator.runtime.handle.TerminalProcess;
import dev.orchestrator.runtime.kubelet.Kubelet;
import dev.orchestrator.spi.AttachRequest;
import dev.orchestrator.spi.ContainerStats;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.ExecRequest;
import dev.orchestrator.spi.ExecResult;
import dev.orchestrator.spi.LogLine;
import dev.orchestrator.spi.LogQuery;
import dev.orchestrator.spi.LogStream;
import dev.orchestrator.spi.ProcessSession;
import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;

/** What handles see of the kubelet: the driver's own types and failures stay behind it. */
final class KubeletContainers implements ContainerAccess {

    private final Kubelet kubelet;

    KubeletContainers(Kubelet kubelet) {
        this.kubelet = kubelet;
    }

    /** A call that ends in the driver. */
    @FunctionalInterface
    private interface DriverCall<T> {
        T run() throws InterruptedException;
    }

    @Override
    public LogSource logs(Pod pod, String container, LogRequest request) throws InterruptedException {
        var query = new LogQuery(request.follow(), request.tailLines(), request.since());
        LogStream stream = calling(() -> request.previous()
                ? kubelet.access().previousLogs(pod.key(), container, query)
                : kubelet.access().logs(pod.key(), container, query));
        return new Lines(stream);
    }

    @Override
    public CommandOutput exec(Pod pod, String container, List<String> command, Duration timeout)
            throws InterruptedException {
        ExecResult result = calling(() -> kubelet.access().exec(pod.key(), container, command, timeout));
        return new CommandOutput(result.exitCode(), result.stdout(), result.stderr());
    }

    @Override
    public ContainerProcess open(Pod pod, String container, List<String> command) throws InterruptedException {
        return connect(pod, container, new ProcessRequest(command, true, false));
    }

    @Override
    public TerminalProcess connect(Pod pod, String container, ProcessRequest request) throws InterruptedException {
        if (request.command().isEmpty()) {
            var main = new AttachRequest(request.stdin());
            return new Streams(calling(() -> kubelet.access().attach(pod.key(), container, main)));
        }
        var command = new ExecRequest(request.command(), request.stdin(), request.terminal());
        return new Streams(calling(() -> kubelet.access().openExec(pod.key(), container, command)));
    }

    @Override
    public ContainerProcess attach(Pod pod, String container) throws InterruptedException {
        return connect(pod, container, new ProcessRequest(List.of(), true, false));
    }

    @Override
    public ContainerUsage usage(Pod pod, String container) throws InterruptedException {
        ContainerStats stats = calling(() -> kubelet.access().stats(pod.key(), container));
        Instant started = pod.status().containerStatuses().stream()
                .filter(status -> status.name().equals(container))
                .map(status -> status.state().running())
                .filter(Objects::nonNull)
                .map(ContainerStateRunning::startedAt)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(stats.time());
        return new ContainerUsage(
                container,
                stats.time(),
                ContainerUsage.rate(stats.cpuTime(), Duration.between(started, stats.time())),
                Quantity.ofBytes(stats.memoryBytes()),
                stats.cpuTime());
    }

    @Override
    public Optional<InetSocketAddress> address(Pod pod, int port) {
        String ip = pod.status().podIP();
        return ip == null ? Optional.empty() : kubelet.hostAddress(ip, port, TransportProtocol.TCP);
    }

    private static <T> T calling(DriverCall<T> call) throws InterruptedException {
        try {
            return call.run();
        } catch (DriverException e) {
            throw ApiException.of(ApiException.Reason.INTERNAL_ERROR, String.valueOf(e.getMessage()), null, e);
        }
    }

    private record Lines(LogStream stream) implements LogSource {

        @Override
        public @Nullable Line next() throws InterruptedException {
            LogLine line = stream.next();
            return line == null ? null : new Line(line.time(), output(line.stream()), line.text(), line.complete());
        }

        private static Output output(LogLine.Stream stream) {
            return switch (stream) {
                case STDOUT -> Output.STDOUT;
                case STDERR -> Output.STDERR;
            };
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    private record Streams(ProcessSession session) implements TerminalProcess {

        @Override
        public OutputStream stdin() {
            return session.stdin();
        }

        @Override
        public InputStream stdout() {
            return session.stdout();
        }

        @Override
        public InputStream stderr() {
            return session.stderr();
        }

        @Override
        public void resize(int columns, int rows) {
            session.resize(columns, rows);
        }

        @Override
        public int awaitExit() throws InterruptedException {
            return session.awaitExit();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
