package dev.orchestrator.server.spdy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.server.http.Inlet;
import dev.orchestrator.server.http.Link;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose client opens streams. Flow control is not used: neither side of Kubernetes ever announces a
 * window.
 */
public final class SpdyConnection implements Link.Use, AutoCloseable {

    /** What is done with the streams. */
    public interface Peer {

        /** Takes a stream that the client has opened, on the thread that reads: must not wait. */
        void opened(SpdyStream stream) throws IOException, InterruptedException;

        /** Learns that the client is gone. */
        void gone();
    }

    static final int REFUSED_STREAM = 3;

    private static final int PROTOCOL_ERROR = 1;
    private static final int INVALID_STREAM = 2;
    private static final int SYN_STREAM = 1;
    private static final int SYN_REPLY = 2;
    private static final int RST_STREAM = 3;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int HEADERS = 8;
    private static final int VERSION = 0x8003;
    private static final int FIN = 1;
    private static final int HEADER = 8;
    private static final int LARGEST_FRAME = 1 << 20;
    private static final int MOST_STREAMS = 4096;
    private static final int ID = 0x7fffffff;

    private final ReentrantLock sending = new ReentrantLock();
    private final Map<Integer, SpdyStream> streams = new ConcurrentHashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Inlet inlet = new Inlet();
    private final HeaderBlocks blocks = new HeaderBlocks();
    private final Peer peer;
    private volatile @Nullable Link link;
    private volatile int last;

    /** Makes a connection for a peer. */
    public SpdyConnection(Peer peer) {
        this.peer = peer;
    }

    @Override
    public void received(byte[] bytes) throws IOException {
        inlet.put(bytes);
    }

    @Override
    public void gone() {
        inlet.end();
        streams.values().forEach(SpdyStream::reset);
        peer.gone();
    }

    /** Ends the connection as if the client had gone. */
    @Override
    public void close() {
        inlet.close();
        gone();
    }

    /** Reads frames until the client has nothing more to say, or says what can not be. */
    @Override
    public void serve(Link opened) throws IOException, InterruptedException {
        link = opened;
        try (var in = new DataInputStream(inlet)) {
            byte[] header = new byte[HEADER];
            while (in.readNBytes(header, 0, HEADER) == HEADER) {
                frame(ByteBuffer.wrap(header), in);
            }
        } catch (EOFException cut) {
            throw new IOException("a frame ends too early", cut);
        } catch (IOException malformed) {
            goAway(PROTOCOL_ERROR);
            throw malformed;
        } finally {
            ended.countDown();
            gone();
            sending.lock();
            try {
                link = null;
                blocks.close();
            } finally {
                sending.unlock();
            }
        }
    }

    private void frame(ByteBuffer header, DataInputStream in) throws IOException, InterruptedException {
        int first = header.getInt();
        int flagsAndLength = header.getInt();
        int flags = flagsAndLength >>> 24;
        int length = flagsAndLength & 0xffffff;
        if (length > LARGEST_FRAME) {
            throw new IOException("a frame has " + length + " bytes");
        }
        byte[] body = new byte[length];
        in.readFully(body);
        if (first >= 0) {
            received(first, flags, body);
        } else if (first >>> 16 == VERSION) {
            control(first & 0xffff, flags, ByteBuffer.wrap(body));
        } else {
            throw new IOException("a frame is not of SPDY/3.1");
        }
    }

    private void received(int id, int flags, byte[] bytes) throws IOException, InterruptedException {
        SpdyStream stream = streams.get(id);
        if (stream == null) {
            // A stream that has just been given up may still be written to; one that never was may not.
            if (id > last || id % 2 == 0) {
                resetStream(id, INVALID_STREAM);
            }
            return;
        }
        stream.take(bytes);
        if ((flags & FIN) != 0) {
            stream.endInput();
            forgetEnded(stream);
        }
    }

    private void control(int type, int flags, ByteBuffer body) throws IOException, InterruptedException {
        switch (type) {
            case SYN_STREAM -> open(number(body), flags, body);
            case SYN_REPLY, HEADERS -> {
                number(body);
                blocks.read(rest(body)); // of no use, but the next block continues it
            }
            case RST_STREAM -> {
                SpdyStream stream = streams.remove(number(body));
                if (stream != null) {
                    stream.reset();
                }
            }
            case PING -> control(PING, numbers(number(body)));
            default -> {} // settings and windows, which are not used, and the announcement that the client will go
        }
    }

    private static int number(ByteBuffer body) throws IOException {
        if (body.remaining() < Integer.BYTES) {
            throw new IOException("a frame is too short");
        }
        return body.getInt();
    }

    private static byte[] rest(ByteBuffer body) {
        byte[] rest = new byte[body.remaining()];
        body.get(rest);
        return rest;
    }

    private void open(int id, int flags, ByteBuffer body) throws IOException, InterruptedException {
        number(body); // the stream it is associated with: none
        if (body.remaining() < Short.BYTES) {
            throw new IOException("a frame is too short");
        }
        body.getShort(); // its priority
        Map<String, String> headers = blocks.read(rest(body));
        if (id <= last || id % 2 == 0) {
            throw new IOException("stream " + id + " is opened after stream " + last);
        }
        last = id;
        if (streams.size() >= MOST_STREAMS) {
            resetStream(id, REFUSED_STREAM);
            return;
        }
        var stream = new SpdyStream(this, id, headers);
        if ((flags & FIN) != 0) {
            stream.endInput();
        }
        streams.put(id, stream);
        reply(id);
        peer.opened(stream);
    }

    private void reply(int id) throws IOException, InterruptedException {
        sending.lockInterruptibly();
        try {
            byte[] none = blocks.none();
            byte[] reply = Arrays.copyOf(numbers(id), Integer.BYTES + none.length);
            System.arraycopy(none, 0, reply, Integer.BYTES, none.length);
            control(SYN_REPLY, reply);
        } finally {
            sending.unlock();
        }
    }

    private static byte[] numbers(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return bytes.array();
    }

    private void control(int type, byte[] body) throws IOException, InterruptedException {
        send(VERSION << Short.SIZE | type, body.length, body);
    }

    void resetStream(int id, int why) throws IOException, InterruptedException {
        streams.remove(id);
        control(RST_STREAM, numbers(id, why));
    }

    private void goAway(int why) throws IOException, InterruptedException {
        control(GOAWAY, numbers(last, why));
    }

    void data(int id, byte[] bytes, boolean isLast) throws IOException, InterruptedException {
        int from = 0;
        do {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + LARGEST_FRAME));
            from += part.length;
            int flags = isLast && from == bytes.length ? FIN : 0;
            send(id & ID, flags << 24 | part.length, part);
        } while (from < bytes.length);
    }

    private void send(int first, int flagsAndLength, byte[] body) throws IOException, InterruptedException {
        byte[] frame = Arrays.copyOf(numbers(first, flagsAndLength), HEADER + body.length);
        System.arraycopy(body, 0, frame, HEADER, body.length);
        sending.lockInterruptibly();
        try {
            Link open = link;
            if (open == null) {
                throw new IOException("the connection is not open");
            }
            open.send(frame);
        } finally {
            sending.unlock();
        }
    }

    void forgetEnded(SpdyStream stream) {
        if (stream.isOver()) {
            streams.remove(stream.id(), stream);
        }
    }

    /** Says goodbye, and waits a while for the client to go before the connection is closed. */
    public void end(Duration patience) throws IOException, InterruptedException {
        try {
            goAway(0);
            ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            close();
        }
    }
}
