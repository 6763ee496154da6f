package dev.orchestrator.spi;

import static java.util.Objects.requireNonNull;

/**
 * Names a container within its driver.
 *
 * @param value the driver's own id
 */
public record ContainerId(String value) {

    /** Refuses null. */
    public ContainerId {
        requireNonNull(value, "value is null");
    }

    /** {@return the driver's own id} */
    @Override
    public String toString() {
        return value;
    }
}
