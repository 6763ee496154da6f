package dev.orchestrator.runtime.handle;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.CommandOutput;
import dev.orchestrator.api.ContainerProcess;
import dev.orchestrator.api.ContainerUsage;
import dev.orchestrator.api.model.core.Pod;

/**
 * What handles need of running containers; given by the composition root. Failures are {@link ApiException}s worded as
 * the kubelet's API does.
 */
public interface ContainerAccess {

    /**
     * {@return the log of a container, to be closed by the caller}
     *
     * @throws ApiException if the container has not run, or not run before
     */
    LogSource logs(Pod pod, String container, LogRequest request) throws InterruptedException;

    /** {@return how a command ended that was run without input} */
    CommandOutput exec(Pod pod, String container, List<String> command, Duration timeout) throws InterruptedException;

    /** {@return the streams of a command that was started} */
    ContainerProcess open(Pod pod, String container, List<String> command) throws InterruptedException;

    /**
     * {@return the streams of a command that was started, or of the main process}
     *
     * @throws ApiException if the container does not run, or the command can not be run
     */
    TerminalProcess connect(Pod pod, String container, ProcessRequest request) throws InterruptedException;

    /** {@return the streams of the main process} */
    ContainerProcess attach(Pod pod, String container) throws InterruptedException;

    /** {@return what a running container uses now} */
    ContainerUsage usage(Pod pod, String container) throws InterruptedException;

    /** {@return where this JVM reaches a TCP port of a pod; empty while it has no network} */
    Optional<InetSocketAddress> address(Pod pod, int port);
}
