package dev.orchestrator.runtime.kubelet.volume;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.Bytes;

/**
 * Writes all files of a directory at once: a reader sees all of the old ones or all of the new ones.
 *
 * <p>The files are in a directory of their own, to which the link {@code ..data} leads; what the reader opens are links
 * through it. Replacing that one link replaces everything. Source of the layout: the kubelet's atomic writer, whose
 * names programs watch for.
 */
final class AtomicFiles {

    private static final String DATA = "..data";
    private static final String NEW_DATA = "..data_tmp";
    private static final String PREFIX = "..";

    private AtomicFiles() {}

    /**
     * Makes the directory show these files and nothing else. Does nothing if it does so already.
     *
     * @param files by path below the directory
     * @param group whom they belong to
     */
    static void write(Path directory, Map<String, ProjectedFile> files, VolumeGroup group) throws IOException {
        Path data = directory.resolve(DATA);
        Path old = Files.isSymbolicLink(data) ? directory.resolve(Files.readSymbolicLink(data)) : null;
        if (old != null && shows(old, files)) {
            return;
        }
        Path fresh = Files.createTempDirectory(directory, PREFIX);
        setMode(fresh, 0755);
        for (Map.Entry<String, ProjectedFile> file : files.entrySet()) {
            Path path = fresh.resolve(file.getKey());
            createParents(fresh, Path.of(file.getKey()));
            Files.write(path, file.getValue().content().toByteArray());
            setMode(path, file.getValue().mode());
        }
        group.ownToRead(fresh);
        Path link = directory.resolve(NEW_DATA);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, fresh.getFileName());
        Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        showTopLevel(directory, files.keySet());
        if (old == null) {
            group.ownToRead(directory);
        }
        if (old != null) {
            Trees.delete(old);
        }
    }

    private static boolean shows(Path data, Map<String, ProjectedFile> files) throws IOException {
        for (Map.Entry<String, ProjectedFile> file : files.entrySet()) {
            Path path = data.resolve(file.getKey());
            if (!Files.isRegularFile(path)
                    || !Bytes.of(Files.readAllBytes(path))
                            .equals(file.getValue().content())) {
                return false;
            }
        }
        try (var all = Files.walk(data)) {
            return all.filter(Files::isRegularFile).count() == files.size();
        }
    }

    private static void showTopLevel(Path directory, Set<String> paths) throws IOException {
        Set<String> wanted = new HashSet<>();
        for (String path : paths) {
            String top = Path.of(path).getName(0).toString();
            wanted.add(top);
            Path link = directory.resolve(top);
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, Path.of(DATA, top));
            }
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!name.startsWith(PREFIX) && !wanted.contains(name)) {
                    Files.delete(entry);
                }
            }
        }
    }

    private static void createParents(Path top, Path file) throws IOException {
        Path directory = top;
        for (int i = 0; i < file.getNameCount() - 1; i++) {
            directory = directory.resolve(file.getName(i));
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(directory);
                setMode(directory, 0755);
            }
        }
    }

    /** Sets permissions where the file system has such. */
    static void setMode(Path path, int mode) throws IOException {
        var view = Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        // The constants are in the order of the bits, from the owner's read down to the others' execute.
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((mode >> (all.length - 1 - i) & 1) == 1) {
                permissions.add(all[i]);
            }
        }
        view.setPermissions(permissions);
    }
}
