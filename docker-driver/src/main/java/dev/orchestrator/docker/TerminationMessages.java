package dev.orchestrator.docker;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;

import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.DriverState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that containers write their last words to: mounted from a folder of this machine, because what a container
 * writes below {@code /dev} is gone when it ends. An engine that does not share this machine's files gets none.
 */
final class TerminationMessages implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TerminationMessages.class);
    private static final int LONGEST = 4 << 10;

    private static final String OWNER = "owner";

    /** How the names of the folders begin. */
    static final String PREFIX = "orchestrator-messages-";

    private final @Nullable Path folder;

    private TerminationMessages(@Nullable Path folder) {
        this.folder = folder;
    }

    /** Makes a folder for the messages of one driver, if the engine sees it; that of a state is there already. */
    static TerminationMessages shared(boolean isShared, Owner owner, Optional<DriverState> state) {
        if (!isShared) {
            return new TerminationMessages(null);
        }
        try {
            if (state.isPresent()) {
                return new TerminationMessages(Files.createDirectories(
                        state.get().directory().toRealPath().resolve("messages")));
            }
            Path folder = Files.createTempDirectory(PREFIX);
            Files.writeString(folder.resolve(OWNER), owner.text());
            return new TerminationMessages(folder);
        } catch (IOException e) {
            throw new DriverException(Reason.UNAVAILABLE, "no folder for termination messages can be made", e);
        }
    }

    /** {@return the folder that holds them; empty if there is none} */
    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    /** Makes the file of a container that is about to be made. */
    Optional<Path> create() {
        if (folder == null) {
            return Optional.empty();
        }
        Path file = folder.resolve(UUID.randomUUID().toString());
        try {
            Files.createFile(file);
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                // Whatever user the container runs as may write it.
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            }
            return Optional.of(file);
        } catch (IOException e) {
            throw new DriverException(Reason.CREATE_REJECTED, "no file for the termination message can be made", e);
        }
    }

    /** {@return the end of what a container has written there} */
    static String read(Inspected container) {
        String name = container.label(Labels.MESSAGE_FILE);
        if (name.isEmpty()) {
            return "";
        }
        try (var file = new RandomAccessFile(name, "r")) {
            long start = Math.max(0, file.length() - LONGEST);
            file.seek(start);
            byte[] bytes = new byte[(int) Math.min(LONGEST, file.length() - start)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            LOG.debug("container {} has no termination message", container.id(), e);
            return "";
        }
    }

    /** Removes the file of a container that is gone. */
    static void delete(Inspected container) {
        String name = container.label(Labels.MESSAGE_FILE);
        if (!name.isEmpty()) {
            delete(Path.of(name));
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} is not removed", file, e);
        }
    }

    /** Removes what is left. */
    @Override
    public void close() {
        if (folder != null) {
            deleteFolder(folder);
        }
    }

    /** Removes the folders of dead owners. */
    static void sweep() {
        Path all = Path.of(System.getProperty("java.io.tmpdir"));
        try (var folders = Files.newDirectoryStream(all, PREFIX + "*")) {
            for (Path folder : folders) {
                Path owner = folder.resolve(OWNER);
                boolean isDead = Files.isReadable(owner)
                        && Owner.of(Files.readString(owner))
                                .filter(known -> known.life() == Owner.Life.DEAD)
                                .isPresent();
                if (isDead) {
                    deleteFolder(folder);
                }
            }
        } catch (IOException e) {
            LOG.debug("folders of dead owners may be left in {}", all, e);
        }
    }

    private static void deleteFolder(Path folder) {
        try (var files = Files.newDirectoryStream(folder)) {
            files.forEach(TerminationMessages::delete);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            LOG.debug("{} is not removed", folder, e);
        }
        delete(folder);
    }
}
