package dev.orchestrator.runtime.store.disk;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import dev.orchestrator.api.StateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** JVMs that are killed with SIGKILL in the middle of writing, one after the other on the same state. */
@Timeout(600)
class KilledWriterIT {

    private static final int KILLS = Integer.getInteger("crashes", 8);
    private static final int WRITERS = 4;
    private static final long OFTEN = 30_000;

    @TempDir
    private Path folder;

    /** Writes as much as it can and says what was acknowledged, until it is killed. */
    static final class Writer {

        private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);

        private Writer() {}

        public static void main(String[] arguments) throws InterruptedException {
            // The state is written anew all the time, so that it is killed in the middle of that, too.
            TestState state = TestState.open(Path.of(arguments[0]), new LocalDisk(), OFTEN);
            Map<String, String> present = state.values();
            List<Thread> writers = IntStream.range(0, WRITERS)
                    .mapToObj(i -> Thread.ofPlatform().start(() -> write(state, "map-" + i, present)))
                    .toList();
            for (Thread writer : writers) {
                writer.join();
            }
        }

        private static void write(TestState state, String name, Map<String, String> present) {
            String first = present.get(name);
            if (first == null) {
                state.create(name, "0");
            }
            for (int n = first == null ? 1 : Integer.parseInt(first) + 1; ; n++) {
                state.set(name, Integer.toString(n));
                say(name + " " + n + "\n");
            }
        }

        private static void say(String line) {
            try {
                OUT.write(line.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void whatWasAcknowledgedIsThereHoweverOftenTheWriterIsKilled() throws Exception {
        var random = new SplittableRandom(1);
        Map<String, Integer> acknowledged = new HashMap<>();
        long revision = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process writer = start(folder);
            try (BufferedReader out = writer.inputReader(StandardCharsets.UTF_8)) {
                take(out, 1 + random.nextInt(400), acknowledged);
                if (kill == 0) {
                    assertThatThrownBy(() -> TestState.open(folder))
                            .isInstanceOf(StateException.class)
                            .hasMessageEndingWith("is in use by the process " + writer.pid());
                }
                // Its output can be read on, as it could not after Process.destroyForcibly().
                writer.toHandle().destroyForcibly();
                take(out, Integer.MAX_VALUE, acknowledged);
            } finally {
                writer.destroyForcibly().onExit().join();
            }

            try (TestState state = TestState.open(folder)) {
                assertThat(state.store().revision()).isGreaterThan(revision);
                revision = state.store().revision();
                Map<String, String> values = state.values();
                assertThat(values).hasSizeGreaterThanOrEqualTo(acknowledged.size());
                acknowledged.forEach((name, value) -> assertThat(Integer.parseInt(values.getOrDefault(name, "-1")))
                        .as("%s, of which %d was acknowledged", name, value)
                        // What was written and not yet said may be there, too: one for each writer.
                        .isBetween(value, value + 1));
            }
        }
        assertThat(acknowledged).hasSize(WRITERS);
    }

    private static Process start(Path directory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(Objects.requireNonNullElseGet(
                System.getProperty("surefire.test.class.path"), () -> System.getProperty("java.class.path")));
        command.addAll(List.of(Writer.class.getName(), directory.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void take(BufferedReader out, int lines, Map<String, Integer> acknowledged) throws IOException {
        for (int i = 0; i < lines; i++) {
            String line = out.readLine();
            if (line == null) {
                assertThat(lines).as("the writer has ended by itself").isEqualTo(Integer.MAX_VALUE);
                return;
            }
            String[] said = line.split(" ", -1);
            // The last line may be cut short by the kill: it is a smaller number then.
            acknowledged.merge(said[0], Integer.valueOf(said[1]), Math::max);
        }
    }
}
