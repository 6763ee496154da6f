package dev.orchestrator.runtime.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

import dev.orchestrator.api.StateException;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a state file that are written and forced one by one: each a header of three integers (the length of the
 * text, its checksum, the checksum of the two) and a text.
 *
 * <p>A frame is begun only when the one before is safe. So the last one may be torn, if the JVM or the machine ended
 * while it was written: then it is cut short or has a stretch of zeros where nothing was written. All else that does
 * not fit its checksums is damage.
 */
final class Frames {

    static final int HEADER = 3 * Integer.BYTES;

    /** Text has no zeros; one bit that has fallen over makes one at most. */
    private static final int UNWRITTEN = 16;

    private static final int CHUNK = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private long position;
    private boolean isTorn;

    /** Reads the frames of a file from its beginning. */
    Frames(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
    }

    /** {@return a frame with this text} */
    static ByteBuffer of(ByteBuffer text) {
        ByteBuffer frame = ByteBuffer.allocate(HEADER + text.remaining());
        frame.putInt(text.remaining());
        frame.putInt(checksum(text.duplicate()));
        frame.putInt(checksum(frame.duplicate().flip()));
        return frame.put(text.duplicate()).flip();
    }

    private static int checksum(ByteBuffer bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    /** {@return where the last whole frame ends that was read} */
    long position() {
        return position;
    }

    /** {@return whether the file goes on behind the last whole frame, with one that was never finished} */
    boolean isTorn() {
        return isTorn;
    }

    /**
     * {@return the text of the next frame; null when there is none, or only a torn one}
     *
     * @throws StateException if the file is damaged here
     */
    byte @Nullable [] next() throws IOException {
        long left = size - position;
        if (left == 0) {
            return null;
        }
        if (left < HEADER) {
            return torn();
        }
        ByteBuffer header = read(position, HEADER);
        int length = header.getInt(0);
        if (checksum(header.duplicate().limit(2 * Integer.BYTES)) != header.getInt(2 * Integer.BYTES) || length <= 0) {
            if (isZero(position)) {
                return torn();
            }
            throw damaged("the header of a record is wrong");
        }
        if (left < HEADER + (long) length) {
            return torn();
        }
        byte[] text = new byte[length];
        fill(position + HEADER, ByteBuffer.wrap(text));
        if (checksum(ByteBuffer.wrap(text)) != header.getInt(Integer.BYTES)) {
            if (left == HEADER + (long) length && hasStretchOfZeros(text)) {
                return torn();
            }
            throw damaged("the checksum of a record of " + length + " bytes is wrong");
        }
        position += HEADER + (long) length;
        return text;
    }

    private byte @Nullable [] torn() {
        isTorn = true;
        return null;
    }

    private boolean isZero(long from) throws IOException {
        for (long at = from; at < size; at += CHUNK) {
            ByteBuffer rest = read(at, (int) Math.min(CHUNK, size - at));
            while (rest.hasRemaining()) {
                if (rest.get() != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean hasStretchOfZeros(byte[] text) {
        int zeros = 0;
        for (int i = 0; i < text.length && zeros < UNWRITTEN; i++) {
            zeros = text[i] == 0 ? zeros + 1 : 0;
        }
        return zeros >= UNWRITTEN || zeros == text.length;
    }

    private ByteBuffer read(long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        fill(from, bytes);
        return bytes.flip();
    }

    private void fill(long from, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new IOException(file + ": ends while it is read");
            }
        }
    }

    /** {@return the file that is read} */
    Path file() {
        return file;
    }

    StateException damaged(String what) {
        return damaged(what, null);
    }

    StateException damaged(String what, @Nullable Throwable cause) {
        return new StateException(
                StateException.Reason.DAMAGED,
                "state file " + file + " is damaged at byte " + position + " of " + size + ": " + what
                        + "; nothing was changed: restore the directory from a copy, or delete it to begin anew",
                cause);
    }
}
