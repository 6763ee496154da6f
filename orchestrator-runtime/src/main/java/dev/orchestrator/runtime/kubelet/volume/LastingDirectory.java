package dev.orchestrator.runtime.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory of a fixed name.
 *
 * @param path its real path
 */
record LastingDirectory(Path path) implements VolumeDirectory.Root {

    /** Makes it if need be. Nobody but its owner can enter it: what is mounted from it is not looked up through it. */
    static LastingDirectory make(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path);
            AtomicFiles.setMode(path, 0700);
        }
        return new LastingDirectory(path.toRealPath());
    }

    @Override
    public void close() {
        // It is kept for the next time.
    }
}
