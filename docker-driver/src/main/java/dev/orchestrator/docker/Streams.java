package dev.orchestrator.docker;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

import dev.orchestrator.spi.LogLine.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams of a process over one connection; a virtual thread takes its outputs apart. */
final class Streams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private final Exchange exchange;
    private final OutputStream stdin;
    private final Pipe stdout = new Pipe();
    private final Pipe stderr = new Pipe();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread pump;

    private Streams(String name, Exchange exchange, boolean hasStdin, boolean hasTerminal, Runnable atEnd) {
        this.exchange = exchange;
        this.stdin = hasStdin ? new Input(exchange) : OutputStream.nullOutputStream();
        this.pump = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                pump(new Frames(exchange.getBody(), hasTerminal));
            } finally {
                stdout.end();
                stderr.end();
                ended.countDown();
                atEnd.run();
            }
        });
    }

    /** Begins to take the outputs apart. */
    static Streams open(String name, Exchange exchange, boolean hasStdin, boolean hasTerminal, Runnable atEnd) {
        var streams = new Streams(name, exchange, hasStdin, hasTerminal, atEnd);
        streams.pump.start();
        return streams;
    }

    private void pump(Frames frames) {
        try {
            for (Frames.Frame frame = frames.next(); frame != null; frame = frames.next()) {
                (frame.stream() == Stream.STDOUT ? stdout : stderr).put(frame.bytes());
            }
        } catch (IOException e) {
            LOG.debug("the streams of a process broke off", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    OutputStream stdin() {
        return stdin;
    }

    InputStream stdout() {
        return stdout;
    }

    InputStream stderr() {
        return stderr;
    }

    boolean isEnded() {
        return ended.getCount() == 0;
    }

    /** {@return what has come and was not read} */
    String unread() {
        return new String(stdout.takeAll(), java.nio.charset.StandardCharsets.UTF_8)
                + new String(stderr.takeAll(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Closes the connection; what has come can still be read. */
    void disconnect() {
        exchange.close();
    }

    @Override
    public void close() {
        exchange.close();
        stdout.close();
        stderr.close();
    }

    /** What is written to a process; its end is the end of the process' input, not of its outputs. */
    private static final class Input extends FilterOutputStream {

        private final Exchange exchange;
        private boolean isClosed;

        Input(Exchange exchange) {
            super(exchange.output());
            this.exchange = exchange;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (isClosed) {
                throw new IOException("the input was closed");
            }
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (!isClosed) {
                isClosed = true;
                exchange.endOutput();
            }
        }
    }
}
