package dev.orchestrator.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

import dev.orchestrator.spi.LogLine;
import dev.orchestrator.spi.LogLine.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the lines of a log together. The engine sends what was written in pieces of at most 16 KiB, each with its time
 * in front: without a terminal one piece a frame, with one a piece after the other.
 */
final class LogReader {

    private static final int LONGEST_PIECE = 16 << 10;
    private static final int LONGEST_LINE = 1 << 20;
    private static final int LONGEST_TIME = 40;

    private final Frames frames;
    private final boolean hasTerminal;
    private final Line out = new Line(Stream.STDOUT);
    private final Line err = new Line(Stream.STDERR);
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
    private final Queue<LogLine> ready = new ArrayDeque<>();

    LogReader(InputStream in, boolean hasTerminal) {
        this.frames = new Frames(in, hasTerminal);
        this.hasTerminal = hasTerminal;
    }

    /** {@return the next line that has ended; null at the end of the log} */
    @Nullable
    LogLine next() throws IOException {
        while (ready.isEmpty()) {
            Frames.Frame frame = frames.next();
            if (frame == null) {
                return null;
            }
            if (hasTerminal) {
                takeRaw(frame.bytes());
            } else {
                (frame.stream() == Stream.STDOUT ? out : err).take(frame.bytes(), 0, frame.bytes().length);
            }
        }
        return ready.poll();
    }

    /** {@return what has been written after the last line end; null when there is nothing, or nothing more} */
    @Nullable
    LogLine rest() {
        if (raw.size() > 0) {
            byte[] left = raw.toByteArray();
            raw.reset();
            takePieces(left, left.length);
        }
        LogLine first = out.cut(false);
        return first != null ? first : err.cut(false);
    }

    private void takeRaw(byte[] bytes) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                raw.write(bytes, start, i + 1 - start);
                byte[] line = raw.toByteArray();
                raw.reset();
                takePieces(line, line.length);
                start = i + 1;
            }
        }
        raw.write(bytes, start, bytes.length - start);
    }

    // A line of 40,000 bytes comes as time, 16,384 bytes, time, 16,384 bytes, time, the rest.
    private void takePieces(byte[] line, int length) {
        int start = 0;
        while (start < length) {
            int end = Math.min(length, start + timeLength(line, start) + LONGEST_PIECE);
            out.take(line, start, end - start);
            start = end;
        }
    }

    private static int timeLength(byte[] bytes, int start) {
        int limit = Math.min(bytes.length, start + LONGEST_TIME);
        for (int i = start; i < limit; i++) {
            if (bytes[i] == ' ') {
                return i + 1 - start;
            }
        }
        return 0;
    }

    /** One output, and the line that is being written to it. */
    private final class Line {

        private final Stream stream;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Instant time = Instant.EPOCH;

        Line(Stream stream) {
            this.stream = stream;
        }

        private void take(byte[] piece, int offset, int length) {
            int skip = timeLength(piece, offset);
            Instant written = written(piece, offset, skip);
            if (written == null) {
                skip = 0;
            } else if (bytes.size() == 0) {
                time = written;
            }
            bytes.write(piece, offset + skip, length - skip);
            if (bytes.size() >= LONGEST_LINE || (length > skip && piece[offset + length - 1] == '\n')) {
                LogLine line = cut(true);
                if (line != null) {
                    ready.add(line);
                }
            }
        }

        private static @Nullable Instant written(byte[] piece, int offset, int length) {
            if (length == 0) {
                return null;
            }
            try {
                return Instant.parse(new String(piece, offset, length - 1, StandardCharsets.US_ASCII));
            } catch (DateTimeParseException e) {
                // A piece without its time is taken as it is.
                return null;
            }
        }

        private @Nullable LogLine cut(boolean isComplete) {
            if (bytes.size() == 0) {
                return null;
            }
            byte[] all = bytes.toByteArray();
            bytes.reset();
            int end = all.length;
            if (all[end - 1] == '\n') {
                end--;
            }
            if (end > 0 && all[end - 1] == '\r') {
                end--;
            }
            String text = new String(Arrays.copyOf(all, end), StandardCharsets.UTF_8);
            return new LogLine(time, stream, text, isComplete);
        }
    }
}
