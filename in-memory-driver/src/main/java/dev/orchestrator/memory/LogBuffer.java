package dev.orchestrator.memory;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.spi.LogLine;
import dev.orchestrator.spi.LogQuery;
import dev.orchestrator.spi.LogStream;
import org.jspecify.annotations.Nullable;

/** What a container has written: the last 10 MiB of it, as a kubelet keeps by default. */
final class LogBuffer {

    private static final int MAX_BYTES = 10 << 20;
    private static final int MAX_LINE = 1 << 20;
    private static final int LINE_OVERHEAD = 64;

    /** Gets a copy of the output as it is written. */
    interface Tap {

        /** Takes what was written; never blocks. */
        void written(LogLine.Stream stream, byte[] bytes);

        /** Nothing more will be written. */
        void ended();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TimeSource time;
    private final ArrayList<LogLine> lines = new ArrayList<>();
    private final List<Tap> taps = new CopyOnWriteArrayList<>();
    private final Sink out = new Sink(LogLine.Stream.STDOUT);
    private final Sink err = new Sink(LogLine.Stream.STDERR);
    private long dropped;
    private long bytes;
    private boolean ended;

    LogBuffer(TimeSource time) {
        this.time = time;
    }

    /** {@return a stream whose bytes become lines} */
    PrintStream printStream(LogLine.Stream stream) {
        return new PrintStream(stream == LogLine.Stream.STDOUT ? out : err, true, StandardCharsets.UTF_8);
    }

    void tap(Tap tap) {
        lock.lock();
        try {
            if (!ended) {
                taps.add(tap);
                return;
            }
        } finally {
            lock.unlock();
        }
        tap.ended();
    }

    void untap(Tap tap) {
        taps.remove(tap);
    }

    /** Takes no more output; readers reach the end. */
    void end() {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            out.flushPartial();
            err.flushPartial();
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        taps.forEach(Tap::ended);
        taps.clear();
    }

    /** Opens the log: the last lines as asked for, of those the ones that are not too old. */
    LogStream open(LogQuery query) {
        lock.lock();
        try {
            return query.follow() ? follower(query) : snapshot(query);
        } finally {
            lock.unlock();
        }
    }

    private LogStream follower(LogQuery query) {
        long skipped = query.tailLines() < 0 ? 0 : Math.max(0, lines.size() - query.tailLines());
        return new Follower(dropped + skipped, query.since());
    }

    private LogStream snapshot(LogQuery query) {
        var all = new ArrayList<>(lines);
        out.partial().ifPresent(all::add);
        err.partial().ifPresent(all::add);
        long skipped = query.tailLines() < 0 ? 0 : Math.max(0, all.size() - query.tailLines());
        return new Snapshot(all.stream()
                .skip(skipped)
                .filter(line -> isWanted(line, query.since()))
                .iterator());
    }

    private static boolean isWanted(LogLine line, @Nullable Instant since) {
        return since == null || !line.time().isBefore(since);
    }

    private void append(LogLine line) {
        lines.add(line);
        bytes += line.text().length() + LINE_OVERHEAD;
        if (bytes > MAX_BYTES) {
            // Dropping an eighth at a time keeps the cost of a line constant.
            int drop = 0;
            while (bytes > MAX_BYTES / 8 * 7 && drop < lines.size() - 1) {
                bytes -= lines.get(drop++).text().length() + LINE_OVERHEAD;
            }
            lines.subList(0, drop).clear();
            dropped += drop;
        }
    }

    private final class Sink extends OutputStream {

        private final LogLine.Stream stream;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream(0);
        private Instant began = Instant.EPOCH;

        Sink(LogLine.Stream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            lock.lock();
            try {
                if (ended) {
                    return;
                }
                Instant now = time.instant();
                for (int i = offset; i < offset + length; i++) {
                    take(buffer[i], now);
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            if (!taps.isEmpty()) {
                byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
                taps.forEach(tap -> tap.written(stream, copy));
            }
        }

        private void take(byte value, Instant now) {
            if (value == '\n') {
                append(cut(now, true));
                return;
            }
            if (line.size() == 0) {
                began = now;
            }
            line.write(value);
            if (line.size() >= MAX_LINE) {
                append(cut(now, true));
            }
        }

        private LogLine cut(Instant now, boolean complete) {
            Instant at = line.size() == 0 ? now : began;
            LogLine cut = new LogLine(at, stream, text(), complete);
            line.reset();
            return cut;
        }

        private String text() {
            String text = line.toString(StandardCharsets.UTF_8);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }

        private void flushPartial() {
            if (line.size() > 0) {
                append(cut(began, false));
            }
        }

        /** {@return the line that has not ended yet} */
        private Optional<LogLine> partial() {
            return line.size() == 0 ? Optional.empty() : Optional.of(new LogLine(began, stream, text(), false));
        }
    }

    /** What has been written up to now. */
    private record Snapshot(Iterator<LogLine> rest) implements LogStream {

        @Override
        public @Nullable LogLine next() {
            return rest.hasNext() ? rest.next() : null;
        }

        @Override
        public void close() {
            rest.forEachRemaining(line -> {});
        }
    }

    /** What has been written and what will be; waits for the end of a line before it hands it out. */
    private final class Follower implements LogStream {

        private final @Nullable Instant since;
        private long next;
        private boolean closed;

        Follower(long next, @Nullable Instant since) {
            this.next = next;
            this.since = since;
        }

        @Override
        public @Nullable LogLine next() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!closed) {
                    next = Math.max(next, dropped);
                    int index = (int) (next - dropped);
                    if (index < lines.size()) {
                        next++;
                        LogLine line = lines.get(index);
                        if (isWanted(line, since)) {
                            return line;
                        }
                    } else if (ended) {
                        return null;
                    } else {
                        changed.await();
                    }
                }
                return null;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                closed = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
