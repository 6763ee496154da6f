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
    private final @Nullable Path parent;
    private @Nullable Path root;

    /**
     * Makes nothing yet.
     *
     * @param parent where to make it; null for the usual place of temporary files
     */
    VolumeDirectory(@Nullable Path parent) {
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
                String prefix = "orchestrator-volumes-";
                Path made =
                        parent == null ? Files.createTempDirectory(prefix) : Files.createTempDirectory(parent, prefix);
                // Links that are resolved later must not seem to lead out of it.
                root = made.toRealPath();
            }
            return root;
        } finally {
            lock.unlock();
        }
    }

    /** Deletes what a pod has. */
    void remove(String uid) {
        Path made = made();
        if (made != null) {
            delete(made.resolve(uid));
        }
    }

    private @Nullable Path made() {
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
        Path made = made();
        if (made != null) {
            delete(made);
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
