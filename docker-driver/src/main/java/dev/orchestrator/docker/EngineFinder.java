package dev.orchestrator.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.docker.EngineCandidates.Candidate;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import org.jspecify.annotations.Nullable;

/** Finds the first engine that answers. */
final class EngineFinder {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TimeSource timers;
    private final Duration callTimeout;

    EngineFinder(TimeSource timers, Duration callTimeout) {
        this.timers = timers;
        this.callTimeout = callTimeout;
    }

    /**
     * {@return the first of the candidates that answers, with the version of its API agreed upon}
     *
     * @throws DriverException with reason {@code UNAVAILABLE} if none does; its message says what was tried and why
     *     each failed
     */
    Engine first(List<Candidate> candidates) throws InterruptedException {
        var tried = new StringJoiner("\n  ", "no Docker engine answers:\n  ", "");
        var failures = new ArrayList<Exception>();
        for (Candidate candidate : candidates) {
            EngineAddress address = candidate.address();
            if (address == null) {
                tried.add(candidate.source() + ": " + candidate.problem());
                continue;
            }
            try {
                return reach(address);
            } catch (UncheckedIOException | DriverException | IllegalArgumentException e) {
                if (e.getCause() instanceof ClosedByInterruptException) {
                    // Clears the flag that the exception stands for.
                    Thread.interrupted();
                    throw new InterruptedException("interrupted while looking for a Docker engine");
                }
                tried.add(candidate.source() + ": " + address + ": " + reason(e) + EngineTls.advice(address, e));
                failures.add(e);
            }
        }
        var none = new DriverException(
                Reason.UNAVAILABLE, tried.toString(), failures.isEmpty() ? null : failures.getFirst());
        failures.stream().skip(1).forEach(none::addSuppressed);
        throw none;
    }

    private static String reason(Exception failure) {
        @Nullable Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        String message = cause == null ? null : cause.getMessage();
        return message == null ? String.valueOf(cause) : message;
    }

    private Engine reach(EngineAddress address) {
        var http = new EngineHttp(address, timers);
        try (Exchange ping = ping(http)) {
            if (ping.getStatusCode() != 200) {
                throw new IOException("it answers " + ping.getStatusCode() + ": " + HttpHead.text(ping.getBody()));
            }
            String offered = ping.getHeader("Api-Version");
            boolean isPodman = ping.getHeader("Libpod-API-Version") != null;
            return new Engine(http, ApiVersion.agreed(offered == null ? "" : offered), callTimeout, isPodman);
        } catch (IOException e) {
            http.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            http.close();
            throw e;
        }
    }

    private static Exchange ping(EngineHttp http) {
        Request request =
                Request.builder().method(Request.Method.GET).path("/_ping").build();
        return http.stream(request, PATIENCE);
    }
}
