package dev.orchestrator.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.orchestrator.api.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and starts the loops on a thread of its own, while the caller of {@code start} goes on: what is created before
 * they run is handed to them when they do. Until then there is work for the time source.
 */
final class Beginning implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TimeSource time;
    private final Runnable prepare;
    private final Runnable onFailure;
    private final CompletableFuture<Runnable> last = new CompletableFuture<>();
    private final Thread thread;

    /**
     * Starts nothing yet.
     *
     * @param prepare what to do at once
     * @param onFailure called, on a thread of its own, if anything fails
     */
    Beginning(TimeSource time, Runnable prepare, Runnable onFailure) {
        this.time = time;
        this.prepare = prepare;
        this.onFailure = onFailure;
        this.thread = Thread.ofPlatform().daemon().name("orchestrator-start").unstarted(this::run);
    }

    void start() {
        time.workStarted();
        thread.start();
    }

    /** Says what to do last; nothing more is done when {@link #close} comes first. */
    void finish(Runnable task) {
        last.complete(task);
    }

    private void run() {
        try {
            prepare.run();
            last.join().run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("the loops could not be started, the orchestrator is closed", e);
            Thread.ofPlatform().name("orchestrator-failed").start(onFailure);
        } finally {
            time.workFinished();
        }
    }

    /** Waits until the thread has ended. */
    @Override
    public void close() {
        last.complete(() -> {});
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
