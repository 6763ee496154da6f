package dev.orchestrator.runtime.kubelet;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Locale;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Probe;
import dev.orchestrator.runtime.kubelet.probe.ProbeAnswer;
import dev.orchestrator.runtime.kubelet.probe.ProbeKind;
import dev.orchestrator.runtime.kubelet.probe.ProbeTally;
import dev.orchestrator.spi.ContainerState;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Runs one probe of one container again and again: a timer between the runs, a virtual thread during each. */
final class ProbeRun {

    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(10);
    private static final int DEFAULT_PERIOD = 10;

    // Probes that are due at the same moment wake the machine together, which costs a fraction of one by one.
    private static final int SLOT_NANOS = 100_000_000;
    private static final Duration SHARED_FROM = Duration.ofSeconds(1);
    private static final int DEFAULT_FAILURES = 3;

    private final PodServices services;
    private final PodWorker worker;
    private final Pod pod;
    private final Container container;
    private final ProbeKind kind;
    private final Probe probe;
    private final ContainerState state;
    private final SandboxState sandbox;
    private final Duration period;
    private ProbeTally tally = ProbeTally.NONE;
    private @Nullable Boolean reported;
    private @Nullable Instant next;
    private volatile boolean stopped;
    private volatile TimeSource.@Nullable Timer timer;

    /** The container that is probed, as it runs now. */
    record Subject(Pod pod, Container container, ContainerState state, SandboxState sandbox) {}

    ProbeRun(PodServices services, PodWorker worker, Subject subject, ProbeKind kind, Probe probe) {
        this.services = services;
        this.worker = worker;
        this.pod = subject.pod();
        this.container = subject.container();
        this.kind = kind;
        this.probe = probe;
        this.state = subject.state();
        this.sandbox = subject.sandbox();
        this.period = period(pod, container.name(), kind, probe);
    }

    boolean isOf(String name, ProbeKind otherKind) {
        return kind == otherKind && container.name().equals(name);
    }

    boolean isAbout(ContainerState other) {
        return state.id().equals(other.id());
    }

    /** Begins; the first run is due when the container has run for the initial delay. */
    void start(Instant now) {
        Instant first = requireNonNullElse(state.startedAt(), now).plusSeconds(probe.initialDelaySeconds());
        if (first.isAfter(now)) {
            timer = services.time().schedule(first, this::due);
        } else {
            due();
        }
    }

    void stop() {
        stopped = true;
        TimeSource.Timer pending = timer;
        if (pending != null) {
            pending.cancel();
        }
    }

    private void due() {
        if (!stopped) {
            services.runners().start("probe/" + worker.key() + "/" + container.name(), this::run);
        }
    }

    private void run() {
        new ProbeOperation(services, container, probe, state.id(), sandbox, this::take).start();
    }

    private void take(@Nullable ProbeAnswer answer, @Nullable String error) {
        if (stopped) {
            return;
        }
        // The next run is set before the answer is told, so that whoever acts on it can stop it.
        boolean isDone = answer != null && count(answer);
        if (!isDone) {
            timer = services.time().schedule(next(services.time().instant()), this::due);
            if (stopped) {
                stop();
            }
        }
        if (answer != null) {
            tell(answer);
        } else if (error != null) {
            services.warning(
                    pod,
                    container.name(),
                    "Unhealthy",
                    kind.text() + " probe errored and resulted in unknown state: " + error);
        }
    }

    /** {@return when the next run is due: one period after the last one was, or at once if that took longer} */
    private Instant next(Instant now) {
        Instant last = next;
        if (last == null) {
            next = first(now);
            return next;
        }
        long late = Duration.between(last, now).dividedBy(period);
        next = last.plus(period.multipliedBy(Math.max(1, late)));
        return next.isBefore(now) ? now : next;
    }

    private Instant first(Instant now) {
        double spread = services.options().probeSpread().getAsDouble();
        if (spread <= 0) {
            return now.plus(period);
        }
        Instant due = now.plusNanos((long) (period.toNanos() * Math.min(spread, 1)));
        return period.compareTo(SHARED_FROM) < 0
                ? due
                : due.plusNanos(Math.floorMod(-due.get(ChronoField.NANO_OF_SECOND), SLOT_NANOS));
    }

    /** {@return whether nothing is left to be found out about this container} */
    private boolean count(ProbeAnswer answer) {
        tally = tally.with(answer.isSuccess());
        return isDecided() && (kind == ProbeKind.STARTUP || (kind == ProbeKind.LIVENESS && !answer.isSuccess()));
    }

    private boolean isDecided() {
        int failures = probe.failureThreshold() <= 0 ? DEFAULT_FAILURES : probe.failureThreshold();
        return tally.counts(probe.successThreshold(), failures);
    }

    private void tell(ProbeAnswer answer) {
        switch (answer.verdict()) {
            case FAILURE ->
                services.warning(
                        pod, container.name(), "Unhealthy", kind.text() + " probe failed: " + answer.message());
            case WARNING ->
                services.warning(
                        pod, container.name(), "ProbeWarning", kind.text() + " probe warning: " + answer.message());
            case SUCCESS -> {}
        }
        if (isDecided() && !Boolean.valueOf(tally.last()).equals(reported)) {
            reported = tally.last();
            worker.post(new Message.Probed(container.name(), state.attempt(), kind, tally.last()));
        }
    }

    /** An annotation of the pod may ask for a period that Kubernetes' whole seconds can not express. */
    private static Duration period(Pod pod, String container, ProbeKind kind, Probe probe) {
        String name = "probe.orchestrator.dev/" + container + "." + kind.text().toLowerCase(Locale.ROOT) + ".period";
        String exact = pod.metadata().annotations().get(name);
        Duration whole = Duration.ofSeconds(probe.periodSeconds() <= 0 ? DEFAULT_PERIOD : probe.periodSeconds());
        if (exact == null) {
            return whole;
        }
        try {
            Duration period = Duration.parse(exact);
            return period.compareTo(SHORTEST_PERIOD) < 0 ? SHORTEST_PERIOD : period;
        } catch (DateTimeException notADuration) {
            return whole;
        }
    }
}
