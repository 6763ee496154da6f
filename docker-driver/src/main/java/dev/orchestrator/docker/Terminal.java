package dev.orchestrator.docker;

import dev.orchestrator.spi.DriverException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The terminal of a process.
 *
 * @param engine where the process runs
 * @param process the path of the process there
 * @param exists whether it has a terminal at all
 */
record Terminal(Engine engine, String process, boolean exists) {

    private static final Logger LOG = LoggerFactory.getLogger(Terminal.class);

    /** Changes its size; one that has gone with its process has none. */
    void resize(int columns, int rows) {
        if (!exists) {
            return;
        }
        try {
            String path = process + "/resize?h=" + rows + "&w=" + columns;
            engine.open("resizing a terminal", "POST", path, "").close();
        } catch (DriverException e) {
            LOG.debug("the terminal of {} is not resized", process, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
