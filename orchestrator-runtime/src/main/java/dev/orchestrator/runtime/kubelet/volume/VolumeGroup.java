package dev.orchestrator.runtime.kubelet.volume;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSecurityContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The group that the volumes of a pod belong to: {@code fsGroup} of its security context. It may do what the owner may,
 * and what is made in a directory belongs to it, too.
 *
 * <p>As in Kubernetes {@code fsGroupChangePolicy} means nothing to the volumes that are made for a pod and go with it,
 * and paths of the host stay as they are.
 */
final class VolumeGroup {

    private static final Logger LOG = LoggerFactory.getLogger(VolumeGroup.class);
    private static final String VIEW = "unix";
    private static final String MODE = "unix:mode";
    private static final int PERMISSIONS = 07777;

    // The kubelet's masks: directories are for the group to enter, and hand it on.
    private static final int READ_WRITE = 0660;
    private static final int READ_ONLY = 0440;
    private static final int ENTER = 02110;

    private final @Nullable Integer id;

    private VolumeGroup(@Nullable Integer id) {
        this.id = id;
    }

    /** {@return the group of a pod; one that changes nothing if the pod does not say} */
    static VolumeGroup of(Pod pod) {
        PodSecurityContext security = pod.spec().securityContext();
        Long group = security == null ? null : security.fsGroup();
        return new VolumeGroup(group == null ? null : Math.toIntExact(group));
    }

    /** Gives a directory and all that is in it to the group, to read and to write. */
    void own(Path directory) throws IOException {
        own(directory, READ_WRITE);
    }

    /** Gives a directory and all that is in it to the group, to read. */
    void ownToRead(Path directory) throws IOException {
        own(directory, READ_ONLY);
    }

    private void own(Path directory, int mask) throws IOException {
        Integer group = id;
        if (group == null
                || !directory.getFileSystem().supportedFileAttributeViews().contains(VIEW)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
                        throws IOException {
                    give(visited, group, mask | ENTER);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    give(file, group, attributes.isSymbolicLink() ? 0 : mask);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (FileSystemException e) {
            // Only root gives files to a group that it is not in; everybody else's containers do without.
            LOG.debug("{} can not be given to group {}", directory, group, e);
        }
    }

    private static void give(Path path, int group, int bits) throws IOException {
        Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
        if (bits != 0) {
            int mode = (int) Files.getAttribute(path, MODE, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, MODE, (mode | bits) & PERMISSIONS, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
