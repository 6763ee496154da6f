package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes Probe. */
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
