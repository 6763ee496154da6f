package dev.orchestrator.spi;

import static java.util.Objects.requireNonNull;

/**
 * Names a sandbox within its driver.
 *
 * @param value the driver's own id
 */
public record SandboxId(String value) {

    /** Refuses null. */
    public SandboxId {
        requireNonNull(value, "value is null");
    }

    /** {@return the driver's own id} */
    @Override
    public String toString() {
        return value;
    }
}
