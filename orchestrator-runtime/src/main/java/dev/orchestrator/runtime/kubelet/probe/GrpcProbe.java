package dev.orchestrator.runtime.kubelet.probe;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Asks the gRPC health service ({@code grpc.health.v1.Health/Check}) how a container is.
 *
 * <p>A minimal client of its own: HTTP/2 without TLS, one stream, one request. It needs nothing of HPACK's compression
 * for what it sends, and of what it receives only the state in the trailers, which it decodes in full ({@link Hpack}).
 */
public final class GrpcProbe {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int PADDED = 8;
    private static final int PRIORITY = 32;
    private static final int LARGEST_FRAME = 1 << 20;
    private static final String UNIMPLEMENTED = "12";
    private static final String[] STATES = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};
    private static final int SERVING = 1;

    private GrpcProbe() {}

    private static final class Reply {
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private final Hpack hpack = new Hpack();
        private @Nullable String status;
        private @Nullable String statusMessage;
        private boolean isOver;
    }

    /** {@return what the health service says of the named service, or of the server as a whole if it is empty} */
    public static ProbeAnswer run(ProbeTarget target, String service, Duration timeout) {
        String shown = timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + "s" : timeout.toMillis() + "ms";
        try (Socket socket = Dialer.dial(target, timeout)) {
            // Frames are written one by one.
            socket.setTcpNoDelay(true);
            return judge(exchange(socket, target, service, timeout), shown);
        } catch (Dialer.DialException e) {
            return ProbeAnswer.failure("timeout: failed to connect service \"" + target + "\" within " + shown
                    + ": context deadline exceeded");
        } catch (SocketTimeoutException e) {
            return ProbeAnswer.failure("timeout: health rpc did not complete within " + shown);
        } catch (IOException e) {
            return ProbeAnswer.failure("error: health rpc probe failed: " + e.getMessage());
        }
    }

    private static ProbeAnswer judge(Reply reply, String timeout) {
        String status = reply.status == null ? "2" : reply.status;
        if (status.equals(UNIMPLEMENTED)) {
            return ProbeAnswer.failure(
                    "error: this server does not implement the grpc health protocol (grpc.health.v1.Health): "
                            + reply.statusMessage);
        }
        if (status.equals("4")) {
            return ProbeAnswer.failure("timeout: health rpc did not complete within " + timeout);
        }
        if (!status.equals("0")) {
            return ProbeAnswer.failure(
                    "error: health rpc probe failed: rpc error: code = " + status + " desc = " + reply.statusMessage);
        }
        int state = servingStatus(reply.message.toByteArray());
        if (state == SERVING) {
            return ProbeAnswer.success("service healthy");
        }
        String name = state >= 0 && state < STATES.length ? STATES[state] : Integer.toString(state);
        return ProbeAnswer.failure("service unhealthy (responded with \"" + name + "\")");
    }

    /** The reply is one message: flag, length, then a protobuf whose field 1 is the state; absent means 0. */
    private static int servingStatus(byte[] message) {
        return message.length >= 7 && message[5] == 8 ? message[6] : 0;
    }

    private static Reply exchange(Socket socket, ProbeTarget target, String service, Duration timeout)
            throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        OutputStream out = socket.getOutputStream();
        var request = new ByteArrayOutputStream();
        request.write(PREFACE);
        frame(request, SETTINGS, 0, 0, new byte[0]);
        frame(request, HEADERS, END_HEADERS, 1, headers(target, timeout));
        frame(request, DATA, END_STREAM, 1, message(service));
        out.write(request.toByteArray());
        var in = new DataInputStream(socket.getInputStream());
        var reply = new Reply();
        while (!reply.isOver) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("deadline");
            }
            socket.setSoTimeout(Dialer.millis(Duration.ofNanos(left)));
            readFrame(in, out, reply);
        }
        return reply;
    }

    private static byte[] headers(ProbeTarget target, Duration timeout) throws IOException {
        var block = new ByteArrayOutputStream();
        Hpack.literal(block, ":method", "POST");
        Hpack.literal(block, ":scheme", "http");
        Hpack.literal(block, ":path", "/grpc.health.v1.Health/Check");
        Hpack.literal(block, ":authority", target.toString());
        Hpack.literal(block, "content-type", "application/grpc");
        Hpack.literal(block, "te", "trailers");
        Hpack.literal(block, "user-agent", "kube-probe/1.36");
        Hpack.literal(block, "grpc-timeout", Math.min(timeout.toMillis(), 99_999_999) + "m");
        return block.toByteArray();
    }

    private static byte[] message(String service) throws IOException {
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        var body = new ByteArrayOutputStream();
        if (name.length > 0) {
            body.write(10);
            int length = name.length;
            while (length >= 128) {
                body.write((length & 127) | 128);
                length >>>= 7;
            }
            body.write(length);
            body.write(name);
        }
        var message = new ByteArrayOutputStream();
        message.write(0);
        for (int shift = 24; shift >= 0; shift -= 8) {
            message.write(body.size() >>> shift);
        }
        message.write(body.toByteArray());
        return message.toByteArray();
    }

    private static void frame(OutputStream out, int type, int flags, int stream, byte[] payload) throws IOException {
        var frame = new ByteArrayOutputStream(9 + payload.length);
        frame.write(payload.length >>> 16);
        frame.write(payload.length >>> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            frame.write(stream >>> shift);
        }
        frame.write(payload);
        out.write(frame.toByteArray());
    }

    private static void readFrame(DataInputStream in, OutputStream out, Reply reply) throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & Integer.MAX_VALUE;
        if (length > LARGEST_FRAME) {
            throw new IOException("http2: frame too large");
        }
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException("EOF");
        }
        switch (type) {
            case SETTINGS -> {
                if ((flags & ACK) == 0) {
                    frame(out, SETTINGS, ACK, 0, new byte[0]);
                }
            }
            case PING -> {
                if ((flags & ACK) == 0) {
                    frame(out, PING, ACK, 0, payload);
                }
            }
            case HEADERS, CONTINUATION -> headers(reply, type, flags, payload, in);
            case DATA -> {
                if (stream == 1) {
                    int pad = (flags & PADDED) != 0 ? 1 + (payload[0] & 255) : 0;
                    reply.message.write(payload, pad > 0 ? 1 : 0, payload.length - pad);
                    reply.isOver = (flags & END_STREAM) != 0;
                }
            }
            case RST_STREAM, GOAWAY -> throw new IOException("rpc error: code = Unavailable desc = stream closed");
            default -> {}
        }
    }

    private static void headers(Reply reply, int type, int flags, byte[] payload, DataInputStream in)
            throws IOException {
        int start = 0;
        int end = payload.length;
        if (type == HEADERS && (flags & PADDED) != 0) {
            end -= payload[0] & 255;
            start = 1;
        }
        if (type == HEADERS && (flags & PRIORITY) != 0) {
            start += 5;
        }
        var block = new ByteArrayOutputStream();
        block.write(payload, start, end - start);
        int last = flags;
        while ((last & END_HEADERS) == 0) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            if (in.readUnsignedByte() != CONTINUATION || length > LARGEST_FRAME) {
                throw new IOException("http2: protocol error");
            }
            last = in.readUnsignedByte();
            in.readInt();
            block.write(in.readNBytes(length));
        }
        reply.hpack.decode(block.toByteArray(), (name, value) -> {
            switch (name) {
                case "grpc-status" -> reply.status = value;
                case "grpc-message" -> reply.statusMessage = value;
                case ":status" -> {
                    if (!value.equals("200")) {
                        reply.status = value.equals("404") ? UNIMPLEMENTED : "14";
                        reply.statusMessage = "unexpected HTTP status code received from server: " + value;
                    }
                }
                default -> {}
            }
        });
        reply.isOver |= (flags & END_STREAM) != 0;
    }
}
