package dev.orchestrator.spi;

import java.nio.file.Path;

import static java.util.Objects.requireNonNull;

/**
 * What a driver works for beyond the life of its process: the state of an orchestrator that is kept and taken up again.
 * One process at a time has it.
 *
 * @param id tells it from all other states, for ever; at least twelve hexadecimal digits
 * @param directory an existing directory of this machine for the driver's own files; it is there as long as the state
 *     is, so where it is gone nobody will ask for the containers of the state again
 */
public record DriverState(String id, Path directory) {

    /** Refuses null. */
    public DriverState {
        requireNonNull(id, "id is null");
        requireNonNull(directory, "directory is null");
    }
}
