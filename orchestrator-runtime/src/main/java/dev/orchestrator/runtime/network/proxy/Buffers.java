package dev.orchestrator.runtime.network.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The direct memory of one loop: a buffer that every read shares, and pooled ones for bytes that a slow receiver has
 * not taken yet; confined to the loop.
 */
final class Buffers {
    private static final int SMALL = 16 * 1024;
    /** Once this much waits for slow receivers, reads are limited to what fits a small buffer. */
    private static final long AMPLE = 32L << 20;

    private static final int POOLED_LARGE = 16;
    private static final int POOLED_SMALL = 256;

    private final int size;
    private final ArrayDeque<ByteBuffer> large = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> small = new ArrayDeque<>();
    private ByteBuffer shared;
    private long waiting;

    Buffers(int size) {
        this.size = size;
        this.shared = ByteBuffer.allocateDirect(size);
    }

    /** {@return the shared buffer, empty; valid until the handler returns or keeps it} */
    ByteBuffer shared() {
        shared.clear();
        return shared;
    }

    /** {@return the shared buffer, empty, no larger than what memory can afford to wait for a slow receiver} */
    ByteBuffer forStream() {
        shared.clear();
        if (waiting > AMPLE) {
            shared.limit(SMALL);
        }
        return shared;
    }

    /** {@return a buffer with what remains in the shared one, to be kept until {@link #release}} */
    ByteBuffer keep(ByteBuffer remaining) {
        ByteBuffer kept;
        if (remaining.remaining() <= SMALL) {
            ByteBuffer pooled = small.pollLast();
            kept = pooled == null ? ByteBuffer.allocateDirect(SMALL) : pooled;
            kept.clear().put(remaining).flip();
        } else {
            ByteBuffer pooled = large.pollLast();
            ByteBuffer next = pooled == null ? ByteBuffer.allocateDirect(size) : pooled;
            kept = remaining;
            shared = next;
        }
        waiting += kept.capacity();
        return kept;
    }

    void release(ByteBuffer kept) {
        waiting -= kept.capacity();
        if (kept.capacity() == SMALL) {
            if (small.size() < POOLED_SMALL) {
                small.addLast(kept);
            }
        } else if (large.size() < POOLED_LARGE) {
            large.addLast(kept);
        }
    }

    long waiting() {
        return waiting;
    }
}
