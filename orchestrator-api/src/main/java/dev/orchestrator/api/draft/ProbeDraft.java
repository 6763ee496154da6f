package dev.orchestrator.api.draft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.core.ExecAction;
import dev.orchestrator.api.model.core.GRPCActionBuilder;
import dev.orchestrator.api.model.core.HTTPGetActionBuilder;
import dev.orchestrator.api.model.core.HTTPHeader;
import dev.orchestrator.api.model.core.Probe;
import dev.orchestrator.api.model.core.ProbeBuilder;
import dev.orchestrator.api.model.core.TCPSocketAction;
import org.jspecify.annotations.Nullable;

/**
 * A probe in the making; made by {@link Drafts#httpGet}, {@link Drafts#tcpSocket}, {@link Drafts#grpc} and
 * {@link Drafts#exec}.
 *
 * <p>Kubernetes counts in whole seconds. A period that is not whole, such as half a second, is rounded up to the next
 * second in the probe itself, and the pod is annotated with the exact period, which this orchestrator's kubelet keeps:
 * {@code probe.orchestrator.dev/<container>.<readiness|liveness|startup>.period}, an ISO 8601 duration such as
 * {@code PT0.5S}. On any other cluster the pod runs with whole seconds.
 */
public final class ProbeDraft {

    private Probe probe;
    private @Nullable IntOrString port;
    private Optional<Duration> exactPeriod = Optional.empty();

    ProbeDraft(Probe probe) {
        this.probe = probe;
    }

    /** Sets the port to ask; without, it is the first port of the container. */
    public ProbeDraft port(int number) {
        port = IntOrString.of(number);
        return this;
    }

    /** Sets the port to ask by its name in the container. */
    public ProbeDraft port(String name) {
        port = IntOrString.of(name);
        return this;
    }

    /** Adds a header to an HTTP request; other probes have none. */
    public ProbeDraft header(String name, String value) {
        return change(same -> {
            var get = same.httpGet();
            if (get == null) {
                throw new IllegalStateException("only an HTTP probe has headers");
            }
            List<HTTPHeader> headers = new ArrayList<>(get.httpHeaders());
            headers.add(new HTTPHeader(name, value));
            return ProbeBuilder.builder(same)
                    .httpGet(HTTPGetActionBuilder.builder(get)
                            .httpHeaders(headers)
                            .build())
                    .build();
        });
    }

    /**
     * Sets how often to ask; by default every ten seconds. Fractions of a second: see {@link ProbeDraft}.
     *
     * @throws IllegalArgumentException if the period is not positive
     */
    public ProbeDraft every(Duration period) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("the period of a probe is not positive: " + period);
        }
        exactPeriod = wholeSeconds(period) ? Optional.empty() : Optional.of(period);
        return change(same ->
                ProbeBuilder.builder(same).periodSeconds(seconds(period, 1)).build());
    }

    /** Sets how long to wait for an answer, rounded up to whole seconds; by default one second. */
    public ProbeDraft timeout(Duration timeout) {
        return change(same ->
                ProbeBuilder.builder(same).timeoutSeconds(seconds(timeout, 1)).build());
    }

    /** Sets how long after the start of the container to begin, rounded up to whole seconds. */
    public ProbeDraft initialDelay(Duration delay) {
        return change(same -> ProbeBuilder.builder(same)
                .initialDelaySeconds(seconds(delay, 0))
                .build());
    }

    /** Sets how many failures in a row count as one; by default three. */
    public ProbeDraft failureThreshold(int failures) {
        return change(
                same -> ProbeBuilder.builder(same).failureThreshold(failures).build());
    }

    /** Sets how many successes in a row count as one; by default one. */
    public ProbeDraft successThreshold(int successes) {
        return change(
                same -> ProbeBuilder.builder(same).successThreshold(successes).build());
    }

    /** Changes the probe in any way: for fields that no other method sets. */
    public ProbeDraft change(UnaryOperator<Probe> change) {
        probe = change.apply(probe);
        return this;
    }

    /** {@return the exact period, if it is no whole number of seconds} */
    Optional<Duration> exactPeriod() {
        return exactPeriod;
    }

    Probe build(@Nullable Integer firstPort) {
        IntOrString asked = port;
        if (asked == null) {
            asked = firstPort == null ? null : IntOrString.of(firstPort);
        }
        if (asked == null) {
            return probe;
        }
        var builder = ProbeBuilder.builder(probe);
        var http = probe.httpGet();
        var tcp = probe.tcpSocket();
        var grpc = probe.grpc();
        if (http != null && http.port() == null) {
            builder.httpGet(HTTPGetActionBuilder.builder(http).port(asked).build());
        }
        if (tcp != null && tcp.port() == null) {
            builder.tcpSocket(new TCPSocketAction(tcp.host(), asked));
        }
        if (grpc != null && grpc.port() == 0 && asked.isNumber()) {
            builder.grpc(GRPCActionBuilder.builder(grpc).port(asked.number()).build());
        }
        return builder.build();
    }

    static ProbeDraft httpGet(String path) {
        return new ProbeDraft(ProbeBuilder.builder()
                .httpGet(HTTPGetActionBuilder.builder().path(path).build())
                .build());
    }

    static ProbeDraft tcpSocket() {
        return new ProbeDraft(ProbeBuilder.builder()
                .tcpSocket(new TCPSocketAction(null, null))
                .build());
    }

    static ProbeDraft grpc() {
        return new ProbeDraft(
                ProbeBuilder.builder().grpc(GRPCActionBuilder.builder().build()).build());
    }

    static ProbeDraft exec(List<String> command) {
        return new ProbeDraft(
                ProbeBuilder.builder().exec(new ExecAction(command)).build());
    }

    private static boolean wholeSeconds(Duration duration) {
        return duration.toNanosPart() == 0;
    }

    private static int seconds(Duration duration, int atLeast) {
        long seconds = wholeSeconds(duration) ? duration.toSeconds() : duration.toSeconds() + 1;
        return (int) Math.max(atLeast, Math.min(seconds, Integer.MAX_VALUE));
    }
}
