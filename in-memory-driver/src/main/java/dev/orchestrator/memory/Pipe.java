package dev.orchestrator.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Bytes on their way from one thread to another. */
final class Pipe {

    private static final int INITIAL = 1 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int capacity;
    private byte[] ring = new byte[INITIAL];
    private int start;
    private int size;
    private boolean writerClosed;
    private boolean readerClosed;

    /** Creates a pipe whose writer waits once that many bytes are on their way. */
    Pipe(int capacity) {
        this.capacity = capacity;
    }

    /** {@return where to write} */
    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                int written = 0;
                while (written < length) {
                    written += put(bytes, offset + written, length - written);
                }
            }

            @Override
            public void close() {
                closeWriter();
            }
        };
    }

    /** {@return where to read} */
    InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return length == 0 ? 0 : take(bytes, offset, length);
            }

            @Override
            public int available() {
                lock.lock();
                try {
                    return size;
                } finally {
                    lock.unlock();
                }
            }

            @Override
            public void close() {
                closeReader();
            }
        };
    }

    /** Writes without waiting: what does not fit ends the pipe. */
    void offer(byte[] bytes) {
        lock.lock();
        try {
            if (writerClosed || readerClosed) {
                return;
            }
            if (size + bytes.length > capacity) {
                writerClosed = true;
            } else {
                copyIn(bytes, 0, bytes.length);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void closeWriter() {
        lock.lock();
        try {
            writerClosed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void closeReader() {
        lock.lock();
        try {
            readerClosed = true;
            size = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int put(byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            awaitWhile(() -> size == capacity && !readerClosed && !writerClosed);
            if (readerClosed || writerClosed) {
                throw new IOException("Broken pipe");
            }
            int fits = Math.min(length, capacity - size);
            copyIn(bytes, offset, fits);
            changed.signalAll();
            return fits;
        } finally {
            lock.unlock();
        }
    }

    private int take(byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            awaitWhile(() -> size == 0 && !writerClosed && !readerClosed);
            if (size == 0) {
                return -1;
            }
            int taken = Math.min(length, size);
            for (int i = 0; i < taken; i++) {
                bytes[offset + i] = ring[(start + i) % ring.length];
            }
            start = (start + taken) % ring.length;
            size -= taken;
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void awaitWhile(BooleanSupplier blocked) throws IOException {
        try {
            while (blocked.getAsBoolean()) {
                Activity.pauseCurrent();
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private void copyIn(byte[] bytes, int offset, int length) {
        if (size + length > ring.length) {
            grow(size + length);
        }
        for (int i = 0; i < length; i++) {
            ring[(start + size + i) % ring.length] = bytes[offset + i];
        }
        size += length;
    }

    private void grow(int needed) {
        byte[] larger = new byte[Math.max(needed, ring.length * 2)];
        for (int i = 0; i < size; i++) {
            larger[i] = ring[(start + i) % ring.length];
        }
        ring = larger;
        start = 0;
    }
}
