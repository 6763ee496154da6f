package dev.orchestrator.runtime.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class OwnedDirectoryTest {

    @TempDir
    private Path parent;

    @Test
    void leavesNothingWhenItIsClosed() throws IOException {
        var directory = OwnedDirectory.make(parent);
        Files.writeString(directory.path().resolve("file"), "content");

        directory.close();

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void sweepsWhatAJvmThatHasEndedLeftAndNothingElse() throws IOException {
        Path dead = Files.createDirectories(parent.resolve("orchestrator-volumes-999999999-1/uid/data"));
        Files.writeString(dead.resolve("file"), "content");
        Files.createFile(parent.resolve("orchestrator-volumes-999999999-1.lock"));
        Path other = Files.createFile(parent.resolve("other.lock"));
        try (var living = OwnedDirectory.make(parent)) {
            OwnedDirectory.sweep(parent);

            try (var left = Files.list(parent)) {
                assertThat(left.toList()).hasSize(3).contains(other, living.path());
            }
        }
    }

    @Test
    void sweepsNothingWhereNothingIs() {
        OwnedDirectory.sweep(parent.resolve("absent"));

        assertThat(parent).isEmptyDirectory();
    }
}
