package dev.orchestrator.runtime.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import dev.orchestrator.api.model.core.HostPathVolumeSource;

import static java.util.Objects.requireNonNullElse;

/** Paths of the host that pods ask for. Source of the types: {@code core/v1 HostPathType}. */
final class HostPaths {

    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET = 0140000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int BLOCK_DEVICE = 0060000;

    private HostPaths() {}

    /** {@return the path, made if its type asks for that} */
    static Path check(HostPathVolumeSource source) throws IOException {
        Path path = Path.of(source.path());
        switch (requireNonNullElse(source.type(), "")) {
            case "DirectoryOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createDirectories(path);
                    AtomicFiles.setMode(path, 0755);
                }
                require(Files.isDirectory(path), path, "is not a directory");
            }
            case "Directory" -> require(Files.isDirectory(path), path, "is not a directory");
            case "FileOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createFile(path);
                    AtomicFiles.setMode(path, 0644);
                }
                require(Files.isRegularFile(path), path, "is not a file");
            }
            case "File" -> require(Files.isRegularFile(path), path, "is not a file");
            case "Socket" -> require(isOfType(path, SOCKET), path, "is not a socket file");
            case "CharDevice" -> require(isOfType(path, CHARACTER_DEVICE), path, "is not a character device");
            case "BlockDevice" -> require(isOfType(path, BLOCK_DEVICE), path, "is not a block device");
            default -> {}
        }
        return path;
    }

    private static void require(boolean is, Path path, String otherwise) throws IOException {
        if (!is) {
            throw new IOException("hostPath type check failed: " + path + " " + otherwise);
        }
    }

    private static boolean isOfType(Path path, int type) throws IOException {
        return Files.exists(path)
                && path.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.getAttribute(path, "unix:mode", new LinkOption[0]) instanceof Integer mode
                && (mode & FILE_TYPE) == type;
    }
}
