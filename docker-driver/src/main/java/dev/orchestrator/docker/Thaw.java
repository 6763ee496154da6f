package dev.orchestrator.docker;

import dev.orchestrator.spi.DriverException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes containers that somebody has paused by hand: a pod knows no such state, so nobody else would. */
final class Thaw {

    private static final Logger LOG = LoggerFactory.getLogger(Thaw.class);

    private final Engine engine;

    Thaw(Engine engine) {
        this.engine = engine;
    }

    /** Lets a container go on, on a thread of its own. */
    void start(String container) {
        Thread.ofVirtual().name("docker/thaw/" + container).start(() -> thaw(container));
    }

    private void thaw(String container) {
        try {
            engine.attempt(
                    "letting container " + container + " go on",
                    () -> engine.ask("POST", "/containers/" + container + "/unpause", ""));
            LOG.info("container {} was paused by hand and goes on", container);
        } catch (DriverException | InterruptedException e) {
            // It goes on already, or is gone; what is still paused is found by the next list.
            LOG.debug("container {} is not let go on", container, e);
        }
    }
}
