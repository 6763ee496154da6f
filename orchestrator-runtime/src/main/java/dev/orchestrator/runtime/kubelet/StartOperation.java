package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.LifecycleHandler;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.SecurityContext;
import dev.orchestrator.runtime.kubelet.env.ContainerEnvironment;
import dev.orchestrator.runtime.kubelet.env.Expansion;
import dev.orchestrator.runtime.kubelet.env.PodFacts;
import dev.orchestrator.runtime.kubelet.env.UnresolvedException;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerSpec;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Starts a container: image, environment, container, process, postStart hook. */
final class StartOperation extends StepOperation {

    /** A container that could not be made for other reasons than its image or environment is tried again then. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    /** Kubernetes puts no limit on a postStart hook; a day is none. */
    private static final Duration HOOK_LIMIT = Duration.ofDays(1);

    private static final String DEFAULT_MESSAGE_PATH = "/dev/termination-log";

    /** How far it is; decides what a call that fails or hangs means. */
    private enum Stage {
        IMAGE,
        CREATE,
        START,
        POST_START,
        RUNNING
    }

    private final Step.Start start;
    private final SandboxState sandbox;
    private final Images images;
    private volatile Stage stage = Stage.IMAGE;

    StartOperation(
            PodServices services,
            PodWorker worker,
            Pod pod,
            Step.Start start,
            Observed observed,
            SandboxState sandbox) {
        super(services, worker, pod, start, observed);
        this.start = start;
        this.sandbox = sandbox;
        this.images = new Images(services, this, pod, start.container());
    }

    @Override
    Outcome run() throws InterruptedException {
        Container container = start.container();
        Waiting noImage = images.ensure();
        if (noImage != null) {
            return new Outcome.NotStarted(noImage, null);
        }
        if (!isWanted()) {
            return new Outcome.Cancelled();
        }
        ContainerId id = start.created();
        if (id == null) {
            SecurityContext security = SecurityContexts.effective(pod(), container);
            String refusal = SecurityContexts.rootRefusal(pod(), container, security, images.found());
            if (refusal != null) {
                return misconfigured(refusal, null);
            }
            ContainerSpec spec;
            try {
                spec = spec(container, security);
            } catch (UnresolvedException e) {
                return unresolved(e);
            }
            stage = Stage.CREATE;
            try {
                id = call("creating container", () -> services().driver().createContainer(sandbox.id(), spec));
            } catch (DriverException e) {
                return refused(Waiting.CREATE, e);
            }
            if (isGivenUp()) {
                return new Outcome.Cancelled();
            }
            services().normal(pod(), container.name(), "Created", "Container created");
        }
        return startCreated(container, id);
    }

    private Outcome startCreated(Container container, ContainerId id) throws InterruptedException {
        if (!isWanted()) {
            return new Outcome.Cancelled();
        }
        stage = Stage.START;
        try {
            call("starting container", () -> {
                services().driver().startContainer(id);
                return id;
            });
        } catch (DriverException e) {
            return refused(Waiting.RUN, e);
        }
        if (isGivenUp()) {
            return new Outcome.Cancelled();
        }
        services().normal(pod(), container.name(), "Started", "Container started");
        LifecycleHandler postStart =
                container.lifecycle() == null ? null : container.lifecycle().postStart();
        if (postStart != null) {
            var targets = new Targets(
                    services().driver(),
                    sandbox,
                    services().nodes().hostIp(pod().spec().nodeName()));
            stage = Stage.POST_START;
            String failure = new Hooks(services(), this).run(container, id, postStart, targets, HOOK_LIMIT);
            if (failure != null) {
                return hookFailed(failure);
            }
        }
        stage = Stage.RUNNING;
        removeOlder(container);
        return new Outcome.Started(inspect(sandbox.id()));
    }

    private Outcome hookFailed(String failure) {
        services().warning(pod(), start.container().name(), "FailedPostStartHook", "PostStartHook failed");
        return new Outcome.HookFailed(failure);
    }

    /** The driver hangs, or has thrown what nobody has caught. */
    @Override
    Outcome failed(Outcome.Failed failure) {
        worker().setDirty();
        return switch (stage) {
            case IMAGE -> new Outcome.NotStarted(images.failed(failure), null);
            case CREATE -> notStarted(Waiting.CREATE, failure.message());
            case START -> notStarted(Waiting.RUN, failure.message());
            case POST_START -> hookFailed(failure.message());
            case RUNNING -> {
                new Complaints(services()).notInspected(pod(), failure);
                yield new Outcome.Started(null);
            }
        };
    }

    private Outcome unresolved(UnresolvedException failure) {
        Missing missing = failure.type() == null || failure.key() == null
                ? null
                : new Missing(failure.type(), failure.key(), failure.resourceVersion());
        return misconfigured(String.valueOf(failure.getMessage()), missing);
    }

    private Outcome misconfigured(String message, @Nullable Missing missing) {
        services().warning(pod(), start.container().name(), "Failed", "Error: " + message);
        return new Outcome.NotStarted(
                new Waiting(
                        Waiting.CONFIG,
                        message,
                        image(start.container()),
                        missing == null ? services().time().instant().plus(RETRY) : null),
                missing);
    }

    private Outcome refused(String reason, DriverException failure) {
        // Whether it is there all the same is asked by the pod itself.
        worker().setDirty();
        return notStarted(reason, String.valueOf(failure.getMessage()));
    }

    private Outcome notStarted(String reason, String message) {
        services().warning(pod(), start.container().name(), "Failed", "Error: " + message);
        var waiting = new Waiting(
                reason,
                message,
                image(start.container()),
                services().time().instant().plus(RETRY));
        return new Outcome.NotStarted(waiting, null);
    }

    /** The container before this one is kept for its logs, older ones go. */
    private void removeOlder(Container container) {
        List<ContainerId> older = sandbox.containers().stream()
                .filter(state -> state.name().equals(container.name()))
                .filter(state -> state.attempt() < start.attempt() - 1)
                .filter(state -> state.phase() == ContainerState.Phase.EXITED)
                .map(ContainerState::id)
                .toList();
        if (!older.isEmpty()) {
            worker().spawn(new OlderContainerRemoval(services(), worker(), pod(), container.name(), older));
        }
    }

    private ContainerSpec spec(Container container, @Nullable SecurityContext security) throws UnresolvedException {
        Pod pod = pod();
        String node = pod.spec().nodeName();
        var facts = new PodFacts(
                sandbox.ips(),
                services().nodes().hostIp(node),
                services().nodes().allocatable(node));
        Map<String, String> env = new ContainerEnvironment(
                        services().store()::find,
                        volume -> services().volumes().directory(pod.metadata().uidOrEmpty(), volume),
                        pod,
                        facts,
                        services().serviceViews().variables(pod))
                .of(container);
        return new ContainerSpec(
                container.name(),
                start.attempt(),
                image(container),
                Expansion.expand(container.command(), env),
                Expansion.expand(container.args(), env),
                container.workingDir(),
                env,
                services().volumes().mounts(pod, container, env),
                container.resources(),
                security,
                container.tty(),
                container.stdin(),
                container.stdinOnce(),
                requireNonNullElse(container.terminationMessagePath(), DEFAULT_MESSAGE_PATH),
                container.lifecycle() == null ? null : container.lifecycle().stopSignal());
    }

    private static String image(Container container) {
        return requireNonNullElse(container.image(), "");
    }
}
