package dev.orchestrator.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes of a client on their way to the thread that reads them. */
public final class Inlet extends InputStream {

    private static final int MOST_BYTES = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private int position;
    private int size;
    private boolean ended;
    private boolean closed;

    /** Hands bytes over; waits while too many are on their way, unless nobody will read them. */
    public void put(byte[] bytes) throws IOException {
        lock.lock();
        try {
            while (size >= MOST_BYTES && !closed) {
                changed.await();
            }
            if (!closed && !ended && bytes.length > 0) {
                chunks.add(bytes);
                size += bytes.length;
                changed.signalAll();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            lock.unlock();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
    }

    /** Says that no more bytes will come. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            while (chunks.isEmpty() && !ended && !closed) {
                changed.await();
            }
            byte[] first = chunks.peek();
            if (first == null || closed) {
                return -1;
            }
            int taken = Math.min(length, first.length - position);
            System.arraycopy(first, position, bytes, offset, taken);
            position += taken;
            size -= taken;
            if (position == first.length) {
                chunks.remove();
                position = 0;
            }
            changed.signalAll();
            return taken;
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** Reads no more: what is on its way is dropped, and so is what still comes. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            chunks.clear();
            size = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
