package dev.orchestrator.runtime.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import dev.orchestrator.runtime.store.StoredState;

/**
 * The next file of a state in the making: its beginning is written on a thread of its own, while the present file takes
 * commits on.
 */
final class Compaction {

    private static final int CHUNK = 1 << 20;

    private final long from;
    private final CompletableFuture<Snapshot.Begun> begun = new CompletableFuture<>();

    /**
     * Begins.
     *
     * @param from how long the present file is: what comes behind may not be in the snapshot
     * @param onEnd called on that thread when the beginning is written, or can not be
     */
    Compaction(Disk disk, Path file, Snapshot snapshot, Supplier<StoredState> source, long from, Runnable onEnd) {
        this.from = from;
        Thread.ofPlatform().daemon().name("orchestrator-snapshot").start(() -> {
            try {
                begun.complete(snapshot.write(disk, file, source.get()));
            } catch (IOException | RuntimeException e) {
                begun.completeExceptionally(e);
            }
            onEnd.run();
        });
    }

    boolean hasEnded() {
        return begun.isDone();
    }

    /** Waits for the thread, and throws away what it has made. */
    void discard() throws IOException {
        await().output().close();
    }

    /** Adds what the present file has got meanwhile. {@return the new file, safe and open for what comes next} */
    Snapshot.Begun finish(Path present, long end) throws IOException {
        Snapshot.Begun made = await();
        boolean isWhole = false;
        try (FileChannel channel = FileChannel.open(present, StandardOpenOption.READ)) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            for (long at = from; at < end; at += chunk.limit()) {
                chunk.clear().limit((int) Math.min(CHUNK, end - at));
                while (chunk.hasRemaining()) {
                    if (channel.read(chunk, at + chunk.position()) < 0) {
                        throw new IOException(present + ": is shorter than what was written to it");
                    }
                }
                made.output().write(chunk.flip());
            }
            made.output().force();
            isWhole = true;
            return new Snapshot.Begun(made.output(), made.size() + end - from);
        } finally {
            if (!isWhole) {
                made.output().close();
            }
        }
    }

    private Snapshot.Begun await() throws IOException {
        try {
            return begun.join();
        } catch (CompletionException e) {
            throw new IOException("the state can not be written anew: " + e.getMessage(), e);
        }
    }
}
