package dev.orchestrator.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

import dev.orchestrator.spi.LogLine.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the two outputs of a process from one connection: pieces, each after eight bytes that say whose it is and how
 * long. A piece ends anywhere, in the middle of a line or of a character.
 */
final class Frames {

    private static final int HEADER = 8;
    private static final int LENGTH_AT = 4;
    private static final int STDERR = 2;
    private static final int CHUNK = 16 << 10;

    private final InputStream in;
    private final boolean isRaw;

    /**
     * Reads from a connection.
     *
     * @param isRaw whether there is a terminal: then there is one output, and no headers
     */
    Frames(InputStream in, boolean isRaw) {
        this.in = in;
        this.isRaw = isRaw;
    }

    /** A piece of an output; its bytes are shared with nobody. */
    static final class Frame {

        private final Stream stream;
        private final byte[] bytes;

        Frame(Stream stream, byte[] bytes) {
            this.stream = stream;
            this.bytes = bytes;
        }

        Stream stream() {
            return stream;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** {@return the next piece; null at the end} */
    @Nullable
    Frame next() throws IOException {
        if (isRaw) {
            byte[] bytes = new byte[CHUNK];
            int count = in.read(bytes);
            return count < 0 ? null : new Frame(Stream.STDOUT, java.util.Arrays.copyOf(bytes, count));
        }
        byte[] header = in.readNBytes(HEADER);
        if (header.length == 0) {
            return null;
        }
        if (header.length < HEADER) {
            throw new EOFException("the engine closed the connection in the middle of an output");
        }
        int length = ByteBuffer.wrap(header).getInt(LENGTH_AT);
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the engine closed the connection in the middle of an output");
        }
        return new Frame(header[0] == STDERR ? Stream.STDERR : Stream.STDOUT, bytes);
    }
}
