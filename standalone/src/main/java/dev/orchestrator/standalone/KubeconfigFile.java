package dev.orchestrator.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A kubeconfig on disk, for as long as its server runs; only its owner may read it, for it holds a secret. */
final class KubeconfigFile implements AutoCloseable {

    private final Path path;
    private final String text;

    private KubeconfigFile(Path path, String text) {
        this.path = path;
        this.text = text;
    }

    /**
     * Writes the file whole or not at all, in place of one that is there.
     *
     * @throws IOException if its folder is missing or can not be written to
     */
    static KubeconfigFile write(Path file, String text) throws IOException {
        Path path = file.toAbsolutePath().normalize();
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("--kubeconfig: the folder of " + path + " does not exist");
        }
        if (Files.isDirectory(path)) {
            throw new IOException("--kubeconfig: " + path + " is a folder");
        }
        Path draft = Files.createTempFile(folder, ".kubeconfig", "", secret(folder));
        try {
            Files.writeString(draft, text);
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        return new KubeconfigFile(path, text);
    }

    private static FileAttribute<?>[] secret(Path folder) {
        boolean isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    Path path() {
        return path;
    }

    /** Removes the file, unless somebody else has written it since. */
    @Override
    public void close() throws IOException {
        if (Files.isRegularFile(path)
                && Files.readString(path, StandardCharsets.UTF_8).equals(text)) {
            Files.delete(path);
        }
    }
}
