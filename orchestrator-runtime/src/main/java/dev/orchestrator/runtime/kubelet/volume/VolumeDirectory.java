package dev.orchestrator.runtime.kubelet.volume;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One directory with a directory for each pod and in it one for each volume; made when it is first needed. */
final class VolumeDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VolumeDirectory.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Maker maker;
    private @Nullable Root root;

    /** A directory that was made. */
    interface Root extends AutoCloseable {

        Path path();

        @Override
        void close();
    }

    /** Makes the directory. */
    interface Maker {

        Root make() throws IOException;
    }

    /**
     * Makes nothing yet.
     *
     * @param maker makes it when it is needed
     */
    VolumeDirectory(Maker maker) {
        this.maker = maker;
    }

    /** {@return one that ends with this JVM, however that ends} */
    static VolumeDirectory owned(Path parent) {
        return new VolumeDirectory(() -> OwnedDirectory.make(parent));
    }

    /** {@return one that is there again for the next JVM} */
    static VolumeDirectory lasting(Path path) {
        return new VolumeDirectory(() -> LastingDirectory.make(path));
    }

    /** {@return the directory of a volume, made if need be} */
    Path of(String uid, String volume) throws IOException {
        return Files.createDirectories(root().resolve(uid).resolve(volume));
    }

    private Path root() throws IOException {
        lock.lock();
        try {
            if (root == null) {
                root = maker.make();
            }
            return root.path();
        } finally {
            lock.unlock();
        }
    }

    /** Deletes what a pod has. */
    void remove(String uid) {
        Root made = made();
        if (made != null) {
            delete(made.path().resolve(uid));
        }
    }

    private @Nullable Root made() {
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
        Root made = made();
        if (made != null) {
            made.close();
        }
    }

    /** Deletes what pods have that are not among these, also from before this JVM. */
    void retain(Set<String> uids) {
        try (DirectoryStream<Path> pods = Files.newDirectoryStream(root())) {
            for (Path pod : pods) {
                if (!uids.contains(pod.getFileName().toString())) {
                    delete(pod);
                }
            }
        } catch (IOException e) {
            LOG.warn("volumes of pods that are gone stay", e);
        }
    }

    static void delete(Path directory) {
        try {
            Trees.delete(directory);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted", directory, e);
        }
    }
}
