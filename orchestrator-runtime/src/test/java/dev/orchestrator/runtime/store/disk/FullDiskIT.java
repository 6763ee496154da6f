package dev.orchestrator.runtime.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import dev.orchestrator.api.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A disk that is full refuses writes and loses none that was acknowledged. */
@Timeout(60)
class FullDiskIT {

    private static final long PLENTY = 1L << 30;
    private static final Duration PAUSE = Duration.ofMillis(20);

    @TempDir
    private Path folder;

    /** Takes so many bytes, then no more; what of the last write fits is written. */
    private static final class SmallDisk implements Disk {

        final AtomicLong room = new AtomicLong(PLENTY);

        @Override
        public Output open(Path file, long position) throws IOException {
            Output output = new LocalDisk().open(file, position);
            return new Output() {
                @Override
                public void write(ByteBuffer bytes) throws IOException {
                    int wanted = bytes.remaining();
                    int fits = (int) Math.min(wanted, Math.max(0, room.getAndAdd(-wanted)));
                    output.write(bytes.slice(bytes.position(), fits));
                    if (fits < wanted) {
                        throw new IOException("No space left on device");
                    }
                }

                @Override
                public void force() throws IOException {
                    output.force();
                }

                @Override
                public void close() throws IOException {
                    output.close();
                }
            };
        }
    }

    @Test
    void writesAreRefusedUntilThereIsRoomAndNothingAcknowledgedIsLost() throws Exception {
        var disk = new SmallDisk();
        Path directory = folder.resolve("state");
        try (TestState state = TestState.open(directory, disk, PLENTY)) {
            state.create("first", "1");
            disk.room.set(100);

            assertThatThrownBy(() -> state.create("doubtful", "1"))
                    .isInstanceOf(ApiException.class)
                    .hasMessageEndingWith("can not be written: No space left on device");
            long revision = state.store().revision();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> state.set("first", "2")).isInstanceOf(ApiException.class);
                assertThatThrownBy(() -> state.set("doubtful", "1"))
                        .as("it is so already, but may not be after a crash")
                        .isInstanceOf(ApiException.class);
            }
            assertThat(state.store().revision()).as("nothing is even tried").isEqualTo(revision);
            try (TestState crashed = TestState.open(TestState.crashed(directory, folder.resolve("full")))) {
                assertThat(crashed.values()).isEqualTo(Map.of("first", "1"));
            }

            disk.room.set(PLENTY);
            awaitWritable(state);
            state.create("last", "1");
            try (TestState crashed = TestState.open(TestState.crashed(directory, folder.resolve("free")))) {
                assertThat(crashed.values()).isEqualTo(state.values());
            }
        }
        try (TestState state = TestState.open(directory)) {
            assertThat(state.values().keySet()).containsAll(List.of("first", "last"));
        }
    }

    private static void awaitWritable(TestState state) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                state.set("first", "3");
                return;
            } catch (ApiException e) {
                assertThat(System.nanoTime())
                        .as("the disk has room again: %s", e.getMessage())
                        .isLessThan(deadline);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
