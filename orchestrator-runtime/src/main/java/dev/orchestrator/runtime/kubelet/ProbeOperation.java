package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.HTTPGetAction;
import dev.orchestrator.api.model.core.Probe;
import dev.orchestrator.runtime.kubelet.probe.GrpcProbe;
import dev.orchestrator.runtime.kubelet.probe.HttpProbe;
import dev.orchestrator.runtime.kubelet.probe.ProbeAnswer;
import dev.orchestrator.runtime.kubelet.probe.ProbeKind;
import dev.orchestrator.runtime.kubelet.probe.TcpProbe;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.ExecResult;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.Objects.requireNonNullElse;

/** One run of a probe. */
final class ProbeOperation extends Operation {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeOperation.class);

    private final PodServices services;
    private final ObjectKey pod;
    private final Container container;
    private final ProbeKind kind;
    private final Probe probe;
    private final ContainerId id;
    private final SandboxState sandbox;
    private volatile @Nullable ProbeAnswer answer;

    ProbeOperation(
            PodServices services,
            ObjectKey pod,
            Container container,
            ProbeKind kind,
            Probe probe,
            ContainerId id,
            SandboxState sandbox) {
        super(services);
        this.services = services;
        this.pod = pod;
        this.container = container;
        this.kind = kind;
        this.probe = probe;
        this.id = id;
        this.sandbox = sandbox;
    }

    /** {@return what the probe says; null when it could not be run, which says nothing about the container} */
    @Nullable
    ProbeAnswer answer() {
        Outcome outcome = execute();
        if (outcome instanceof Outcome.Failed failed) {
            LOG.debug("pod {}: {} probe of {} errored: {}", pod, kind, container.name(), failed.message());
        }
        return answer;
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
                case TIMEOUT ->
                    ProbeAnswer.failure("command " + GoText.quote(String.join(" ", command)) + " timed out");
                case EXEC_REJECTED -> ProbeAnswer.failure(String.valueOf(e.getMessage()));
                default -> throw e;
            };
        }
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

    @Override
    void ended(Outcome outcome) {
        // Given up: the probe itself reports nothing, its next run may.
        LOG.debug("pod {}: {} probe of {} was given up", pod, kind, container.name());
    }
}
