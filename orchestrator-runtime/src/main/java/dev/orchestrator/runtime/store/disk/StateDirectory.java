package dev.orchestrator.runtime.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.OptionalLong;

import dev.orchestrator.api.StateException;
import dev.orchestrator.runtime.store.CommitLog;
import dev.orchestrator.runtime.store.StoredState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that keeps the state of one orchestrator, opened by that orchestrator.
 *
 * <p>It holds a file {@code state-}<i>n</i> with everything and a file {@code lock}. Whoever makes it can be sure that
 * nobody else reads it: it may hold secrets.
 */
public final class StateDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StateDirectory.class);
    private static final int ID_BYTES = 8;
    private static final long LEAST_GROWTH = 8L << 20;

    /**
     * More commits than can have been seen and not been kept: a writer waits for each. After the next start no other
     * commit has a revision that somebody may have seen.
     */
    private static final long UNKEPT = 1L << 20;

    private final Path path;
    private final String id;
    private final StateLock lock;
    private final StateLog log;

    private StateDirectory(Path path, String id, StateLock lock, StateLog log) {
        this.path = path;
        this.id = id;
        this.lock = lock;
        this.log = log;
    }

    /**
     * Opens a directory, which is made if need be.
     *
     * @param name the name of the orchestrator whose state it is
     * @throws StateException if it can not be used; nothing in it was changed then
     */
    public static StateDirectory open(Path directory, String name, ObjectFormat format) {
        return open(directory, name, format, new LocalDisk(), LEAST_GROWTH);
    }

    static StateDirectory open(Path directory, String name, ObjectFormat format, Disk disk, long leastGrowth) {
        if (name.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("the name of an orchestrator with a state is one line: " + name);
        }
        try {
            LocalDisk.makeDirectory(directory.toAbsolutePath());
            Path path = directory.toRealPath();
            StateLock lock = StateLock.take(path);
            boolean isOpen = false;
            try {
                StateDirectory opened = open(path, lock, name, format, disk, leastGrowth);
                isOpen = true;
                return opened;
            } finally {
                if (!isOpen) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw new StateException(
                    StateException.Reason.INACCESSIBLE, "state directory " + directory + " can not be used: " + e, e);
        }
    }

    private static StateDirectory open(
            Path path, StateLock lock, String name, ObjectFormat format, Disk disk, long leastGrowth)
            throws IOException {
        var files = new Generations(path);
        OptionalLong newest = files.newest();
        if (newest.isEmpty()) {
            var snapshot = new Snapshot(format, newId(), name);
            Snapshot.Begun begun = snapshot.write(disk, files.unfinished(1), StoredState.NOTHING);
            files.put(1);
            var log = new StateLog(disk, files, snapshot, StoredState.NOTHING, 1, begun, leastGrowth);
            return new StateDirectory(path, snapshot.id(), lock, log);
        }
        long number = newest.getAsLong();
        Path file = files.file(number);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var frames = new Frames(file, channel);
            var replay = new Replay(frames);
            for (byte[] text = frames.next(); text != null; text = frames.next()) {
                replay.read(text);
            }
            // Asked first: a file that is not whole has no name either.
            var objects = replay.objects(format);
            requireName(path, replay.name(), name);
            if (frames.isTorn()) {
                LOG.info("the last record of {} was never finished, nobody was told of it", file);
            }
            long revision = replay.isClosed() ? replay.revision() : replay.revision() + UNKEPT;
            Snapshot.Begun begun = goOn(disk, file, format, frames.position(), revision);
            files.removeAllBut(number);
            var log = new StateLog(
                    disk,
                    files,
                    new Snapshot(format, replay.id(), name),
                    new StoredState(revision, objects),
                    number,
                    begun,
                    leastGrowth);
            return new StateDirectory(path, replay.id(), lock, log);
        }
    }

    private static Snapshot.Begun goOn(Disk disk, Path file, ObjectFormat format, long position, long revision)
            throws IOException {
        Disk.Output output = disk.open(file, position);
        boolean isSafe = false;
        try {
            var lines = new Lines(format);
            lines.mark(Lines.OPEN, revision);
            var frame = lines.frame();
            long size = position + frame.remaining();
            output.write(frame);
            output.force();
            isSafe = true;
            return new Snapshot.Begun(output, size);
        } finally {
            if (!isSafe) {
                output.close();
            }
        }
    }

    private static void requireName(Path path, String found, String name) {
        if (!found.equals(name)) {
            throw new StateException(
                    StateException.Reason.OTHER_NAME,
                    "state directory " + path + " belongs to the orchestrator \"" + found + "\", not to \"" + name
                            + "\"",
                    null);
        }
    }

    private static String newId() {
        byte[] bytes = new byte[ID_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * {@return a directory in it for files of another part, which that part makes}
     *
     * @param name neither {@code lock} nor like {@code state-1}
     */
    public Path beside(String name) {
        return path.resolve(name);
    }

    /** {@return what tells this state from all others, for ever} */
    public String id() {
        return id;
    }

    /** {@return what a store begins with and keeps its commits in} */
    public CommitLog log() {
        return log;
    }

    /** Keeps what is left to be kept, and lets go of the directory. To be called when nothing is written any more. */
    @Override
    public void close() {
        log.close();
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("{} is not let go", path, e);
        }
    }
}
