package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** One thing to do at a turn of a container's life. */
@Model
public record LifecycleHandler(
        @Nullable ExecAction exec,
        @Nullable HTTPGetAction httpGet,
        @Nullable SleepAction sleep,
        @Nullable TCPSocketAction tcpSocket) {}
