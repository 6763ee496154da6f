package dev.orchestrator.tck;

import java.util.List;

/**
 * Something that a driver can run.
 *
 * @param image the image
 * @param command the command to give; empty for the image's own
 */
public record Workload(String image, List<String> command) {

    /** Copies the list. */
    public Workload {
        command = List.copyOf(command);
    }

    /** {@return the workload of an image that does it by itself} */
    public static Workload of(String image, String... command) {
        return new Workload(image, List.of(command));
    }
}
