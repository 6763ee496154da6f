package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

import dev.orchestrator.api.TimeSource;

/**
 * The time as a driver sees it: a sleep inside a driver call gives up the piece of work that the call is, so that a
 * manual clock can settle and move on.
 */
final class DriverTime implements TimeSource {

    private final TimeSource time;
    private final Watchdog watchdog;

    DriverTime(TimeSource time, Watchdog watchdog) {
        this.time = time;
        this.watchdog = watchdog;
    }

    @Override
    public Instant instant() {
        return time.instant();
    }

    @Override
    public Timer schedule(Instant when, Runnable task) {
        return time.schedule(when, task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return time.schedule(delay, task);
    }

    @Override
    public void workStarted() {
        time.workStarted();
    }

    @Override
    public void workFinished() {
        time.workFinished();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (!watchdog.isWatched()) {
            time.sleep(duration);
            return;
        }
        var woken = new CountDownLatch(1);
        Timer timer = time.schedule(duration, () -> {
            time.workStarted();
            woken.countDown();
        });
        time.workFinished();
        try {
            woken.await();
        } catch (InterruptedException e) {
            if (timer.cancel()) {
                time.workStarted();
            } else {
                // The timer has run or runs: the work it has taken up is ours.
                awaitQuietly(woken);
            }
            throw e;
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            Thread.onSpinWait();
        }
    }
}
