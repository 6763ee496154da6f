package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** How to find out whether a container has started, is ready, or is alive, and how often. */
@Model
public record Probe(
        @Nullable ExecAction exec,
        int failureThreshold,
        @Nullable GRPCAction grpc,
        @Nullable HTTPGetAction httpGet,
        int initialDelaySeconds,
        int periodSeconds,
        int successThreshold,
        @Nullable TCPSocketAction tcpSocket,
        @Nullable Long terminationGracePeriodSeconds,
        int timeoutSeconds) {}
