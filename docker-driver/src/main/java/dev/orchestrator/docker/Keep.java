package dev.orchestrator.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.DriverState;

/**
 * A file that keeps what an instance has made from being removed when its process has ended: it is there as long as the
 * state that the instance works for, and holds the instance's id.
 */
record Keep(Path path) {

    /** Makes the file of a state, before anything is made that it keeps. */
    static Keep of(DriverState state, String instance) {
        Path path = state.directory().toAbsolutePath().resolve("docker-instance");
        try {
            // Who looks for it at this moment must find it whole.
            if (!Files.exists(path) || !Files.readString(path).equals(instance)) {
                Path unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
                Files.writeString(unfinished, instance);
                Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            }
            return new Keep(path);
        } catch (IOException e) {
            throw new DriverException(Reason.UNAVAILABLE, "the state in " + path + " can not be written", e);
        }
    }

    /** {@return whether what carries these values of labels is kept} */
    static boolean holds(String path, String instance) {
        if (path.isEmpty() || instance.isEmpty()) {
            return false;
        }
        try {
            return Files.readString(Path.of(path), StandardCharsets.UTF_8).equals(instance);
        } catch (NoSuchFileException e) {
            // The state is gone, and nobody will ask for its containers.
            return false;
        } catch (IOException | RuntimeException e) {
            // It is somebody else's.
            return true;
        }
    }
}
