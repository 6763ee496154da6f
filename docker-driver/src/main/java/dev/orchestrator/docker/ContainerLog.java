package dev.orchestrator.docker;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.LogLine;
import dev.orchestrator.spi.LogQuery;
import dev.orchestrator.spi.LogStream;
import org.jspecify.annotations.Nullable;

/** A log, read by whoever asks for its next line: an open log costs a connection and no thread. */
final class ContainerLog implements LogStream {

    private final Engine engine;
    private final Containers containers;
    private final Changes.Watch changes;
    private final ContainerId id;
    private final LogQuery query;
    private final boolean hasTerminal;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread waiting;
    private volatile boolean isClosed;
    private volatile @Nullable Exchange exchange;
    private @Nullable LogReader reader;
    private @Nullable Instant last;
    private boolean isAtEnd;
    private boolean isReconnected;

    private ContainerLog(
            Engine engine, Containers containers, Changes.Watch changes, Inspected container, LogQuery query) {
        this.engine = engine;
        this.containers = containers;
        this.changes = changes;
        this.id = new ContainerId(container.id());
        this.query = query;
        this.hasTerminal = container.hasTerminal();
    }

    static ContainerLog open(Engine engine, Containers containers, Changes changes, ContainerId id, LogQuery query)
            throws InterruptedException {
        Changes.Watch watch = changes.watch(id.value());
        boolean isOpen = false;
        try {
            Inspected container = containers.get(id, "reading the log");
            var log = new ContainerLog(engine, containers, watch, container, query);
            // The engine ends the log of a container that was not started, followed or not.
            if (!container.isNew() && !log.isLate()) {
                log.connect(query.tailLines(), query.since());
            }
            isOpen = true;
            return log;
        } finally {
            if (!isOpen) {
                watch.close();
            }
        }
    }

    /** {@return whether the engine may answer long after it was asked, so that only who reads can wait for it} */
    private boolean isLate() {
        return query.follow() && engine.isSilentUntilLine();
    }

    private void connect(long tail, @Nullable Instant since) throws InterruptedException {
        var path = new StringBuilder("/containers/" + id + "/logs?stdout=1&stderr=1&timestamps=1");
        if (query.follow()) {
            path.append("&follow=1");
        }
        if (tail >= 0) {
            path.append("&tail=").append(tail);
        }
        if (since != null) {
            path.append("&since=").append(since.getEpochSecond());
            path.append('.').append(String.format(java.util.Locale.ROOT, "%09d", since.getNano()));
        }
        Exchange opened = engine.open("reading the log of container " + id, "GET", path.toString(), "");
        reader = new LogReader(opened.getBody(), hasTerminal);
        exchange = opened;
        if (isClosed) {
            opened.close();
        }
    }

    @Override
    public @Nullable LogLine next() throws InterruptedException {
        while (!isClosed && !isAtEnd && !engine.isClosed()) {
            LogReader current = reader;
            if (current == null) {
                awaitStart();
                continue;
            }
            LogLine line = read(current);
            if (line != null) {
                return line;
            }
        }
        return null;
    }

    private void awaitStart() throws InterruptedException {
        Optional<Inspected> container = containers.find(id);
        if (container.isEmpty() || !query.follow()) {
            isAtEnd = true;
        } else if (!container.get().isNew() && isLate()) {
            connectLate(container.get().isRunning());
        } else if (!container.get().isNew()) {
            connect(-1, query.since());
        } else {
            changes.await(engine.callTimeout());
        }
    }

    private void connectLate(boolean isRunning) throws InterruptedException {
        lock.lock();
        try {
            if (isClosed) {
                return;
            }
            waiting = Thread.currentThread();
        } finally {
            lock.unlock();
        }
        try {
            connect(query.tailLines(), query.since());
        } catch (InterruptedException e) {
            if (!isClosed) {
                throw e;
            }
        } catch (DriverException e) {
            // No line yet. One that has ended without any never has one.
            if (e.reason() != Reason.TIMEOUT) {
                throw e;
            }
            isAtEnd = !isRunning;
        } finally {
            stopWaiting();
        }
    }

    private void stopWaiting() {
        lock.lock();
        try {
            waiting = null;
            if (isClosed) {
                // Clears what close() may have set after the wait was over.
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable LogLine read(LogReader current) throws InterruptedException {
        LogLine line;
        try {
            line = current.next();
        } catch (IOException e) {
            if (isClosed || engine.isClosed()) {
                close();
                return null;
            }
            DriverException failure = Failures.translated("reading the log of container " + id, e);
            if (!query.follow()) {
                throw failure;
            }
            return resume(current, failure);
        }
        if (line != null) {
            Instant since = query.since();
            if (since != null && line.time().isBefore(since)) {
                // Podman knows whole seconds only.
                return null;
            }
            // After a new connection the engine repeats what was written at the time of the last line.
            boolean isRepeated = last != null && isReconnected && !line.time().isAfter(last);
            if (isRepeated) {
                return null;
            }
            last = line.time();
            return line;
        }
        return resume(current, null);
    }

    /** Goes on after the engine has ended the log: for good if the container has ended, else where it broke off. */
    private @Nullable LogLine resume(LogReader current, @Nullable DriverException failure) throws InterruptedException {
        if (query.follow() && !isClosed) {
            Optional<Inspected> container;
            try {
                container = containers.find(id);
            } catch (DriverException e) {
                throw failure == null ? e : failure;
            }
            if (container.isPresent() && container.get().isRunning()) {
                closeExchange();
                isReconnected = last != null;
                connect(last == null ? query.tailLines() : -1, last == null ? query.since() : last);
                return null;
            }
        }
        if (failure != null && failure.reason() != Reason.NOT_FOUND && !query.follow()) {
            throw failure;
        }
        LogLine rest = current.rest();
        isAtEnd = rest == null;
        if (rest == null) {
            close();
        }
        return rest;
    }

    private void closeExchange() {
        Exchange open = exchange;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            if (waiting != null) {
                waiting.interrupt();
            }
        } finally {
            lock.unlock();
        }
        changes.close();
        closeExchange();
    }
}
