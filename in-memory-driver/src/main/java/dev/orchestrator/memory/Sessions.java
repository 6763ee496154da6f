package dev.orchestrator.memory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.spi.AttachRequest;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.ExecRequest;
import dev.orchestrator.spi.ExecResult;
import dev.orchestrator.spi.LogLine;
import dev.orchestrator.spi.ProcessSession;

/** Executes commands and attaches to main processes. */
final class Sessions {

    private static final int MAX_RESULT = 1 << 20;
    private static final int PIPE = 1 << 16;
    private static final int MAX_ATTACH_LAG = 10 << 20;

    private Sessions() {}

    /** Keeps the first bytes that are written to it. */
    private static final class Head extends OutputStream {

        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public void write(int value) {
            if (kept.size() < MAX_RESULT) {
                kept.write(value);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            kept.write(bytes, offset, Math.min(length, MAX_RESULT - kept.size()));
        }

        String text() {
            return kept.toString(StandardCharsets.UTF_8);
        }
    }

    static ExecResult exec(Container container, List<String> command, Duration timeout) throws InterruptedException {
        var out = new Head();
        var err = new Head();
        var streams = new CommandProcess.Streams(InputStream.nullInputStream(), out, err);
        var process = CommandProcess.start(container, command, streams);
        TimeSource.Timer timer = container.time().schedule(timeout, process::timeOut);
        try {
            process.ended().await();
        } finally {
            timer.cancel();
            process.close();
        }
        if (process.hasTimedOut()) {
            throw new DriverException(
                    Reason.TIMEOUT, "command " + command + " timed out after " + timeout.toMillis() + " ms");
        }
        return new ExecResult(process.exitCode(), out.text(), err.text());
    }

    static ProcessSession open(Container container, ExecRequest request) {
        var in = new Pipe(PIPE);
        var out = new Pipe(PIPE);
        var err = request.terminal() ? out : new Pipe(PIPE);
        if (!request.stdin()) {
            in.closeWriter();
        }
        return new ExecSession(container, request, in, out, err);
    }

    private static final class ExecSession implements ProcessSession {

        private final Pipe in;
        private final Pipe out;
        private final Pipe err;
        private final boolean terminal;
        private final CommandProcess process;

        ExecSession(Container container, ExecRequest request, Pipe in, Pipe out, Pipe err) {
            this.in = in;
            this.out = out;
            this.err = err;
            this.terminal = request.terminal();
            var streams = new CommandProcess.Streams(in.input(), out.output(), err.output());
            this.process = CommandProcess.start(container, request.command(), streams);
        }

        @Override
        public OutputStream stdin() {
            return in.output();
        }

        @Override
        public InputStream stdout() {
            return out.input();
        }

        @Override
        public InputStream stderr() {
            return terminal ? InputStream.nullInputStream() : err.input();
        }

        @Override
        public void resize(int columns, int rows) {
            // No command here draws on a terminal.
        }

        @Override
        public int awaitExit() throws InterruptedException {
            process.ended().awaitUncounted();
            return process.exitCode();
        }

        @Override
        public void close() {
            process.close();
            in.closeWriter();
            out.closeReader();
            err.closeReader();
        }
    }

    static ProcessSession attach(Container container, AttachRequest request) {
        return new AttachSession(container, request);
    }

    private static final class AttachSession implements ProcessSession, LogBuffer.Tap {

        private final Container container;
        private final boolean stdin;
        private final Pipe out = new Pipe(MAX_ATTACH_LAG);
        private final Pipe err = new Pipe(MAX_ATTACH_LAG);

        AttachSession(Container container, AttachRequest request) {
            this.container = container;
            this.stdin = request.stdin() && container.spec().stdin();
            container.log().tap(this);
        }

        @Override
        public void written(LogLine.Stream stream, byte[] bytes) {
            boolean toOut = stream == LogLine.Stream.STDOUT || container.spec().terminal();
            (toOut ? out : err).offer(bytes);
        }

        @Override
        public void ended() {
            out.closeWriter();
            err.closeWriter();
        }

        @Override
        public OutputStream stdin() {
            if (!stdin) {
                return OutputStream.nullOutputStream();
            }
            OutputStream main = container.stdin().output();
            return new OutputStream() {
                @Override
                public void write(int value) throws IOException {
                    main.write(value);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    main.write(bytes, offset, length);
                }

                @Override
                public void close() {
                    closeStdinOnce();
                }
            };
        }

        private void closeStdinOnce() {
            if (stdin && container.spec().stdinOnce()) {
                container.stdin().closeWriter();
            }
        }

        @Override
        public InputStream stdout() {
            return out.input();
        }

        @Override
        public InputStream stderr() {
            return err.input();
        }

        @Override
        public void resize(int columns, int rows) {
            // No program here draws on a terminal.
        }

        @Override
        public int awaitExit() throws InterruptedException {
            container.ended().awaitUncounted();
            return container.state().exitCode();
        }

        @Override
        public void close() {
            container.log().untap(this);
            closeStdinOnce();
            out.closeReader();
            err.closeReader();
        }
    }
}
