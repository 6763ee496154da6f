package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.HTTPGetAction;
import dev.orchestrator.api.model.core.Probe;
import dev.orchestrator.runtime.kubelet.probe.GrpcProbe;
import dev.orchestrator.runtime.kubelet.probe.HttpProbe;
import dev.orchestrator.runtime.kubelet.probe.ProbeAnswer;
import dev.orchestrator.runtime.kubelet.probe.TcpProbe;
import dev.orchestrator.runtime.text.GoText;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.ExecResult;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** One run of a probe. */
final class ProbeOperation extends Operation {

    /** Takes what came of it, exactly once; may be called by another thread than the one that runs it. */
    interface Taker {

        /**
         * Goes on with the result.
         *
         * @param answer what the probe says; null when it could not be run, which says nothing about the container
         * @param error why it could not be run; null when that is not to be reported
         */
        void take(@Nullable ProbeAnswer answer, @Nullable String error);
    }

    private final PodServices services;
    private final Container container;
    private final Probe probe;
    private final ContainerId id;
    private final SandboxState sandbox;
    private final Taker taker;
    private volatile @Nullable ProbeAnswer answer;

    ProbeOperation(
            PodServices services, Container container, Probe probe, ContainerId id, SandboxState sandbox, Taker taker) {
        super(services);
        this.services = services;
        this.container = container;
        this.probe = probe;
        this.id = id;
        this.sandbox = sandbox;
        this.taker = taker;
    }

    /** Runs the probe on the calling thread. */
    void start() {
        Outcome outcome = execute();
        if (outcome != null) {
            ended(outcome);
        }
    }

    @Override
    Outcome run() throws InterruptedException {
        Duration timeout = Duration.ofSeconds(Math.max(1, probe.timeoutSeconds()));
        var targets = new Targets(services.driver(), sandbox, services.nodes().hostIp(sandbox.node()));
        if (probe.exec() != null) {
            answer = exec(probe.exec().command(), timeout);
        } else if (probe.httpGet() != null) {
            answer = http(probe.httpGet(), targets, timeout);
        } else if (probe.tcpSocket() != null) {
            int port = Targets.port(container, probe.tcpSocket().port());
            answer = TcpProbe.run(targets.at(probe.tcpSocket().host(), port), timeout);
        } else if (probe.grpc() != null) {
            String service = requireNonNullElse(probe.grpc().service(), "");
            answer = GrpcProbe.run(targets.at(null, probe.grpc().port()), service, timeout);
        }
        return new Outcome.Done();
    }

    private @Nullable ProbeAnswer exec(List<String> command, Duration timeout) throws InterruptedException {
        try {
            ExecResult result = call(
                    "exec",
                    timeout.plus(services.options().callTimeout()),
                    () -> services.driver().exec(id, command, timeout));
            String output = result.stdout() + result.stderr();
            return result.exitCode() == 0 ? ProbeAnswer.success(output) : ProbeAnswer.failure(output);
        } catch (DriverException e) {
            return switch (e.reason()) {
                case TIMEOUT -> late(command);
                case EXEC_REJECTED -> ProbeAnswer.failure(String.valueOf(e.getMessage()));
                default -> throw e;
            };
        }
    }

    private static ProbeAnswer late(List<String> command) {
        return ProbeAnswer.failure("command " + GoText.quote(String.join(" ", command)) + " timed out");
    }

    private ProbeAnswer http(HTTPGetAction action, Targets targets, Duration timeout) {
        int port = Targets.port(container, action.port());
        var request = new HttpProbe.Request(
                "HTTPS".equalsIgnoreCase(action.scheme()),
                requireNonNullElse(action.path(), "/"),
                action.httpHeaders(),
                timeout);
        return HttpProbe.run(targets.at(action.host(), port), request, other -> targets.at(action.host(), other));
    }

    /** As in Kubernetes, a command whose driver does not answer counts as one that takes too long. */
    @Override
    Outcome timedOut(Outcome.Failed failure) {
        if (probe.exec() != null) {
            answer = late(probe.exec().command());
        }
        return failure;
    }

    @Override
    void ended(Outcome outcome) {
        boolean isError = outcome instanceof Outcome.Failed failed && !failed.isNodeDown();
        taker.take(answer, isError && answer == null ? ((Outcome.Failed) outcome).message() : null);
    }
}
