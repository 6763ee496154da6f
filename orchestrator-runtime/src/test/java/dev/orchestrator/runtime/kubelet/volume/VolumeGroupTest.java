package dev.orchestrator.runtime.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSecurityContextBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.orchestrator.api.draft.Drafts.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class VolumeGroupTest {

    @TempDir
    private Path volume;

    private int group;

    @BeforeEach
    void chooseGroup() throws IOException {
        assumeThat(volume.getFileSystem().supportedFileAttributeViews()).contains("unix");
        // Everybody may give a file to a group of theirs; only root to any.
        boolean isRoot = (int) Files.getAttribute(volume, "unix:uid") == 0;
        group = isRoot ? 4321 : (int) Files.getAttribute(volume, "unix:gid");
    }

    private VolumeGroup ofPod() {
        Pod pod = pod("app")
                .podSpec(spec -> spec.securityContext(PodSecurityContextBuilder.builder()
                        .fsGroup((long) group)
                        .build()))
                .build();
        return VolumeGroup.of(pod);
    }

    private static String ownership(Path path) throws IOException {
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS) + " "
                + Integer.toOctalString(mode & 07777);
    }

    @Test
    void theGroupWritesWhereTheOwnerDoesAndWhatIsMadeThereIsItsOwn() throws IOException {
        Path file = Files.createDirectory(volume.resolve("folder")).resolve("file");
        Files.writeString(file, "content");
        AtomicFiles.setMode(volume, 0777);
        AtomicFiles.setMode(volume.resolve("folder"), 0700);
        AtomicFiles.setMode(file, 0600);

        ofPod().own(volume);

        assertThat(ownership(volume)).isEqualTo(group + " 2777");
        assertThat(ownership(volume.resolve("folder"))).isEqualTo(group + " 2770");
        assertThat(ownership(file)).isEqualTo(group + " 660");
        assertThat(ownership(Files.createDirectory(volume.resolve("made")))).startsWith(group + " 2");
    }

    @Test
    void theGroupReadsASecretThatIsTheOwnersAlone() throws IOException {
        var secret = Map.of("deep/password", new ProjectedFile(Bytes.of(new byte[] {'s'}), 0400));

        AtomicFiles.write(volume, secret, ofPod());

        assertThat(ownership(volume.resolve("..data/deep/password"))).isEqualTo(group + " 440");
        assertThat(ownership(volume.resolve("..data/deep"))).isEqualTo(group + " 2755");
        assertThat(ownership(volume.resolve("deep"))).startsWith(group + " ");

        AtomicFiles.write(
                volume, Map.of("deep/password", new ProjectedFile(Bytes.of(new byte[] {'t'}), 0400)), ofPod());

        assertThat(ownership(volume.resolve("..data/deep/password"))).isEqualTo(group + " 440");
    }

    @Test
    void nothingChangesForAPodThatDoesNotSay() throws IOException {
        AtomicFiles.setMode(volume, 0750);
        String before = ownership(volume);

        VolumeGroup.of(pod("app").build()).own(volume);

        assertThat(ownership(volume)).isEqualTo(before);
    }
}
