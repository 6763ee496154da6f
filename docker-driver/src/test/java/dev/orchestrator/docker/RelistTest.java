package dev.orchestrator.docker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orchestrator.api.ManualClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RelistTest {

    @Test
    void saysOnceAMinuteThatEventsMayHaveBeenMissedUntilItIsClosed() throws InterruptedException {
        var clock = new ManualClock();
        var lost = new AtomicInteger();
        try (var relist = new Relist(clock, lost::incrementAndGet)) {
            relist.start();
            clock.advance(Duration.ofSeconds(59));
            assertThat(lost).hasValue(0);

            clock.advance(Duration.ofSeconds(121));
            assertThat(lost).hasValue(3);
        }
        clock.advance(Duration.ofMinutes(5));
        assertThat(lost).hasValue(3);
    }
}
