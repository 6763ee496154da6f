package dev.orchestrator.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A folder that is gone with everything in it when it is closed.
 *
 * @param path where it is
 */
public record TemporaryFolder(Path path) implements AutoCloseable {

    private static final Path MEMORY = Path.of("/dev/shm");

    /** {@return a new folder} */
    public static TemporaryFolder named(String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(prefix));
    }

    /** {@return a new folder, in memory where the machine has such a place} */
    public static TemporaryFolder inMemory(String prefix) throws IOException {
        return Files.isDirectory(MEMORY)
                ? new TemporaryFolder(Files.createTempDirectory(MEMORY, prefix))
                : named(prefix);
    }

    @Override
    public void close() throws IOException {
        try (var all = Files.walk(path)) {
            all.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
        }
    }
}
