package dev.orchestrator.api.model.batch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * The times that the schedule of a cron job means: {@code 30 6 * * mon-fri}, {@code @hourly}, {@code @every 90m}.
 *
 * <p>Five fields say at which minutes, hours, days of the month, months and days of the week; when both kinds of day
 * are restricted, either will do. A time that a change of clocks skips does not come, one that it repeats comes twice.
 */
public final class CronSchedule {

    /** The 29th of February may be eight years away, but Kubernetes gives up after five. */
    private static final int MOST_YEARS = 5;

    private static final long MINUTES_PER_HOUR = 60;

    private final String text;
    private final @Nullable ZoneId zone;
    private final @Nullable Duration every;
    private final @Nullable CronFields fields;

    private CronSchedule(String text, @Nullable ZoneId zone, @Nullable Duration every, @Nullable CronFields fields) {
        this.text = text;
        this.zone = zone;
        this.every = every;
        this.fields = fields;
    }

    /**
     * {@return the schedule a text means}
     *
     * @throws IllegalArgumentException if it means none; the message is Kubernetes'
     */
    public static CronSchedule parse(String text) {
        requireNonNull(text, "schedule is null");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty spec string");
        }
        String spec = text;
        ZoneId zone = null;
        if (spec.startsWith("TZ=") || spec.startsWith("CRON_TZ=")) {
            int space = spec.indexOf(' ');
            zone = zone(spec.substring(spec.indexOf('=') + 1, space < 0 ? spec.length() : space));
            spec = space < 0 ? "" : spec.substring(space).strip();
        }
        if (spec.startsWith("@every ")) {
            return new CronSchedule(text, zone, CronFields.interval(spec), null);
        }
        return new CronSchedule(text, zone, null, CronFields.parse(spec));
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name, ZoneId.SHORT_IDS);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "provided bad location " + name + ": unknown time zone " + name, unknown);
        }
    }

    /**
     * {@return the first time of the schedule that is later than a moment; empty when there is none within five years}
     *
     * @param local where the schedule's hours and days are meant, unless it says so itself
     */
    public Optional<Instant> next(Instant after, ZoneId local) {
        if (every != null) {
            return Optional.of(after.truncatedTo(ChronoUnit.SECONDS).plus(every));
        }
        CronFields wanted = fields;
        if (wanted == null) {
            return Optional.empty();
        }
        ZonedDateTime start =
                after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).atZone(Objects.requireNonNullElse(zone, local));
        return Optional.ofNullable(first(wanted, start));
    }

    private static @Nullable Instant first(CronFields wanted, ZonedDateTime start) {
        ZonedDateTime time = start.getSecond() == 0
                ? start
                : start.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        int lastYear = time.getYear() + MOST_YEARS;
        while (time.getYear() <= lastYear) {
            if (!wanted.hasMonth(time.getMonthValue())) {
                time = beginning(time.toLocalDate().withDayOfMonth(1).plusMonths(1), time.getZone());
            } else if (!wanted.hasDay(time)) {
                time = beginning(time.toLocalDate().plusDays(1), time.getZone());
            } else if (!wanted.hasHour(time.getHour())) {
                // By the stopwatch: where clocks are put back, the same hour comes again.
                time = time.plusMinutes(MINUTES_PER_HOUR - time.getMinute());
            } else if (!wanted.hasMinute(time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                return time.toInstant();
            }
        }
        return null;
    }

    /** Where clocks are put forward at midnight, a day begins later. */
    private static ZonedDateTime beginning(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CronSchedule schedule && schedule.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return the text it was made from} */
    @Override
    public String toString() {
        return text;
    }
}
