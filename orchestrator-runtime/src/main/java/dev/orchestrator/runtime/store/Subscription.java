package dev.orchestrator.runtime.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.orchestrator.api.ApiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch that calls back, one change at a time and in order, until it is closed, fails or falls behind. Its calls come
 * on virtual threads that it shares with others ({@link Callers}) and may block.
 */
public final class Subscription implements AutoCloseable {

    /** Who is to do what next. Only the thread that is {@code RUNNING} touches the cursor. */
    private enum State {
        IDLE,
        RUNNING,
        /** Running, and has to look once more. */
        WOKEN,
        ENDED
    }

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** After so many calls in a row it is the next watch's turn. */
    private static final int TURN = 256;

    private final String name;
    private final WatchCursor cursor;
    private final WatchListener listener;
    private final Callers callers;
    private final Consumer<Subscription> onEnd;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch ended = new CountDownLatch(1);
    /** The thread that calls the listener, guarded by the lock so that no other watch's call is interrupted. */
    private @Nullable Thread runner;

    private volatile boolean closing;

    Subscription(
            String name, WatchCursor cursor, WatchListener listener, Callers callers, Consumer<Subscription> onEnd) {
        this.name = name;
        this.cursor = cursor;
        this.listener = listener;
        this.callers = callers;
        this.onEnd = onEnd;
    }

    void start() {
        cursor.calls(this);
        submit();
    }

    private void submit() {
        callers.submit(List.of(this));
    }

    /** {@return whether the caller is to run this; otherwise whoever runs it looks once more} */
    private boolean claim() {
        while (true) {
            State seen = state.get();
            switch (seen) {
                case IDLE -> {
                    if (state.compareAndSet(seen, State.RUNNING)) {
                        return true;
                    }
                }
                case RUNNING -> {
                    if (state.compareAndSet(seen, State.WOKEN)) {
                        return false;
                    }
                }
                case WOKEN, ENDED -> {
                    return false;
                }
            }
        }
    }

    /** Calls the listener with what there is, unless another thread does. */
    void run() {
        if (!claim()) {
            return;
        }
        begin();
        boolean isOver = true;
        ApiException reason = null;
        try {
            isOver = !turn();
        } catch (ApiException e) {
            reason = e;
            if (e.reason() == ApiException.Reason.EXPIRED) {
                LOG.warn("watch of {} ends: its listener was too slow, changes were forgotten", name);
            } else {
                LOG.error("watch of {} failed", name, e);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("watch of {} failed", name, e);
        }
        if (isOver) {
            end(reason);
        }
        finish();
        if (isOver) {
            ended.countDown();
        } else if (!state.compareAndSet(State.RUNNING, State.IDLE)) {
            state.set(State.IDLE);
            submit();
        }
    }

    /** {@return whether the watch goes on} */
    private boolean turn() {
        for (int calls = 0; calls < TURN; calls++) {
            if (closing) {
                return false;
            }
            StoreEvent event = cursor.pollOrArm();
            if (event == null) {
                return !closing;
            }
            listener.onEvent(event);
        }
        state.set(State.WOKEN);
        return true;
    }

    private void begin() {
        lock.lock();
        try {
            runner = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    private void finish() {
        lock.lock();
        try {
            runner = null;
            // An interruption was meant for this watch, not for the one that the thread calls next.
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable ApiException reason) {
        state.set(State.ENDED);
        cursor.close();
        onEnd.accept(this);
        try {
            listener.onEnd(reason);
        } catch (RuntimeException e) {
            LOG.error("watch of {} failed at its end", name, e);
        }
    }

    /**
     * Ends the watch and waits, unless called by the listener itself, for the call in progress to return. Interrupts a
     * listener that blocks. Calling it again does nothing.
     */
    @Override
    public void close() {
        closing = true;
        lock.lock();
        try {
            if (Thread.currentThread().equals(runner)) {
                return;
            }
            if (runner != null) {
                runner.interrupt();
            }
        } finally {
            lock.unlock();
        }
        submit();
        try {
            if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("watch of {} still calls its listener {} after it was closed", name, PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
