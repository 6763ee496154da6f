package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Durations as kubectl writes them. */
final class Ages {

    private static final int YEAR = 365;

    private Ages() {}

    /** {@return {@code 5s}, {@code 3m20s}, {@code 4h5m}, {@code 4d2h}; {@code <unknown>} for no moment} */
    static String since(@Nullable Instant moment, Instant now) {
        return moment == null ? "<unknown>" : age(Duration.between(moment, now));
    }

    static String age(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        long minutes = seconds / 60;
        long hours = minutes / 60;
        if (seconds < 120) {
            return seconds + "s";
        }
        if (minutes < 10) {
            return minutes + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
        }
        if (hours < 3) {
            return minutes + "m";
        }
        if (hours < 8) {
            return hours + "h" + (minutes % 60 == 0 ? "" : minutes % 60 + "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        long days = hours / 24;
        if (days < 8) {
            return days + "d" + (hours % 24 == 0 ? "" : hours % 24 + "h");
        }
        if (days < 2 * YEAR) {
            return days + "d";
        }
        return days / YEAR + "y" + (days >= 8 * YEAR || days % YEAR == 0 ? "" : days % YEAR + "d");
    }

    /** {@return a duration to the millisecond: {@code 30s}, {@code 250ms}, {@code 1.5s}} */
    static String exact(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + "ms";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis / 1000 + "." + millis % 1000 / 100 + "s";
    }
}
