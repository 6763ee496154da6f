package dev.orchestrator.runtime.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.runtime.store.CommitLog;
import dev.orchestrator.runtime.store.StoreEvent;
import dev.orchestrator.runtime.store.StoredState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.Objects.requireNonNull;

/**
 * Writes commits to a file, on one thread: all that have come while the disk was busy with those before are one record
 * and wait for it together.
 *
 * <p>When a record can not be written, nobody knows what of the file is safe. So from then on commits are refused, and
 * everything is written anew to another file until that works.
 */
final class StateLog implements CommitLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StateLog.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** So much is written at once at most, but for a larger object. */
    private static final int RECORD = 1 << 20;

    private final Disk disk;
    private final Generations files;
    private final Snapshot snapshot;
    private final long leastGrowth;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread writer =
            Thread.ofPlatform().daemon().name("orchestrator-state").unstarted(this::run);

    private @Nullable StoredState recovered;
    private @Nullable Supplier<StoredState> source;
    private List<StoreEvent> queue = new ArrayList<>();
    private boolean isClosing;
    private boolean hasEnded;
    private volatile @Nullable String failure;
    private volatile long kept;

    // Of the writing thread alone.
    private Disk.Output output;
    private long number;
    private long size;
    private long sizeOfSnapshot;
    private @Nullable Compaction compaction;

    /**
     * Takes over a file that is open for what comes next.
     *
     * @param recovered what the file holds
     * @param leastGrowth by how many bytes a file grows before it is written anew; it also has to be twice as long as
     *     it was when it was begun
     */
    StateLog(
            Disk disk,
            Generations files,
            Snapshot snapshot,
            StoredState recovered,
            long number,
            Snapshot.Begun begun,
            long leastGrowth) {
        this.disk = disk;
        this.files = files;
        this.snapshot = snapshot;
        this.recovered = recovered;
        this.kept = recovered.revision();
        this.number = number;
        this.output = begun.output();
        this.size = begun.size();
        this.sizeOfSnapshot = begun.size();
        this.leastGrowth = leastGrowth;
    }

    @Override
    public StoredState recovered() {
        return requireNonNull(recovered, "the log was started");
    }

    @Override
    public void start(Supplier<StoredState> state) {
        source = state;
        // From now on the store has it.
        recovered = null;
        writer.start();
    }

    @Override
    public void check() {
        String why = failure;
        if (why != null) {
            throw unwritable(why);
        }
    }

    private ApiException unwritable(String why) {
        return ApiException.of(
                ApiException.Reason.INTERNAL_ERROR,
                "the state in " + files.directory() + " can not be written: " + why);
    }

    @Override
    public void append(StoreEvent commit) {
        lock.lock();
        try {
            queue.add(commit);
            if (queue.size() == 1) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void await(long revision) {
        if (kept >= revision) {
            return;
        }
        lock.lock();
        try {
            while (kept < revision && failure == null && !hasEnded) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        if (kept < revision) {
            String why = failure;
            throw unwritable(why == null ? "the disk is full or broken" : why);
        }
    }

    private void run() {
        try {
            for (List<StoreEvent> batch = next(); batch != null; batch = next()) {
                try {
                    if (failure != null) {
                        beginAnew();
                    } else {
                        write(batch);
                        compact();
                    }
                } catch (IOException | RuntimeException e) {
                    failed(e);
                }
            }
            end();
        } catch (InterruptedException e) {
            failed(e);
        } finally {
            lock.lock();
            try {
                hasEnded = true;
                failure = failure == null ? "it is closed" : failure;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits for something to do. {@return the commits that are to be written; null when there will be none} */
    private @Nullable List<StoreEvent> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (failure != null) {
                long left = RETRY.toNanos();
                while (!isClosing && left > 0) {
                    left = changed.awaitNanos(left);
                }
                return isClosing ? null : List.of();
            }
            while (queue.isEmpty() && !isClosing && (compaction == null || !compaction.hasEnded())) {
                changed.await();
            }
            if (queue.isEmpty() && isClosing) {
                return null;
            }
            List<StoreEvent> batch = queue;
            queue = new ArrayList<>();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void write(List<StoreEvent> batch) throws IOException {
        var lines = new Lines(snapshot.format());
        for (StoreEvent commit : batch) {
            // A file that was begun anew may have it already.
            if (commit.revision() > kept) {
                lines.commit(commit);
                if (lines.size() >= RECORD) {
                    put(lines, commit.revision());
                }
            }
        }
        if (lines.size() > 0) {
            put(lines, batch.getLast().revision());
        }
    }

    private void put(Lines lines, long revision) throws IOException {
        ByteBuffer frame = lines.frame();
        long length = frame.remaining();
        output.write(frame);
        output.force();
        size += length;
        keep(revision);
    }

    private void keep(long revision) {
        lock.lock();
        try {
            kept = revision;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void compact() throws IOException {
        Compaction running = compaction;
        if (running == null) {
            if (size - sizeOfSnapshot > Math.max(leastGrowth, sizeOfSnapshot)) {
                compaction = new Compaction(
                        disk, files.unfinished(number + 1), snapshot, state(), size, this::compactionEnded);
            }
        } else if (running.hasEnded()) {
            compaction = null;
            replace(running.finish(files.file(number), size));
        }
    }

    private Supplier<StoredState> state() {
        return requireNonNull(source, "the log was not started");
    }

    private void compactionEnded() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void replace(Snapshot.Begun next) throws IOException {
        output.close();
        output = next.output();
        size = next.size();
        sizeOfSnapshot = next.size();
        files.put(number + 1);
        number++;
    }

    /** Gives up the present file for one with all there is now. */
    private void beginAnew() throws IOException {
        discardCompaction();
        StoredState all = state().get();
        replace(snapshot.write(disk, files.unfinished(number + 1), all));
        LOG.info("the state in {} can be written again", files.directory());
        failure = null;
        keep(all.revision());
    }

    private void discardCompaction() {
        Compaction running = compaction;
        compaction = null;
        if (running != null) {
            try {
                running.discard();
            } catch (IOException e) {
                LOG.debug("a snapshot of the state in {} is given up", files.directory(), e);
            }
        }
    }

    private void failed(Exception e) {
        String why = e.getMessage() == null ? e.toString() : e.getMessage();
        if (failure == null) {
            LOG.error("the state in {} can not be written, no change is accepted until it can", files.directory(), e);
        } else {
            LOG.debug("the state in {} still can not be written", files.directory(), e);
        }
        lock.lock();
        try {
            failure = why;
            queue.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        discardCompaction();
        try (Disk.Output last = output) {
            if (failure != null) {
                beginAnew();
            }
            var lines = new Lines(snapshot.format());
            lines.mark(Lines.CLOSE, kept);
            output.write(lines.frame());
            output.force();
            if (!output.equals(last)) {
                output.close();
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("the last changes are not in the state in {}", files.directory(), e);
        }
    }

    /** Writes what is left and ends the thread; commits are refused from now on. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosing = true;
            changed.signalAll();
            if (writer.getState() == Thread.State.NEW) {
                writer.start();
            }
        } finally {
            lock.unlock();
        }
        boolean wasInterrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
