package dev.orchestrator.memory;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads and sockets of a container: they end with it. */
final class Resources {

    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger alive;
    private volatile boolean closed;

    /** Creates the empty set; {@code alive} counts the threads of all containers. */
    Resources(AtomicInteger alive) {
        this.alive = alive;
    }

    /**
     * Takes charge of something that is closed with the container; refuses and closes it if the container has ended.
     */
    void add(AutoCloseable resource) throws IOException {
        open.add(resource);
        if (closed) {
            remove(resource);
            close(resource);
            throw new IOException("the container has ended");
        }
    }

    void remove(AutoCloseable resource) {
        open.remove(resource);
    }

    /** Starts a thread that is interrupted with the container. */
    void start(Thread thread, Runnable atOnce) {
        threads.add(thread);
        alive.incrementAndGet();
        atOnce.run();
        thread.start();
        if (closed) {
            thread.interrupt();
        }
    }

    /** Says that the calling thread ends. */
    void leave() {
        // Counted out before it is taken off: whoever joins the threads and then looks at the count sees it gone.
        if (threads.contains(Thread.currentThread())) {
            alive.decrementAndGet();
            threads.remove(Thread.currentThread());
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Closes everything and interrupts all threads but the calling one; waits for nothing. */
    void close() {
        closed = true;
        for (AutoCloseable resource : open) {
            remove(resource);
            close(resource);
        }
        for (Thread thread : threads) {
            if (!thread.equals(Thread.currentThread())) {
                thread.interrupt();
            }
        }
    }

    /** Waits until all threads have ended, but no longer than the given real time. */
    void join(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Thread thread : threads) {
            long left = deadline - System.nanoTime();
            if (!thread.equals(Thread.currentThread()) && left > 0) {
                thread.join(Duration.ofNanos(left));
            }
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("closing a container's socket failed", e);
        }
    }
}
