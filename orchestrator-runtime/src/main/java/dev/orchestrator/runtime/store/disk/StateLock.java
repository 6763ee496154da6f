package dev.orchestrator.runtime.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.StateException;

/** The right to a state directory: one orchestrator has it at a time, until it ends or its JVM does, however. */
final class StateLock implements AutoCloseable {

    /** The directories that this JVM has locked: closing any channel to a file gives up a process's locks on it. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private StateLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the right to a directory.
     *
     * @param directory its real path
     * @throws StateException with reason {@code IN_USE} if another orchestrator has it
     */
    static StateLock take(Path directory) throws IOException {
        if (!OURS.add(directory)) {
            throw inUse(directory, "another orchestrator of this JVM");
        }
        boolean isTaken = false;
        try {
            Path file = directory.resolve("lock");
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    throw inUse(
                            directory, "the process " + Files.readString(file).strip());
                }
                channel.truncate(0);
                channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
                isTaken = true;
                return new StateLock(directory, channel);
            } finally {
                if (!isTaken) {
                    channel.close();
                }
            }
        } finally {
            if (!isTaken) {
                OURS.remove(directory);
            }
        }
    }

    private static StateException inUse(Path directory, String by) {
        return new StateException(
                StateException.Reason.IN_USE, "state directory " + directory + " is in use by " + by, null);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            OURS.remove(directory);
        }
    }
}
