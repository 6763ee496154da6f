package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.ImageDescription;
import dev.orchestrator.spi.ImagePull;
import org.jspecify.annotations.Nullable;

/**
 * Pulls an image once for all pods of a node that want it at the same time with the same credentials: the first pulls,
 * the others wait for it. Different images are pulled side by side, so that none holds up another.
 */
final class ImagePulls {

    private record Key(String node, String image, List<ImagePull.Credential> credentials) {}

    /** What a pull does. */
    interface Puller {
        /** {@return the image, pulled by the calling thread} */
        ImageDescription pull(ImagePull pull) throws InterruptedException;
    }

    private final TimeSource time;
    private final Duration limit;
    private final Map<Key, Pull> running = new ConcurrentHashMap<>();

    /**
     * Begins with no pulls.
     *
     * @param limit after how long a pull that has not ended is not waited for any more
     */
    ImagePulls(TimeSource time, Duration limit) {
        this.time = time;
        this.limit = limit;
    }

    /**
     * {@return the image, pulled by this thread or by another one meanwhile}
     *
     * @throws DriverException if it could not be pulled
     */
    ImageDescription pull(ImagePull wanted, Puller puller) throws InterruptedException {
        var key = new Key(wanted.node(), wanted.reference(), wanted.credentials());
        while (true) {
            var own = new Pull(wanted, time.instant());
            Pull first = running.putIfAbsent(key, own);
            if (first == null) {
                return lead(key, own, wanted, puller);
            }
            if (!time.instant().isBefore(first.begunAt.plus(limit))) {
                running.remove(key, first);
                continue;
            }
            first.await();
            if (first.failure != null) {
                throw new DriverException(
                        first.failure.reason(), String.valueOf(first.failure.getMessage()), first.failure);
            }
            if (first.image != null) {
                return first.image;
            }
            // Whoever pulled has given up: somebody else pulls.
        }
    }

    private ImageDescription lead(Key key, Pull own, ImagePull wanted, Puller puller) throws InterruptedException {
        try {
            ImageDescription image = puller.pull(wanted);
            own.image = image;
            return image;
        } catch (DriverException e) {
            own.failure = e;
            throw e;
        } finally {
            running.remove(key, own);
            own.end();
        }
    }

    /** Nobody waits any longer for a pull that does not end: if others want the image, one of them pulls it. */
    void abandon(ImagePull wanted) {
        running.forEach((key, pull) -> {
            if (pull.isOf(wanted) && running.remove(key, pull)) {
                pull.end();
            }
        });
    }

    /** A pull under way; whoever waits for it is no work meanwhile. */
    private final class Pull {

        private final ImagePull wanted;
        private final Instant begunAt;
        private final ReentrantLock lock = new ReentrantLock();
        private final List<CountDownLatch> waiting = new ArrayList<>(0);
        private boolean isOver;
        private volatile @Nullable ImageDescription image;
        private volatile @Nullable DriverException failure;

        Pull(ImagePull wanted, Instant begunAt) {
            this.wanted = wanted;
            this.begunAt = begunAt;
        }

        @SuppressWarnings("ReferenceEquality") // two pods may want the very same
        boolean isOf(ImagePull other) {
            return wanted == other;
        }

        void await() throws InterruptedException {
            var woken = new CountDownLatch(1);
            lock.lock();
            try {
                if (isOver) {
                    return;
                }
                waiting.add(woken);
            } finally {
                lock.unlock();
            }
            time.workFinished();
            try {
                woken.await();
            } catch (InterruptedException e) {
                takeBack(woken);
                throw e;
            }
        }

        /** Takes the waiting thread's work up again, unless who has woken it has done so. */
        private void takeBack(CountDownLatch woken) {
            lock.lock();
            try {
                if (waiting.remove(woken)) {
                    time.workStarted();
                }
            } finally {
                lock.unlock();
            }
        }

        void end() {
            lock.lock();
            try {
                isOver = true;
                for (CountDownLatch woken : waiting) {
                    time.workStarted();
                    woken.countDown();
                }
                waiting.clear();
            } finally {
                lock.unlock();
            }
        }
    }
}
