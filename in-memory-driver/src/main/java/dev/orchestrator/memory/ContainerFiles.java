package dev.orchestrator.memory;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.spi.ContainerSpec.MountSpec;
import org.jspecify.annotations.Nullable;

/** The files of a container: its mounts, and a private directory made when it is first needed. */
final class ContainerFiles {

    private final ReentrantLock lock = new ReentrantLock();
    private final TemporaryFiles temporary;
    private final List<MountSpec> mounts;
    private @Nullable Path root;

    ContainerFiles(TemporaryFiles temporary, List<MountSpec> mounts) {
        this.temporary = temporary;
        this.mounts = mounts;
    }

    /** {@return where an absolute path of the container is on this machine, its parent directory made} */
    Path locate(String absolute) throws IOException {
        String path = normalized(absolute);
        MountSpec mount = mountOf(path);
        if (mount == null) {
            Path file = root().resolve(path.substring(1));
            makeParent(file);
            return file;
        }
        String below = path.substring(normalized(mount.containerPath()).length());
        String relative = below.startsWith("/") ? below.substring(1) : below;
        return relative.isEmpty() ? mount.hostPath() : mount.hostPath().resolve(relative);
    }

    /** {@return where a path is, if anything of the container can be there; makes nothing} */
    @Nullable
    Path find(String absolute) {
        String path = normalized(absolute);
        lock.lock();
        try {
            if (mountOf(path) == null && root == null) {
                return null;
            }
        } finally {
            lock.unlock();
        }
        try {
            return locate(path);
        } catch (IOException e) {
            return null;
        }
    }

    private void makeParent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null && parent.startsWith(root())) {
            Files.createDirectories(parent);
        }
    }

    private @Nullable MountSpec mountOf(String path) {
        MountSpec longest = null;
        for (MountSpec mount : mounts) {
            String at = normalized(mount.containerPath());
            boolean below = path.equals(at) || path.startsWith(at.equals("/") ? at : at + "/");
            if (below
                    && (longest == null
                            || at.length() > normalized(longest.containerPath()).length())) {
                longest = mount;
            }
        }
        return longest;
    }

    /** Takes out {@code .} and {@code ..}, which never lead above the root. */
    static String normalized(String path) {
        var parts = new java.util.ArrayDeque<String>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    private Path root() throws IOException {
        lock.lock();
        try {
            if (root == null) {
                root = temporary.newDirectory();
                Files.createDirectories(root.resolve("tmp"));
            }
            return root;
        } finally {
            lock.unlock();
        }
    }

    /** Deletes the private directory. */
    void delete() throws IOException {
        lock.lock();
        try {
            if (root != null) {
                deleteTree(root);
                root = null;
            }
        } finally {
            lock.unlock();
        }
    }

    static void deleteTree(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The one temporary directory of a driver, made when it is first needed. */
    static final class TemporaryFiles {

        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Path directory;

        Path newDirectory() throws IOException {
            lock.lock();
            try {
                if (directory == null) {
                    directory = Files.createTempDirectory("orchestrator-in-memory-");
                }
                return Files.createTempDirectory(directory, "container-");
            } finally {
                lock.unlock();
            }
        }

        boolean exists() {
            lock.lock();
            try {
                return directory != null;
            } finally {
                lock.unlock();
            }
        }

        void delete() throws IOException {
            lock.lock();
            try {
                if (directory != null) {
                    deleteTree(directory);
                    directory = null;
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
