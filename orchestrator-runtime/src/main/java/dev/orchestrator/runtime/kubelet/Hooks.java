package dev.orchestrator.runtime.kubelet;

import java.time.Duration;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ExecAction;
import dev.orchestrator.api.model.core.HTTPGetAction;
import dev.orchestrator.api.model.core.LifecycleHandler;
import dev.orchestrator.runtime.kubelet.probe.HttpProbe;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.ExecResult;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Runs postStart and preStop hooks. */
final class Hooks {

    private final PodServices services;
    private final Operation operation;

    Hooks(PodServices services, Operation operation) {
        this.services = services;
        this.operation = operation;
    }

    /**
     * {@return why the hook has failed; null when it has not}
     *
     * @param limit how long it may take; a driver that has not answered by then is not waited for
     */
    @Nullable
    String run(Container container, ContainerId id, LifecycleHandler handler, Targets targets, Duration limit)
            throws InterruptedException {
        if (handler.sleep() != null) {
            Duration sleep = Duration.ofSeconds(handler.sleep().seconds());
            Duration shorter = sleep.compareTo(limit) < 0 ? sleep : limit;
            operation.call("hook", limit.plus(services.options().callTimeout()), () -> {
                services.driverTime().sleep(shorter);
                return shorter;
            });
            return null;
        }
        if (handler.exec() != null) {
            return exec(id, handler.exec(), limit);
        }
        if (handler.httpGet() != null) {
            return http(container, handler.httpGet(), targets, limit);
        }
        return "invalid handler: " + handler;
    }

    private @Nullable String exec(ContainerId id, ExecAction action, Duration limit) throws InterruptedException {
        try {
            ExecResult result =
                    operation.call("hook", limit, () -> services.driver().exec(id, action.command(), limit));
            return result.exitCode() == 0
                    ? null
                    : "command terminated with exit code " + result.exitCode() + ": " + result.stdout()
                            + result.stderr();
        } catch (DriverException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static @Nullable String http(Container container, HTTPGetAction action, Targets targets, Duration limit) {
        int port;
        try {
            port = Targets.port(container, action.port());
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        var request = new HttpProbe.Request(
                "HTTPS".equals(action.scheme()), requireNonNullElse(action.path(), "/"), action.httpHeaders(), limit);
        return HttpProbe.failureToReach(targets.at(action.host(), port), request);
    }
}
