package dev.orchestrator.docker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import dev.orchestrator.spi.LogLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class LogReaderTest {

    private static final String TIME = "2026-01-02T03:04:05.000000006Z ";
    private static final int PIECE = 16 << 10;

    private static byte[] frame(int stream, byte[] text) {
        byte[] time = TIME.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(8 + time.length + text.length)
                .putInt(stream << 24)
                .putInt(time.length + text.length)
                .put(time)
                .put(text)
                .array();
    }

    private static byte[] frame(int stream, String text) {
        return frame(stream, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static List<LogLine> read(byte[] log, boolean hasTerminal) throws IOException {
        var reader = new LogReader(new ByteArrayInputStream(log), hasTerminal);
        var lines = new ArrayList<LogLine>();
        for (LogLine line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        for (LogLine line = reader.rest(); line != null; line = reader.rest()) {
            lines.add(line);
        }
        return lines;
    }

    @Test
    void readsTheLinesOfBothOutputs() throws IOException {
        var lines = read(joined(frame(1, "one\n"), frame(2, "zwei äöü\r\n"), frame(1, "\n"), frame(1, "rest")), false);

        assertThat(lines).extracting(LogLine::text).containsExactly("one", "zwei äöü", "", "rest");
        assertThat(lines).extracting(LogLine::complete).containsExactly(true, true, true, false);
        assertThat(lines).extracting(LogLine::time).containsOnly(Instant.parse(TIME.strip()));
        assertThat(lines.get(1).stream()).isEqualTo(LogLine.Stream.STDERR);
    }

    @Test
    void joinsALineWhosePiecesEndInTheMiddleOfACharacter() throws IOException {
        byte[] text = ("a" + "ä".repeat(PIECE) + "\n").getBytes(StandardCharsets.UTF_8);
        var log = new ByteArrayOutputStream();
        for (int start = 0; start < text.length; start += PIECE) {
            log.writeBytes(frame(1, java.util.Arrays.copyOfRange(text, start, Math.min(text.length, start + PIECE))));
        }

        assertThat(read(log.toByteArray(), false)).extracting(LogLine::text).containsExactly("a" + "ä".repeat(PIECE));
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsEveryByteOfLinesOfAnyLength(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var expected = new ArrayList<String>();
        var framed = new ByteArrayOutputStream();
        var raw = new ByteArrayOutputStream();
        int[] lengths = {0, 1, 1023, 1024, 1025, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, random.nextInt(4 * PIECE)};
        for (int i = 0; i < 30; i++) {
            String line = "x".repeat(lengths[random.nextInt(lengths.length)]);
            expected.add(line);
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
            for (int start = 0; start < bytes.length; start += PIECE) {
                byte[] piece = java.util.Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + PIECE));
                framed.writeBytes(frame(1, piece));
                raw.writeBytes(joined(TIME.getBytes(StandardCharsets.US_ASCII), piece));
            }
        }

        assertThat(read(framed.toByteArray(), false))
                .as("frames, seed %d", seed)
                .extracting(LogLine::text)
                .isEqualTo(expected);
        assertThat(read(raw.toByteArray(), true))
                .as("terminal, seed %d", seed)
                .extracting(LogLine::text)
                .isEqualTo(expected);
    }

    @Test
    void readsATerminalsLines() throws IOException {
        byte[] log = (TIME + "one\r\n" + TIME + "two\r\n" + TIME + "$ ").getBytes(StandardCharsets.UTF_8);

        assertThat(read(log, true)).extracting(LogLine::text).containsExactly("one", "two", "$ ");
        assertThat(Stream.of(read(log, true).getLast().complete())).containsExactly(false);
    }
}
