package dev.orchestrator.server.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.meta.Status;
import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.runtime.handle.ContainerAccess;
import dev.orchestrator.runtime.handle.TerminalProcess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process in a container, joined to one client; closing it ends a command and lets go of a main process. */
final class RemoteProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteProcess.class);
    private static final int BUFFER = 32 * 1024;
    private static final int LARGEST_SIZE = 0xffff;

    /** The client's end of the streams. */
    interface Client {

        /** Sends some of standard output. */
        void stdout(byte[] bytes) throws IOException, InterruptedException;

        /** Sends some of standard error. */
        void stderr(byte[] bytes) throws IOException, InterruptedException;

        /** Tells how it ended; the last that is sent. */
        void outcome(Status status) throws IOException, InterruptedException;
    }

    /** Where bytes go. */
    @FunctionalInterface
    private interface Sink {
        void send(byte[] bytes) throws IOException, InterruptedException;
    }

    /**
     * The size of a terminal.
     *
     * @param columns how wide
     * @param rows how high
     */
    private record Size(int columns, int rows) {}

    private final ContainerAccess containers;
    private final ProcessCall call;
    private final Live parts = new Live();
    private volatile @Nullable TerminalProcess process;
    private volatile @Nullable Size size;

    RemoteProcess(ContainerAccess containers, ProcessCall call) {
        this.containers = containers;
        this.call = call;
    }

    /**
     * Runs the process to its end, or as long as the client is there.
     *
     * @param input what the client sends to it
     */
    void run(InputStream input, Client client) throws IOException, InterruptedException {
        parts.add(input);
        TerminalProcess opened;
        try {
            opened = parts.add(containers.connect(call.pod(), call.container(), call.request()));
        } catch (ApiException refused) {
            client.outcome(Outcomes.failed(call, refused));
            return;
        }
        try {
            client.outcome(join(opened, input, client));
        } finally {
            close();
        }
    }

    private Status join(TerminalProcess opened, InputStream input, Client client) throws InterruptedException {
        process = opened;
        resize();
        if (call.streams().stdin()) {
            start("stdin", () -> feed(input, opened));
        }
        ProcessCall.Streams wanted = call.streams();
        Thread out = start("stdout", () -> pump(opened.stdout(), wanted.stdout() ? client::stdout : bytes -> {}));
        Thread err = start("stderr", () -> pump(opened.stderr(), wanted.stderr() ? client::stderr : bytes -> {}));
        // A main process is left when its streams have ended: how it ended is in the status of its pod.
        Status outcome = call.isAttach() ? Outcomes.success() : Outcomes.exited(opened.awaitExit());
        out.join();
        err.join();
        return outcome;
    }

    private Thread start(String stream, Runnable copy) {
        return Thread.ofVirtual()
                .name(stream + "/" + call.pod().key() + "/" + call.container())
                .start(copy);
    }

    private void feed(InputStream input, TerminalProcess opened) {
        byte[] buffer = new byte[BUFFER];
        try (input;
                OutputStream out = opened.stdin()) {
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException ended) {
            LOG.debug("{}: standard input is not read any more", call.pod().key(), ended);
        }
    }

    private void pump(InputStream from, Sink to) {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.send(Arrays.copyOf(buffer, read));
            }
        } catch (IOException gone) {
            LOG.debug("{}: the client is gone", call.pod().key(), gone);
            close();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    /** Takes the size of the client's terminal: an object with {@code Width} and {@code Height}. */
    void resized(byte[] json) throws IOException {
        try {
            String text = new String(json, StandardCharsets.UTF_8).strip();
            if (!text.isEmpty() && JsonText.parse(text).getFirst().root() instanceof Map<?, ?> given) {
                size = new Size(number(given.get("Width")), number(given.get("Height")));
            }
        } catch (IllegalArgumentException | ApiException malformed) {
            throw new IOException("the size of a terminal is malformed", malformed);
        }
        resize();
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? Math.clamp(number.longValue(), 0, LARGEST_SIZE) : 0;
    }

    private void resize() {
        TerminalProcess opened = process;
        Size wanted = size;
        if (opened != null && wanted != null && wanted.columns() > 0 && wanted.rows() > 0) {
            opened.resize(wanted.columns(), wanted.rows());
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
