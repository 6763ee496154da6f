package dev.orchestrator.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One output of a process, between who takes it from the connection and who reads it. */
final class Pipe extends InputStream {

    private static final int CAPACITY = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private int position;
    private int size;
    private boolean isEnded;
    private boolean isClosed;

    /** Adds a piece; waits while the reader is far behind. */
    void put(byte[] piece) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (size >= CAPACITY && !isClosed) {
                changed.await();
            }
            if (!isClosed && piece.length > 0) {
                pieces.add(piece);
                size += piece.length;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come. */
    void end() {
        lock.lock();
        try {
            isEnded = true;
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
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            while (size == 0 && !isEnded && !isClosed) {
                changed.await();
            }
            if (size == 0 || isClosed) {
                return -1;
            }
            byte[] piece = pieces.element();
            int count = Math.min(length, piece.length - position);
            System.arraycopy(piece, position, bytes, offset, count);
            position += count;
            size -= count;
            if (position == piece.length) {
                pieces.remove();
                position = 0;
            }
            changed.signalAll();
            return count;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while reading").initCause(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return isClosed ? 0 : size;
        } finally {
            lock.unlock();
        }
    }

    /** Takes what has not been read, without waiting. */
    byte[] takeAll() {
        lock.lock();
        try {
            var all = new java.io.ByteArrayOutputStream();
            for (byte[] piece : pieces) {
                all.write(piece, position, piece.length - position);
                position = 0;
            }
            pieces.clear();
            size = 0;
            changed.signalAll();
            return all.toByteArray();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            pieces.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
