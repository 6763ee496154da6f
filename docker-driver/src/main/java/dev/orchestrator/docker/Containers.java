package dev.orchestrator.docker;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.HostConfig;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.ContainerSpec;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.ContainerState.Phase;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.SandboxId;
import org.jspecify.annotations.Nullable;

/** The containers of one driver's pods. */
final class Containers {

    private static final int NOT_STARTED = 128;
    private static final int NOT_FOUND = 404;

    private final Engine engine;
    private final String instance;
    private final Pods pods;
    private final ContainerConfig config;
    private final TerminationMessages messages;
    private final Removal removal;
    private final Exits exits;

    Containers(
            Engine engine,
            String instance,
            Pods pods,
            ContainerConfig config,
            TerminationMessages messages,
            Removal removal,
            TimeSource time) {
        this.engine = engine;
        this.instance = instance;
        this.pods = pods;
        this.config = config;
        this.messages = messages;
        this.removal = removal;
        this.exits = new Exits(engine, time);
    }

    ContainerId create(SandboxId sandbox, ContainerSpec spec) throws InterruptedException {
        String what = "creating container " + spec.name();
        Inspected pause = pods.find(sandbox)
                .filter(Inspected::isRunning)
                .orElseThrow(
                        () -> new DriverException(Reason.NOT_FOUND, what + ": sandbox " + sandbox + " does not run"));
        Optional<Path> messageFile = spec.terminationMessagePath().isEmpty() ? Optional.empty() : messages.create();
        String name = Names.container(pause, spec);
        String made = engine.call(what, docker -> {
            try {
                return config.command(docker, pause, spec, messageFile).exec().getId();
            } catch (DockerException e) {
                messageFile.ifPresent(TerminationMessages::delete);
                if (Failures.isNameTaken(e)) {
                    return "";
                }
                throw refused(what, spec, e);
            }
        });
        return new ContainerId(
                made.isEmpty() ? engine.awaitContainer(what, name).id() : made);
    }

    private static RuntimeException refused(String what, ContainerSpec spec, DockerException refused) {
        if (Failures.isEngineFault(refused)) {
            return refused;
        }
        String message = Failures.message(refused);
        boolean isImage = (refused.getHttpStatus() == NOT_FOUND
                        && message.toLowerCase(Locale.ROOT).startsWith("no such image"))
                || message.contains("invalid reference format");
        return isImage
                ? new DriverException(
                        Reason.IMAGE_NOT_FOUND,
                        what + ": image " + spec.image() + " is not present: " + message,
                        refused)
                : new DriverException(Reason.CREATE_REJECTED, what + ": " + message, refused);
    }

    Optional<Inspected> find(ContainerId id) throws InterruptedException {
        return Inspected.find(engine, id.value()).filter(found -> found.isOf(instance, Labels.CONTAINER));
    }

    /** {@return a container that must be there} */
    Inspected get(ContainerId id, String what) throws InterruptedException {
        return find(id).orElseThrow(
                        () -> new DriverException(Reason.NOT_FOUND, what + ": container " + id + " does not exist"));
    }

    /** {@return a container that must run} */
    Inspected running(ContainerId id, String what) throws InterruptedException {
        Inspected found = get(id, what);
        if (!found.isRunning()) {
            throw new DriverException(Reason.NOT_FOUND, what + ": container " + id + " does not run");
        }
        return found;
    }

    Optional<ContainerState> state(ContainerId id) throws InterruptedException {
        return find(id).map(Containers::state);
    }

    /** {@return the state of a container as the SPI words it} */
    static ContainerState state(Inspected container) {
        boolean isUnstartable = !container.error().isEmpty() && container.startedAt() == null;
        Phase phase = container.isRunning() ? Phase.RUNNING : container.isNew() ? Phase.CREATED : Phase.EXITED;
        @Nullable Instant started = phase == Phase.CREATED ? null : container.startedAt();
        return new ContainerState(
                new ContainerId(container.id()),
                container.label(Labels.CONTAINER_NAME),
                container.attempt(),
                container.image(),
                container.imageId(),
                phase,
                container.createdAt(),
                started,
                phase == Phase.EXITED ? end(started, container.finishedAt()) : null,
                phase != Phase.EXITED ? 0 : isUnstartable ? NOT_STARTED : container.exitCode(),
                container.isOutOfMemory(),
                message(container, phase));
    }

    // The engine notes a start only after it has happened: a short process seems to have ended before.
    private static @Nullable Instant end(@Nullable Instant started, @Nullable Instant finished) {
        return started != null && finished != null && finished.isBefore(started) ? started : finished;
    }

    private static String message(Inspected container, Phase phase) {
        if (phase != Phase.EXITED) {
            return "";
        }
        return container.error().isEmpty() ? TerminationMessages.read(container) : container.error();
    }

    void start(ContainerId id) throws InterruptedException {
        String what = "starting container " + id;
        Inspected container = get(id, what);
        if (!container.isNew()) {
            return;
        }
        if (pods.find(new SandboxId(container.label(Labels.SANDBOX_ID)))
                .filter(Inspected::isRunning)
                .isEmpty()) {
            throw new DriverException(Reason.NOT_FOUND, what + ": its sandbox does not run");
        }
        engine.call(what, docker -> {
            try {
                docker.startContainerCmd(id.value()).exec();
            } catch (NotModifiedException e) {
                // It runs.
                return id;
            } catch (NotFoundException e) {
                // Also what the engine says of a program that is not in the image.
                throw Failures.message(e).startsWith("No such container")
                        ? e
                        : new DriverException(Reason.START_REJECTED, Failures.message(e), e);
            } catch (DockerException e) {
                if (Failures.isEngineFault(e)) {
                    throw e;
                }
                engine.noteUnstartable(id.value(), Failures.message(e));
                throw new DriverException(Reason.START_REJECTED, Failures.message(e), e);
            }
            return id;
        });
    }

    void stop(ContainerId id, Duration grace) throws InterruptedException {
        Optional<Inspected> found = find(id);
        if (found.isEmpty() || !found.get().isRunning()) {
            return;
        }
        if (grace.isPositive()) {
            if (found.get().isPaused()) {
                // A frozen process hears no signal.
                removal.kill(List.of(id.value()));
                return;
            }
            signal(id, found.get().stopSignal());
            if (exits.await(id, grace)) {
                return;
            }
        }
        removal.kill(List.of(id.value()));
        exits.await(id, engine.callTimeout());
    }

    private void signal(ContainerId id, String signal) throws InterruptedException {
        engine.call("stopping container " + id, docker -> {
            try {
                docker.killContainerCmd(id.value()).withSignal(signal).exec();
            } catch (DockerException e) {
                // Gone, or ended by itself?
                if (!Failures.isEnded(e)) {
                    throw e;
                }
            }
            return id;
        });
    }

    void update(ContainerId id, ResourceRequirements resources) throws InterruptedException {
        String what = "giving other resources to container " + id;
        running(id, what);
        HostConfig limits = HostConfig.newHostConfig();
        ContainerConfig.limit(limits, resources);
        engine.call(what, docker -> {
            try {
                return docker.updateContainerCmd(id.value())
                        .withMemory(limits.getMemory())
                        .withMemorySwap(limits.getMemorySwap())
                        .withCpuPeriod(limits.getCpuPeriod())
                        .withCpuQuota(limits.getCpuQuota())
                        .withCpuShares(limits.getCpuShares())
                        .exec();
            } catch (ConflictException e) {
                throw new DriverException(Reason.NOT_FOUND, what + ": " + Failures.message(e), e);
            } catch (DockerException e) {
                // An engine that knows no such call answers 404, too.
                boolean isGone = e.getHttpStatus() == NOT_FOUND
                        && Failures.message(e).toLowerCase(Locale.ROOT).contains("container");
                throw isGone || Failures.isEngineFault(e)
                        ? e
                        : new DriverException(Reason.UNSUPPORTED, what + ": " + Failures.message(e), e);
            }
        });
    }

    void remove(ContainerId id) throws InterruptedException {
        Optional<Inspected> found = find(id);
        if (found.isPresent()) {
            removal.remove(List.of(id.value()));
            TerminationMessages.delete(found.get());
        }
    }

    Exits exits() {
        return exits;
    }
}
