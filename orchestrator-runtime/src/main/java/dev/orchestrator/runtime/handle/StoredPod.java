package dev.orchestrator.runtime.handle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.CommandOutput;
import dev.orchestrator.api.ContainerProcess;
import dev.orchestrator.api.ContainerUsage;
import dev.orchestrator.api.PodHandle;
import dev.orchestrator.api.PodLogs;
import dev.orchestrator.api.PortForward;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;

/** A stored pod. */
final class StoredPod extends StoredObject<Pod, PodHandle> implements PodHandle {

    private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";
    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(1);

    StoredPod(HandleContext context, ObjectKey key) {
        super(context, ResourceTypes.POD, key);
    }

    @Override
    PodHandle self() {
        return this;
    }

    private static List<String> given(List<String> command) {
        if (command.isEmpty()) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST, "you must specify at least one command for the container");
        }
        return command;
    }

    private static String defaultContainer(Pod pod) {
        String named = pod.metadata().annotations().get(DEFAULT_CONTAINER);
        return named != null ? named : pod.spec().containers().getFirst().name();
    }

    @Override
    public PodLogs logs() {
        return new StoredLogs(context, this::get, StoredPod::defaultContainer);
    }

    @Override
    public PodLogs logs(String container) {
        return new StoredLogs(context, this::get, any -> container);
    }

    @Override
    public CommandOutput exec(String... command) throws InterruptedException {
        Pod pod = get();
        return context.containers().exec(pod, defaultContainer(pod), given(List.of(command)), COMMAND_TIMEOUT);
    }

    @Override
    public CommandOutput execIn(String container, List<String> command, Duration timeout) throws InterruptedException {
        return context.containers().exec(get(), container, given(command), timeout);
    }

    @Override
    public ContainerProcess open(String container, List<String> command) throws InterruptedException {
        return context.containers().open(get(), container, given(command));
    }

    @Override
    public ContainerProcess attach(String container) throws InterruptedException {
        return context.containers().attach(get(), container);
    }

    @Override
    public InetSocketAddress address(int port) {
        return context.containers()
                .address(get(), port)
                .orElseThrow(() -> new IllegalStateException("pod " + key() + " has no network"));
    }

    @Override
    public PortForward portForward(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("pod " + key() + ": port " + port + " is not between 1 and 65535");
        }
        get();
        try {
            return LocalForward.open("forward/" + key() + ":" + port, () -> address(port));
        } catch (IOException noPort) {
            throw new UncheckedIOException("pod " + key() + ": port " + port + " can not be forwarded", noPort);
        }
    }

    @Override
    public PodHandle copyTo(String container, Path local, String target) throws IOException, InterruptedException {
        new FileCopy(context.containers(), get(), container).into(local, target);
        return this;
    }

    @Override
    public PodHandle copyFrom(String container, String source, Path local) throws IOException, InterruptedException {
        new FileCopy(context.containers(), get(), container).outOf(source, local);
        return this;
    }

    @Override
    public List<ContainerUsage> top() throws InterruptedException {
        return Usage.of(context.containers(), get());
    }

    @Override
    public PodHandle evict() {
        var options =
                DeleteOptionsBuilder.builder().propagationPolicy("Background").build();
        new Evictions(context).evict(get(), options);
        return this;
    }

    @Override
    public PodHandle awaitReady(Duration timeout) throws InterruptedException {
        long start = System.nanoTime();
        Pod pod = wait("to be ready", StoredPod::ready, timeout);
        context.services().awaitKnown(List.of(pod), timeout.minusNanos(System.nanoTime() - start));
        return this;
    }

    private static Verdict ready(Pod pod) {
        if (pod.isReady()) {
            return Verdict.DONE;
        }
        return Hopeless.why(pod).<Verdict>map(Verdict.Impossible::new).orElse(Verdict.PENDING);
    }

    @Override
    public Pod awaitFinished(Duration timeout) throws InterruptedException {
        return wait("to finish", pod -> Verdict.of(pod.isFinished()), timeout);
    }
}
