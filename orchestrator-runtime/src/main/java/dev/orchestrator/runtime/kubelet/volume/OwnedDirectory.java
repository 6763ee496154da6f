package dev.orchestrator.runtime.kubelet.volume;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that belongs to this JVM. A file beside it is locked for as long as the JVM lives, however it ends: who
 * gets the lock later may delete both.
 */
final class OwnedDirectory implements VolumeDirectory.Root {

    private static final Logger LOG = LoggerFactory.getLogger(OwnedDirectory.class);
    private static final String PREFIX = "orchestrator-volumes-";
    private static final String LOCK = ".lock";
    private static final int TRIES = 10;

    private final Path path;
    private final Path lock;
    private final FileChannel locked;

    private OwnedDirectory(Path path, Path lock, FileChannel locked) {
        this.path = path;
        this.lock = lock;
        this.locked = locked;
    }

    /** Makes an empty directory. */
    static OwnedDirectory make(Path parent) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Path lock = Files.createTempFile(parent, ownPrefix(), LOCK);
            FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
            // A sweep may have found the file before it was locked, and deletes it then.
            if (channel.tryLock() != null && Files.exists(lock)) {
                // Links that are resolved later must not seem to lead out of it.
                Path made = Files.createDirectory(directory(lock)).toRealPath();
                return new OwnedDirectory(made, lock, channel);
            }
            channel.close();
        }
        throw new IOException("no directory for volumes can be made in " + parent);
    }

    // Locks are the process's, and closing any channel to a file gives up all of them: a JVM never opens its own.
    private static String ownPrefix() {
        return PREFIX + ProcessHandle.current().pid() + "-";
    }

    private static Path directory(Path lock) {
        String name = lock.getFileName().toString();
        return lock.resolveSibling(name.substring(0, name.length() - LOCK.length()));
    }

    @Override
    public Path path() {
        return path;
    }

    /** Deletes the directories of JVMs that have ended, as far as that is allowed. */
    static void sweep(Path parent) {
        String own = ownPrefix();
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(parent, file -> {
            String name = file.getFileName().toString();
            return name.startsWith(PREFIX) && name.endsWith(LOCK) && !name.startsWith(own);
        })) {
            for (Path lock : locks) {
                sweepOne(lock);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("what JVMs that have ended left in {} stays there", parent, e);
        }
    }

    private static void sweepOne(Path lock) {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                Trees.delete(directory(lock));
                Files.deleteIfExists(lock);
            }
        } catch (IOException e) {
            LOG.debug("{} is somebody else's, or was swept meanwhile", lock, e);
        }
    }

    @Override
    public void close() {
        try {
            Trees.delete(path);
            Files.deleteIfExists(lock);
            locked.close();
        } catch (IOException e) {
            LOG.warn("{} could not be deleted", path, e);
        }
    }
}
