package dev.orchestrator.runtime.admission.pod;

import java.util.List;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.core.ExecAction;
import dev.orchestrator.api.model.core.GRPCAction;
import dev.orchestrator.api.model.core.HTTPGetAction;
import dev.orchestrator.api.model.core.HTTPHeader;
import dev.orchestrator.api.model.core.Lifecycle;
import dev.orchestrator.api.model.core.LifecycleHandler;
import dev.orchestrator.api.model.core.PodOS;
import dev.orchestrator.api.model.core.Probe;
import dev.orchestrator.api.model.core.SleepAction;
import dev.orchestrator.api.model.core.TCPSocketAction;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import org.jspecify.annotations.Nullable;

/** The rules of probes and lifecycle hooks: exactly one handler, and numbers that make sense. */
final class HandlerValidation {

    private static final String ONE_HANDLER = "may not specify more than 1 handler type";
    private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");

    private final FieldErrors errors;
    private final @Nullable Long gracePeriod;

    HandlerValidation(FieldErrors errors, @Nullable Long gracePeriod) {
        this.errors = errors;
        this.gracePeriod = gracePeriod;
    }

    /** A probe whose failure restarts the container: one success is success. */
    void restarting(@Nullable Probe probe, FieldPath path) {
        if (probe == null) {
            return;
        }
        probe(probe, path);
        if (probe.successThreshold() != 1) {
            errors.invalid(path.child("successThreshold"), probe.successThreshold(), "must be 1");
        }
    }

    void readiness(@Nullable Probe probe, FieldPath path) {
        if (probe == null) {
            return;
        }
        probe(probe, path);
        if (probe.terminationGracePeriodSeconds() != null) {
            errors.invalid(
                    path.child("terminationGracePeriodSeconds"),
                    probe.terminationGracePeriodSeconds(),
                    "must not be set for readinessProbes");
        }
    }

    private void probe(Probe probe, FieldPath path) {
        handlers(path, probe.exec(), probe.httpGet(), probe.tcpSocket(), probe.grpc(), null);
        errors.nonNegative(path.child("initialDelaySeconds"), probe.initialDelaySeconds());
        errors.nonNegative(path.child("timeoutSeconds"), probe.timeoutSeconds());
        errors.nonNegative(path.child("periodSeconds"), probe.periodSeconds());
        errors.nonNegative(path.child("successThreshold"), probe.successThreshold());
        errors.nonNegative(path.child("failureThreshold"), probe.failureThreshold());
        Long grace = probe.terminationGracePeriodSeconds();
        if (grace != null && grace <= 0) {
            errors.invalid(path.child("terminationGracePeriodSeconds"), grace, "must be greater than 0");
        }
    }

    void lifecycle(@Nullable Lifecycle lifecycle, @Nullable PodOS os, FieldPath path) {
        if (lifecycle == null) {
            return;
        }
        hook(lifecycle.postStart(), path.child("postStart"));
        hook(lifecycle.preStop(), path.child("preStop"));
        if (lifecycle.stopSignal() != null) {
            stopSignal(lifecycle.stopSignal(), os, path.child("stopSignal"));
        }
    }

    private void stopSignal(String signal, @Nullable PodOS os, FieldPath path) {
        if (os == null) {
            errors.forbidden(path, "may not be set for containers with empty `spec.os.name`");
        } else if (os.name().equals("windows")) {
            errors.supported(path, signal, StopSignals.WINDOWS);
        } else if (os.name().equals("linux")) {
            errors.supported(path, signal, StopSignals.LINUX);
        }
    }

    private void hook(@Nullable LifecycleHandler handler, FieldPath path) {
        if (handler != null) {
            handlers(path, handler.exec(), handler.httpGet(), handler.tcpSocket(), null, handler.sleep());
        }
    }

    private void handlers(
            FieldPath path,
            @Nullable ExecAction exec,
            @Nullable HTTPGetAction http,
            @Nullable TCPSocketAction tcp,
            @Nullable GRPCAction grpc,
            @Nullable SleepAction sleep) {
        int handlers = 0;
        if (exec != null) {
            handlers++;
            if (exec.command().isEmpty()) {
                errors.required(path.child("exec", "command"));
            }
        }
        if (http != null && isFirst(handlers++, path.child("httpGet"))) {
            http(http, path.child("httpGet"));
        }
        if (tcp != null && isFirst(handlers++, path.child("tcpSocket"))) {
            port(tcp.port(), path.child("tcpSocket", "port"));
        }
        if (grpc != null && isFirst(handlers++, path.child("grpc"))) {
            port(IntOrString.of(grpc.port()), path.child("grpc", "port"));
        }
        if (sleep != null && isFirst(handlers++, path.child("sleep"))) {
            sleep(sleep, path.child("sleep"));
        }
        if (handlers == 0) {
            errors.required(path, "must specify a handler type");
        }
    }

    private boolean isFirst(int before, FieldPath path) {
        if (before > 0) {
            errors.forbidden(path, ONE_HANDLER);
        }
        return before == 0;
    }

    private void http(HTTPGetAction http, FieldPath path) {
        errors.requireText(path.child("path"), http.path());
        port(http.port(), path.child("port"));
        if (!SCHEMES.contains(Zero.text(http.scheme()))) {
            errors.notSupported(path.child("scheme"), Zero.text(http.scheme()), SCHEMES);
        }
        for (HTTPHeader header : http.httpHeaders()) {
            errors.invalid(path.child("httpHeaders"), header.name(), Names.httpHeader(header.name()));
        }
    }

    private void port(@Nullable IntOrString port, FieldPath path) {
        IntOrString given = port == null ? IntOrString.of(0) : port;
        if (given.isNumber()) {
            errors.invalid(path, given.number(), Names.portNumber(given.number()));
        } else {
            errors.invalid(path, given.text(), Names.portName(given.text()));
        }
    }

    private void sleep(SleepAction sleep, FieldPath path) {
        if (gracePeriod != null && (sleep.seconds() < 0 || sleep.seconds() > gracePeriod)) {
            errors.invalid(
                    path,
                    sleep.seconds(),
                    "must be non-negative and less than terminationGracePeriodSeconds (" + gracePeriod + ")");
        }
    }
}
