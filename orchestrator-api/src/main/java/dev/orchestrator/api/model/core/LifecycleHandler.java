package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes LifecycleHandler. */
@Model
public record LifecycleHandler(
        @Nullable ExecAction exec,
        @Nullable HTTPGetAction httpGet,
        @Nullable SleepAction sleep,
        @Nullable TCPSocketAction tcpSocket) {}
