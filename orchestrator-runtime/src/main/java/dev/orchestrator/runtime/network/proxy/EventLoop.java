package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import dev.orchestrator.api.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One selector and the platform thread that serves it; everything registered is confined to that thread. */
final class EventLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private final Selector selector;
    private final TimeSource time;
    private final Buffers buffers;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Consumer<SelectionKey> dispatch = EventLoop::dispatch;
    private final List<Runnable> afterClosing = new ArrayList<>();
    private List<SelectableChannel> released = new ArrayList<>();
    private List<SelectableChannel> closing = new ArrayList<>();
    private volatile boolean stopping;
    private volatile boolean stopped;

    private EventLoop(Selector selector, String name, int bufferSize, TimeSource time) {
        this.selector = selector;
        this.time = time;
        this.buffers = new Buffers(bufferSize);
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    static EventLoop start(String name, int bufferSize, TimeSource time) throws IOException {
        var loop = new EventLoop(Selector.open(), name, bufferSize, time);
        loop.thread.start();
        return loop;
    }

    Buffers buffers() {
        return buffers;
    }

    /** Runs a task on the loop soon; after {@link #close()} on the caller, when there is nothing left to race with. */
    void execute(Runnable task) {
        time.workStarted();
        tasks.add(task);
        if (stopped) {
            runTasks();
        } else {
            selector.wakeup();
        }
    }

    /** Runs a task on the loop and waits, also for the sockets it released to be closed; not for use on the loop. */
    void executeAndAwaitClosing(Runnable task) {
        var done = new CountDownLatch(1);
        execute(() -> {
            try {
                task.run();
            } finally {
                if (stopped) {
                    done.countDown();
                } else {
                    afterClosing.add(done::countDown);
                }
            }
        });
        uninterruptibly(done::await);
    }

    /** Registers a channel; only on the loop. */
    SelectionKey register(SelectableChannel channel, int ops, ReadyHandler handler) throws IOException {
        return channel.register(selector, ops, handler);
    }

    /**
     * Closes a channel soon; only on the loop. Closing it while registered would cost the JDK two more system calls
     * (getsockopt and shutdown), so it is deregistered by the next select and closed after it.
     */
    void release(SelectableChannel channel, @Nullable SelectionKey key) {
        if (key != null) {
            key.cancel();
        }
        released.add(channel);
    }

    private void run() {
        try {
            while (!stopping) {
                turn();
            }
        } finally {
            stop();
        }
    }

    private void turn() {
        try {
            var next = closing;
            closing = released;
            released = next;
            if (closing.isEmpty() && afterClosing.isEmpty()) {
                selector.select(dispatch);
            } else {
                selector.selectNow(dispatch);
                finishClosing();
            }
        } catch (IOException e) {
            LOG.warn("service proxy: select failed", e);
        }
        runTasks();
    }

    private static void dispatch(SelectionKey key) {
        if (!key.isValid()) {
            // Another event of the same turn has ended it.
            return;
        }
        var handler = (ReadyHandler) key.attachment();
        try {
            handler.ready(key.readyOps());
        } catch (IOException e) {
            handler.failed(e);
        } catch (Throwable e) {
            // Not even an error of one connection may end the loop, which carries all the others.
            LOG.error("service proxy: connection failed", e);
            handler.failed(e);
        }
    }

    private void finishClosing() {
        closing.forEach(EventLoop::closeQuietly);
        closing.clear();
        afterClosing.forEach(Runnable::run);
        afterClosing.clear();
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (Throwable e) {
                LOG.error("service proxy: task failed", e);
            } finally {
                time.workFinished();
            }
        }
    }

    private void stop() {
        try {
            selector.keys().forEach(key -> closeQuietly(key.channel()));
            selector.close();
        } catch (IOException | ClosedSelectorException e) {
            LOG.warn("service proxy: selector did not close", e);
        }
        runTasks();
        released.forEach(EventLoop::closeQuietly);
        finishClosing();
        stopped = true;
        // Whoever adds a task after this sees the flag and runs it.
        runTasks();
    }

    static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.debug("service proxy: socket did not close cleanly", e);
        }
    }

    /** Closes whatever is still registered and joins the thread. */
    @Override
    public void close() {
        stopping = true;
        selector.wakeup();
        uninterruptibly(thread::join);
    }

    private interface Wait {
        void await() throws InterruptedException;
    }

    // Closing gives back sockets and threads whether or not the caller is interrupted; the loop never blocks, so it is
    // short.
    private static void uninterruptibly(Wait wait) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    wait.await();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
