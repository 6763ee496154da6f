package dev.orchestrator.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.LogLine;
import dev.orchestrator.spi.LogQuery;
import dev.orchestrator.spi.SandboxId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the SPI says of logs. */
abstract class LogTck extends ProcessTck {

    @Test
    void keepsTheLinesOfBothOutputsWithTheirTimes() throws InterruptedException {
        Instant before = Instant.EPOCH;
        ContainerId id = run(writes("one", "zwei äöü", "three", ""));
        ended(id);

        List<LogLine> lines = read(id, LogQuery.all());

        assertThat(texts(lines)).containsExactlyInAnyOrder("one", "zwei äöü", "three", "");
        assertThat(of(lines, LogLine.Stream.STDOUT)).containsExactly("one", "three");
        assertThat(of(lines, LogLine.Stream.STDERR)).containsExactly("zwei äöü", "");
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.complete()).isTrue();
            assertThat(line.time()).isAfter(before);
        });
        assertThat(lines).extracting(LogLine::time).isSorted();
    }

    private static List<String> of(List<LogLine> lines, LogLine.Stream stream) {
        return lines.stream()
                .filter(line -> line.stream() == stream)
                .map(LogLine::text)
                .toList();
    }

    @Test
    void followsALogToTheEndOfItsContainer() throws InterruptedException {
        ContainerId id = run(writesForever("tick"));
        try (var log = driver().logs(id, new LogQuery(true, -1, null))) {
            for (int i = 0; i < 3; i++) {
                assertThat(log.next()).isNotNull().extracting(LogLine::text).isEqualTo("tick");
            }
            driver().stopContainer(id, Duration.ZERO);
            while (log.next() != null) {
                assertThat(log).isNotNull();
            }
            assertThat(log.next()).isNull();
        }
    }

    @Test
    void followsALogFromBeforeTheStart() throws InterruptedException {
        ContainerId id = create(sandbox().id(), spec(writes("one", "two")));
        try (var log = driver().logs(id, new LogQuery(true, -1, null))) {
            driver().startContainer(id);

            assertThat(log.next()).isNotNull();
            assertThat(log.next()).isNotNull();
            assertThat(log.next()).isNull();
        }
    }

    @Test
    void doesNotWaitUnlessItFollows() throws InterruptedException {
        ContainerId id = run(runsUntilStopped());

        try (var log = driver().logs(id, LogQuery.all())) {
            assertThat(log.next()).isNull();
        }
    }

    @Test
    void closingAFollowedLogWakesItsReader() throws InterruptedException {
        ContainerId id = run(runsUntilStopped());
        var log = driver().logs(id, new LogQuery(true, -1, null));
        Thread reader = inBackground(() -> assertThat(log.next()).isNull());

        log.close();

        reader.join();
        assertThat(log.next()).isNull();
    }

    @Test
    void readsOnlyTheLastLines() throws InterruptedException {
        ContainerId id = run(writes("1", "2", "3", "4", "5", "6"));
        ended(id);
        var all = texts(read(id, LogQuery.all()));

        assertThat(texts(read(id, new LogQuery(false, 2, null)))).isEqualTo(all.subList(4, 6));
        assertThat(read(id, new LogQuery(false, 0, null))).isEmpty();
        assertThat(read(id, new LogQuery(false, 100, null))).hasSize(6);
        assertThat(texts(read(id, new LogQuery(true, 2, null)))).isEqualTo(all.subList(4, 6));
    }

    @Test
    void readsOnlyWhatWasWrittenSince() throws InterruptedException {
        ContainerId id = run(writesForever("tick"));
        try (var log = driver().logs(id, new LogQuery(true, -1, null))) {
            for (int i = 0; i < 5; i++) {
                assertThat(log.next()).isNotNull();
            }
        }
        driver().stopContainer(id, Duration.ZERO);
        var all = read(id, LogQuery.all());
        Instant third = all.get(2).time();

        assertThat(read(id, new LogQuery(false, -1, third))).isEqualTo(all.subList(2, all.size()));
        assertThat(read(id, new LogQuery(false, 1, third))).isEqualTo(all.subList(all.size() - 1, all.size()));
        assertThat(read(id, new LogQuery(true, -1, third))).isEqualTo(all.subList(2, all.size()));
        assertThat(read(id, new LogQuery(false, -1, Instant.parse("2999-01-01T00:00:00Z"))))
                .isEmpty();
    }

    @Test
    void marksALineThatHasNotEnded() throws InterruptedException {
        ContainerId id = run(writesPartialLine("password: "));
        try (var log = driver().logs(id, new LogQuery(true, -1, null))) {
            // Whether a line shows before it has ended is the driver's choice; who follows gets only what has ended.
            assertThat(log.next()).isNotNull().extracting(LogLine::text).isEqualTo("ready");
        }

        driver().stopContainer(id, Duration.ZERO);

        var lines = read(id, new LogQuery(true, -1, null));
        assertThat(texts(lines)).containsExactlyInAnyOrder("ready", "password: ");
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.complete()).isEqualTo(line.text().equals("ready")));
    }

    @Test
    void eachContainerHasALogOfItsOwn() throws InterruptedException {
        SandboxId sandbox = sandbox().id();
        ContainerId first = start(sandbox, spec("app", 0, writes("first"), List.of()));
        ended(first);
        ContainerId second = start(sandbox, spec("app", 1, writes("second"), List.of()));
        ended(second);

        assertThat(texts(read(first, LogQuery.all()))).containsExactly("first");
        assertThat(texts(read(second, LogQuery.all()))).containsExactly("second");
        assertFails(Reason.NOT_FOUND, () -> driver().logs(NO_CONTAINER, LogQuery.all()));
    }
}
