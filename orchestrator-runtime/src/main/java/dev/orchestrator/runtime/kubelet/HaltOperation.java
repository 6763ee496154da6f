package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.orchestrator.api.model.core.Lifecycle;
import dev.orchestrator.api.model.core.LifecycleHandler;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.spi.SandboxState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a preStop hook, or tells a container to end and waits for it. */
final class HaltOperation extends PodOperation {

    private static final Logger LOG = LoggerFactory.getLogger(HaltOperation.class);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

    private final PodServices services;
    private final Pod pod;
    private final SandboxState sandbox;
    private final Halt halt;

    HaltOperation(PodServices services, PodWorker worker, Pod pod, SandboxState sandbox, Halt halt) {
        super(services, worker);
        this.services = services;
        this.pod = pod;
        this.sandbox = sandbox;
        this.halt = halt;
    }

    @Override
    Outcome run() throws InterruptedException {
        Duration grace = halt.grace();
        Lifecycle lifecycle = halt.container().lifecycle();
        LifecycleHandler preStop = lifecycle == null ? null : lifecycle.preStop();
        if (halt.isHook() && preStop != null) {
            var targets = new Targets(
                    services.driver(),
                    sandbox,
                    services.nodes().hostIp(pod.spec().nodeName()));
            String failure =
                    new Hooks(services, this).run(halt.container(), halt.state().id(), preStop, targets, grace);
            if (failure != null) {
                hookFailed();
            }
            return new Outcome.Done();
        }
        awaitDrained(grace);
        return call("stopping container", grace.plus(services.options().callTimeout()), () -> {
            services.driver().stopContainer(halt.state().id(), grace);
            return new Outcome.Done();
        });
    }

    /** The driver hangs; a hook that has not ended within the grace period is not waited for. */
    @Override
    Outcome failed(Outcome.Failed failure) {
        if (!halt.isHook()) {
            return failure;
        }
        hookFailed();
        return new Outcome.Done();
    }

    private void hookFailed() {
        services.warning(pod, halt.container().name(), "FailedPreStopHook", "PreStopHook failed");
    }

    // A program that is told to end while connections are still sent to it refuses some of them.
    private void awaitDrained(Duration grace) throws InterruptedException {
        String ip = pod.status().podIP();
        if (ip == null || grace.isZero() || !pod.metadata().isTerminating()) {
            return;
        }
        var drained = new CountDownLatch(1);
        Runnable takeBack = services.options().drain().whenDrained(pod, ip, drained::countDown);
        try {
            if (!drained.await(Math.min(grace.toMillis(), DRAIN_LIMIT.toMillis()), TimeUnit.MILLISECONDS)) {
                LOG.debug("pod {}: services still send to it, it is stopped nevertheless", pod.key());
            }
        } finally {
            takeBack.run();
        }
    }

    @Override
    Message report(Outcome outcome) {
        return new Message.HaltEnded(halt, outcome);
    }
}
