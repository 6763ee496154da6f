package dev.orchestrator.samples.guestbook;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GuestbookIT {

    @Test
    void tellsItsWholeStory() throws Exception {
        var printed = new ByteArrayOutputStream();

        new Guestbook(new PrintStream(printed, true, StandardCharsets.UTF_8)).run();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("All pods are ready.")
                .contains("nothing differs, nothing changes.")
                .contains("3 different pods have answered at one address.")
                .contains("5 replicas are available.")
                .contains(", 0 failed.")
                .contains("was restarted by the kubelet and is ready again")
                .contains("exceeded its progress deadline")
                .contains("Undone.")
                .contains("ScalingReplicaSet")
                .endsWith("Closed: no thread, socket or file is left." + System.lineSeparator());
    }
}
