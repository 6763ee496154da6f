package dev.orchestrator.runtime.store.disk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one state. Each begins with everything there is and goes on with what changes; when it has become too
 * long, the next one is begun under another name and takes its place when it is whole. The one with the highest number
 * counts.
 */
record Generations(Path directory) {

    private static final Logger LOG = LoggerFactory.getLogger(Generations.class);
    private static final Pattern NAME = Pattern.compile("state-(\\d{1,18})");
    private static final String UNFINISHED = ".unfinished";

    /** {@return the number of the file that counts; empty if there is none} */
    OptionalLong newest() throws IOException {
        OptionalLong newest = OptionalLong.empty();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    long number = Long.parseLong(name.group(1));
                    newest = OptionalLong.of(Math.max(number, newest.orElse(number)));
                }
            }
        }
        return newest;
    }

    Path file(long number) {
        return directory.resolve("state-" + number);
    }

    /** {@return where the file is made that is to become one of that number} */
    Path unfinished(long number) {
        return directory.resolve("state-" + number + UNFINISHED);
    }

    /** Lets a whole file count from now on, and removes all others. */
    void put(long number) throws IOException {
        Files.move(unfinished(number), file(number), StandardCopyOption.ATOMIC_MOVE);
        LocalDisk.force(directory);
        removeAllBut(number);
    }

    /** Removes what earlier files left; a failure leaves it to the next time. */
    void removeAllBut(long number) {
        List<Path> others = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "state-*")) {
            files.forEach(others::add);
            others.remove(file(number));
            for (Path other : others) {
                Files.deleteIfExists(other);
            }
        } catch (IOException e) {
            LOG.debug("{} are left in the state directory", others, e);
        }
    }
}
