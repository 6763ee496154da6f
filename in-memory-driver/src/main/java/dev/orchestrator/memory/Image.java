package dev.orchestrator.memory;

import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.ImageDescription;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue knows about an image.
 *
 * @param canonical its full name
 * @param description what the kubelet is told about it
 * @param behaviour what happens when it is pulled or run
 */
record Image(String canonical, ImageDescription description, Behaviour behaviour) {

    /** What happens when an image is pulled or run. */
    sealed interface Behaviour {

        /** Runs until it is stopped, without a thread. */
        record Idle() implements Behaviour {}

        /** Runs Java code. */
        record Runs(ContainerProgram program) implements Behaviour {}

        /** Follows a script. */
        record Scripted(ContainerScript script) implements Behaviour {}

        /** Can not be pulled; no message stands for what a registry says of an image that it does not have. */
        record Unavailable(
                DriverException.Reason reason, @Nullable String message) implements Behaviour {}
    }
}
