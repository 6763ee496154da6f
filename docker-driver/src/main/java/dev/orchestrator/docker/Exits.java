package dev.orchestrator.docker;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;

/** Waits for the end of containers: one open exchange, no polling. */
final class Exits {

    private final Engine engine;
    private final TimeSource time;

    Exits(Engine engine, TimeSource time) {
        this.engine = engine;
        this.time = time;
    }

    /**
     * Waits for the end of a container, or until it is gone.
     *
     * @return whether it has ended in time
     */
    boolean await(ContainerId id, Duration limit) throws InterruptedException {
        var late = new AtomicBoolean();
        Exchange exchange;
        try {
            exchange = open(id);
        } catch (DriverException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return true;
            }
            throw e;
        }
        TimeSource.Timer timer = time.schedule(limit, () -> {
            time.workStarted();
            late.set(true);
            exchange.close();
        });
        // Until the container ends or the time is over this waits for somebody else.
        time.workFinished();
        try (exchange) {
            exchange.getBody().readAllBytes();
            return !late.get();
        } catch (IOException e) {
            if (late.get()) {
                return false;
            }
            throw Failures.translated("waiting for container " + id, e);
        } finally {
            if (timer.cancel()) {
                time.workStarted();
            }
        }
    }

    /** {@return the exit code of a container, when it has ended} */
    int exitCode(ContainerId id) throws InterruptedException {
        try (Exchange exchange = open(id)) {
            JsonNode answer = Json.read(exchange.getBody());
            return answer.path("StatusCode").asInt();
        } catch (IOException e) {
            throw Failures.translated("waiting for container " + id, e);
        }
    }

    private Exchange open(ContainerId id) throws InterruptedException {
        return engine.open("waiting for container " + id, "POST", "/containers/" + id + "/wait", "");
    }
}
