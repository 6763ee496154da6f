package dev.orchestrator.api.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * A moment written with six digits of a second, as leases and events carry it.
 *
 * @param instant the moment, in whole microseconds
 */
public record MicroTime(Instant instant) implements Comparable<MicroTime> {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Cuts what is finer than a microsecond. */
    public MicroTime {
        instant = requireNonNull(instant, "instant is null").truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * {@return the moment that an RFC 3339 text names}
     *
     * @throws java.time.format.DateTimeParseException if it is not such a text
     */
    public static MicroTime parse(String text) {
        return new MicroTime(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
    }

    @Override
    public int compareTo(MicroTime other) {
        return instant.compareTo(other.instant);
    }

    /** {@return the RFC 3339 form in UTC with six digits of a second} */
    @Override
    public String toString() {
        return FORMAT.format(instant);
    }
}
