package dev.orchestrator.runtime.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.StateException;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.runtime.store.ListQuery;
import dev.orchestrator.runtime.store.WatchQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a store has acknowledged is there again, and nothing else is. */
@Timeout(120)
class StateDirectoryIT {

    @TempDir
    private Path folder;

    private Path directory() {
        return folder.resolve("state");
    }

    @Test
    void everyObjectIsThereAgainAsItWas() {
        List<ConfigMap> before;
        long revision;
        String id;
        try (TestState state = TestState.open(directory())) {
            state.create("zebra", "1");
            state.create("ant", "1");
            state.create("gone", "1");
            state.set("zebra", "two\nlines \u0000 and ünïcödé");
            state.delete("gone");
            before = state.store().list(ResourceTypes.CONFIG_MAP);
            revision = state.store().revision();
            id = state.id();
        }

        try (TestState state = TestState.open(directory())) {
            assertThat(state.store().list(ResourceTypes.CONFIG_MAP)).isEqualTo(before);
            assertThat(state.store().revision()).isEqualTo(revision);
            assertThat(state.id()).isEqualTo(id);
            assertThat(state.store().uncontrolled(ResourceTypes.CONFIG_MAP, "shop", Selector.everything()))
                    .as("oldest first, by any index")
                    .extracting(map -> map.metadata().name())
                    .containsExactly("zebra", "ant");
            assertThat(state.set("ant", "2").metadata().resourceVersion()).isEqualTo(Long.toString(revision + 1));
        }
    }

    @Test
    void afterACrashNoRevisionIsGivenTwice() throws Exception {
        try (TestState state = TestState.open(directory())) {
            state.create("one", "1");
            long seen = state.store().revision();
            try (TestState next = TestState.open(TestState.crashed(directory(), folder.resolve("copy")))) {
                assertThat(next.values()).isEqualTo(state.values());
                assertThat(next.store().revision()).isGreaterThan(seen + 1000);
            }
        }
    }

    @Test
    void whoAsksForAnEarlierPastIsToldThatItIsGone() throws Exception {
        long revision;
        try (TestState state = TestState.open(directory())) {
            state.create("one", "1");
            revision = state.store().revision();
            state.create("two", "1");
        }

        try (TestState state = TestState.open(directory())) {
            assertThatThrownBy(() -> state.store()
                            .watch(WatchQuery.of(ResourceTypes.CONFIG_MAP).after(revision)))
                    .isInstanceOfSatisfying(ApiException.class, StateDirectoryIT::isExpired);
            assertThatThrownBy(() -> state.store()
                            .list(
                                    ResourceTypes.CONFIG_MAP,
                                    ListQuery.everything().at(Long.toString(revision), ListQuery.VersionMatch.EXACT)))
                    .isInstanceOfSatisfying(ApiException.class, StateDirectoryIT::isExpired);
            try (var watch = state.store()
                    .watch(WatchQuery.of(ResourceTypes.CONFIG_MAP)
                            .after(state.store().revision()))) {
                state.create("three", "1");
                assertThat(watch.next(Duration.ofSeconds(10)))
                        .satisfies(event ->
                                assertThat(event.object().metadata().name()).isEqualTo("three"));
            }
        }
    }

    private static void isExpired(ApiException refused) {
        assertThat(refused.reason()).isEqualTo(ApiException.Reason.EXPIRED);
    }

    @Test
    void aRecordThatWasCutShortAnywhereIsAsIfItHadNotBeen() throws Exception {
        Path file = directory().resolve("state-1");
        long whole;
        long end;
        byte[] bytes;
        try (TestState state = TestState.open(directory())) {
            state.create("first", "1");
            state.create("second", "1");
            whole = Files.size(file);
            state.set("second", "2");
            end = Files.size(file);
            bytes = Files.readAllBytes(file);
        }

        for (long length = whole; length <= end; length++) {
            Path copy = folder.resolve("cut-" + length);
            LocalDisk.makeDirectory(copy);
            Files.write(copy.resolve("state-1"), Arrays.copyOf(bytes, (int) length));
            try (TestState state = TestState.open(copy)) {
                String second = length == end ? "2" : "1";
                assertThat(state.values())
                        .as("cut to %d bytes", length)
                        .isEqualTo(Map.of("first", "1", "second", second));
                state.create("third", "1");
            }
            try (TestState state = TestState.open(copy)) {
                assertThat(state.values())
                        .as("cut to %d bytes, gone on", length)
                        .containsKey("third");
            }
        }
    }

    @Test
    void aRecordThatNeverReachedTheDiskIsAsIfItHadNotBeen() throws Exception {
        Path file = directory().resolve("state-1");
        int whole;
        byte[] bytes;
        try (TestState state = TestState.open(directory())) {
            state.create("first", "1");
            whole = (int) Files.size(file);
            state.create("second", "1".repeat(2000));
            bytes = Files.readAllBytes(file);
        }

        for (int unwritten : List.of(whole, whole + Frames.HEADER, whole + 512, bytes.length - 512)) {
            byte[] torn = bytes.clone();
            Arrays.fill(torn, unwritten, torn.length, (byte) 0);
            Path copy = folder.resolve("unwritten-" + unwritten);
            LocalDisk.makeDirectory(copy);
            Files.write(copy.resolve("state-1"), torn);
            try (TestState state = TestState.open(copy)) {
                assertThat(state.values()).as("zeros from %d", unwritten).isEqualTo(Map.of("first", "1"));
            }
        }
    }

    @Test
    void damageAnywhereIsRefusedAndNothingIsChanged() throws Exception {
        Path file = directory().resolve("state-1");
        byte[] bytes;
        try (TestState state = TestState.open(directory())) {
            state.create("first", "1");
            state.set("first", "2");
            bytes = Files.readAllBytes(file);
        }
        Path copy = folder.resolve("damaged");
        LocalDisk.makeDirectory(copy);

        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1;
            Files.write(copy.resolve("state-1"), damaged);

            assertThatThrownBy(() -> TestState.open(copy).close())
                    .as("byte %d of %d", at, bytes.length)
                    .isInstanceOfSatisfying(
                            StateException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(StateException.Reason.DAMAGED))
                    .hasMessageContaining(copy.resolve("state-1").toString())
                    .hasMessageContaining("is damaged at byte ")
                    .hasMessageContaining("restore the directory from a copy");
            assertThat(Files.readAllBytes(copy.resolve("state-1"))).isEqualTo(damaged);
        }
    }

    @Test
    void oneOrchestratorAtATimeHasTheDirectory() {
        try (TestState state = TestState.open(directory())) {
            state.create("one", "1");
            assertThatThrownBy(() -> TestState.open(directory()))
                    .isInstanceOf(StateException.class)
                    .hasMessageEndingWith("is in use by another orchestrator of this JVM");
            state.create("two", "2");
        }

        try (TestState state = TestState.open(directory())) {
            assertThat(state.values()).isEqualTo(Map.of("one", "1", "two", "2"));
        }
    }

    @Test
    void anotherNameAndALaterFormatAreRefused() throws Exception {
        TestState.open(directory()).close();

        assertThatThrownBy(() -> StateDirectory.open(directory(), "other", TestState.JSON))
                .isInstanceOfSatisfying(
                        StateException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(StateException.Reason.OTHER_NAME))
                .hasMessageEndingWith("belongs to the orchestrator \"test\", not to \"other\"");

        Path later = folder.resolve("later");
        LocalDisk.makeDirectory(later);
        var text = ByteBuffer.wrap("orchestrator-state 2 id test\nelse\n".getBytes(StandardCharsets.UTF_8));
        Files.write(later.resolve("state-7"), Frames.of(text).array());
        assertThatThrownBy(() -> TestState.open(later))
                .isInstanceOfSatisfying(
                        StateException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(StateException.Reason.OTHER_VERSION))
                .hasMessageEndingWith("state-7 is of version 2 of its format, this program knows version 1");
    }

    @Test
    void nobodyElseCanReadIt() throws Exception {
        try (TestState state = TestState.open(directory())) {
            state.create("secret", "1");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory().resolve("state-1"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void theFileStaysBoundedHoweverMuchIsWritten() throws Exception {
        long least = 20_000;
        Map<String, String> last = new ConcurrentHashMap<>();
        try (TestState state = TestState.open(directory(), new LocalDisk(), least)) {
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = "map-" + i;
                writers.add(Thread.ofVirtual().start(() -> {
                    state.create(name, "0");
                    for (int n = 1; n <= 500; n++) {
                        last.put(
                                name,
                                state.set(name, n + "/" + "x".repeat(100))
                                        .data()
                                        .getOrDefault("value", ""));
                    }
                }));
            }
            for (Thread writer : writers) {
                writer.join();
            }
        }

        try (TestState state = TestState.open(directory())) {
            assertThat(state.values()).isEqualTo(last);
        }
        assertThat(stateFiles()).hasSize(1);
        // 2,000 changes of more than 300 bytes were written. Commits go on while a snapshot is made.
        assertThat(Files.size(stateFiles().getFirst())).isLessThan(10 * least);
        assertThat(stateFiles().getFirst().getFileName()).isNotEqualTo(Path.of("state-1"));
    }

    private List<Path> stateFiles() throws IOException {
        try (var files = Files.list(directory())) {
            return files.filter(file -> file.getFileName().toString().startsWith("state-"))
                    .toList();
        }
    }

    @Test
    void whatIsAcknowledgedAtAnyMomentIsThereAfterACrashAtThatMoment() throws Exception {
        Map<String, String> acknowledged = new ConcurrentHashMap<>();
        try (TestState state = TestState.open(directory(), new LocalDisk(), 1L << 30)) {
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String name = "map-" + i;
                writers.add(Thread.ofVirtual().start(() -> {
                    state.create(name, "0");
                    for (int n = 1; n <= 200; n++) {
                        state.set(name, Integer.toString(n));
                        acknowledged.put(name, Integer.toString(n));
                    }
                }));
            }
            for (int crash = 0; crash < 20; crash++) {
                Map<String, String> before = new HashMap<>(acknowledged);
                Path copy = TestState.crashed(directory(), folder.resolve("crash-" + crash));
                try (TestState next = TestState.open(copy)) {
                    before.forEach((name, value) -> assertThat(
                                    Integer.parseInt(next.values().getOrDefault(name, "-1")))
                            .isGreaterThanOrEqualTo(Integer.parseInt(value)));
                }
            }
            for (Thread writer : writers) {
                writer.join();
            }
        }
    }
}
