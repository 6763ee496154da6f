package dev.orchestrator.runtime.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One directory with a directory for each pod and in it one for each volume; made when it is first needed. */
final class VolumeDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VolumeDirectory.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Path parent;
    private @Nullable OwnedDirectory root;

    /**
     * Makes nothing yet.
     *
     * @param parent where to make it
     */
    VolumeDirectory(Path parent) {
        this.parent = parent;
    }

    /** {@return the directory of a volume, made if need be} */
    Path of(String uid, String volume) throws IOException {
        return Files.createDirectories(root().resolve(uid).resolve(volume));
    }

    private Path root() throws IOException {
        lock.lock();
        try {
            if (root == null) {
                root = OwnedDirectory.make(parent);
            }
            return root.path();
        } finally {
            lock.unlock();
        }
    }

    /** Deletes what a pod has. */
    void remove(String uid) {
        OwnedDirectory made = made();
        if (made != null) {
            delete(made.path().resolve(uid));
        }
    }

    private @Nullable OwnedDirectory made() {
        lock.lock();
        try {
            return root;
        } finally {
            lock.unlock();
        }
    }

    /** Deletes everything. */
    @Override
    public void close() {
        OwnedDirectory made = made();
        if (made != null) {
            made.close();
        }
    }

    private static void delete(Path directory) {
        try {
            Trees.delete(directory);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted", directory, e);
        }
    }
}
