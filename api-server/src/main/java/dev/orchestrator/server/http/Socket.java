package dev.orchestrator.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/** One WebSocket: whole messages in, whole messages out, each sent before the next begins. */
public final class Socket {

    private static final int NORMAL = 1000;
    private static final int LARGEST_MESSAGE = 4 * 1024 * 1024;

    /** What is done with a socket. */
    public interface Use {

        /** Uses the socket, on a thread of its own; when it returns the socket is closed. */
        void serve(Socket socket) throws IOException, InterruptedException;

        /** Takes a message of the client; the next comes when this returns. */
        default void received(byte[] message) throws IOException {}

        /** Learns that nothing will come or go any more. */
        default void gone() {}
    }

    private final Use use;
    private final String name;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final ReentrantLock sending = new ReentrantLock();
    private volatile @Nullable CoreSession session;

    Socket(Use use, String name) {
        this.use = use;
        this.name = name;
    }

    /** {@return the protocol that was agreed on; empty for none} */
    public String protocol() {
        CoreSession open = session;
        String agreed = open == null ? null : open.getNegotiatedSubProtocol();
        return agreed == null ? "" : agreed;
    }

    /** Sends a message of bytes. */
    public void sendBinary(byte[] bytes) throws IOException, InterruptedException {
        send(OpCode.BINARY, bytes);
    }

    /** Sends a message of text in UTF-8. */
    public void sendText(byte[] bytes) throws IOException, InterruptedException {
        send(OpCode.TEXT, bytes);
    }

    private void send(byte kind, byte[] bytes) throws IOException, InterruptedException {
        CoreSession open = session;
        if (open == null) {
            throw new IOException("the socket is not open");
        }
        sending.lockInterruptibly();
        try {
            var sent = new Callback.Completable();
            open.sendFrame(new Frame(kind, true, ByteBuffer.wrap(bytes)), sent, false);
            sent.get();
        } catch (ExecutionException e) {
            throw new IOException("the client is gone", e.getCause());
        } finally {
            sending.unlock();
        }
    }

    private void serve(CoreSession open) {
        try {
            use.serve(this);
        } catch (IOException gone) {
            open.abort();
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        open.close(NORMAL, null, Callback.NOOP);
    }

    /** {@return this socket as the frames of Jetty see it} */
    FrameHandler frames() {
        return new Frames();
    }

    private final class Frames implements FrameHandler {

        @Override
        public void onOpen(CoreSession open, Callback callback) {
            open.setIdleTimeout(Duration.ZERO);
            session = open;
            callback.succeeded();
            open.demand();
            Thread.ofVirtual().name(name).start(() -> serve(open));
        }

        @Override
        public void onFrame(Frame frame, Callback callback) {
            CoreSession open = session;
            if (open == null) {
                callback.succeeded();
                return;
            }
            try {
                take(open, frame);
                callback.succeeded();
                if (frame.getOpCode() != OpCode.CLOSE) {
                    open.demand();
                }
            } catch (IOException gone) {
                callback.failed(gone);
                open.abort();
            }
        }

        private void take(CoreSession open, Frame frame) throws IOException {
            switch (frame.getOpCode()) {
                case OpCode.PING ->
                    open.sendFrame(
                            new Frame(OpCode.PONG, true, BufferUtil.copy(frame.getPayload())), Callback.NOOP, false);
                case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION -> {
                    message.writeBytes(BufferUtil.toArray(frame.getPayload()));
                    if (message.size() > LARGEST_MESSAGE) {
                        throw new IOException("a message is larger than " + LARGEST_MESSAGE + " bytes");
                    }
                    if (frame.isFin()) {
                        byte[] whole = message.toByteArray();
                        message.reset();
                        use.received(whole);
                    }
                }
                default -> {} // answers to pings and the end
            }
        }

        @Override
        public void onError(Throwable cause, Callback callback) {
            callback.succeeded();
        }

        @Override
        public void onClosed(CloseStatus status, Callback callback) {
            callback.succeeded();
            use.gone();
        }
    }
}
