package dev.orchestrator.memory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.ManualClock;
import dev.orchestrator.spi.LogLine;
import dev.orchestrator.spi.LogQuery;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogBufferTest {

    private final LogBuffer log = new LogBuffer(new ManualClock());

    private List<LogLine> read() throws InterruptedException {
        var lines = new ArrayList<LogLine>();
        var stream = log.open(LogQuery.all());
        for (LogLine line = stream.next(); line != null; line = stream.next()) {
            lines.add(line);
        }
        return lines;
    }

    @Test
    void joinsCharactersThatCameInPieces() throws InterruptedException {
        var out = log.printStream(LogLine.Stream.STDOUT);
        for (byte piece : "größer\r\n€".getBytes(StandardCharsets.UTF_8)) {
            out.write(piece);
        }

        assertThat(read()).extracting(LogLine::text).containsExactly("größer", "€");
        assertThat(read()).extracting(LogLine::complete).containsExactly(true, false);
    }

    @Test
    void keepsTheLastTenMebibytes() throws InterruptedException {
        var out = log.printStream(LogLine.Stream.STDOUT);
        String text = "x".repeat(1000);
        for (int i = 0; i < 20_000; i++) {
            out.println(i + text);
        }

        var lines = read();

        assertThat(lines).hasSizeBetween(8_000, 10_500);
        assertThat(lines.get(lines.size() - 1).text()).startsWith("19999");
    }

    @Test
    void cutsALineThatDoesNotEnd() throws InterruptedException {
        var out = log.printStream(LogLine.Stream.STDOUT);
        out.print("x".repeat(3 << 20));

        assertThat(read()).hasSize(3).allSatisfy(line -> assertThat(line.text()).hasSize(1 << 20));
    }

    @Test
    void takesNothingAfterTheEnd() throws InterruptedException {
        var out = log.printStream(LogLine.Stream.STDOUT);
        out.print("last");
        log.end();
        out.println("words");

        assertThat(read()).extracting(LogLine::text).containsExactly("last");
        assertThat(read()).extracting(LogLine::complete).containsExactly(false);
    }
}
