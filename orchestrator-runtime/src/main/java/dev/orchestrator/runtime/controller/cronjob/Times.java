package dev.orchestrator.runtime.controller.cronjob;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.CronSchedule;
import org.jspecify.annotations.Nullable;

/** The times that a cron job has missed and the one that comes next. */
final class Times {

    /** More than that is taken for a wrong clock. */
    private static final int MANY = 100;

    private final CronJob cronJob;
    private final CronSchedule schedule;
    private final ZoneId zone;
    private final Instant now;

    Times(CronJob cronJob, CronSchedule schedule, Instant now) {
        this.cronJob = cronJob;
        this.schedule = schedule;
        this.zone = zone(cronJob);
        this.now = now;
    }

    /** Without a time zone the schedule is in UTC, as where a control plane runs in a container. */
    static ZoneId zone(CronJob cronJob) {
        String name = cronJob.spec().timeZone();
        return name == null ? ZoneOffset.UTC : ZoneId.of(name, ZoneId.SHORT_IDS);
    }

    /**
     * What has been missed.
     *
     * @param earliest since when times count
     * @param latest the latest time that has come; null when none has
     * @param count how many have come, roughly
     * @param wrong why the times can not be told; null when they can
     */
    record Missed(
            Instant earliest,
            @Nullable Instant latest,
            long count,
            @Nullable String wrong) {

        boolean isMany() {
            return count > MANY;
        }
    }

    /** {@return what has been missed, not counting what is too late to start} */
    Missed startable() {
        Instant earliest = since();
        Long deadline = cronJob.spec().startingDeadlineSeconds();
        if (deadline != null && now.minusSeconds(deadline).isAfter(earliest)) {
            earliest = now.minusSeconds(deadline);
        }
        return missed(earliest);
    }

    private Instant since() {
        Instant last = cronJob.status().lastScheduleTime();
        if (last != null) {
            return last;
        }
        Instant created = cronJob.metadata().creationTimestamp();
        return created == null ? now : created;
    }

    private Missed missed(Instant earliest) {
        Instant first = next(earliest);
        Instant second = first == null ? null : next(first);
        if (first == null || now.isBefore(first)) {
            return new Missed(earliest, null, 0, null);
        }
        if (second == null || now.isBefore(second)) {
            return new Missed(earliest, first, 0, null);
        }
        long interval = Duration.between(first, second).toSeconds();
        if (interval < 1) {
            return new Missed(earliest, null, 0, "time difference between two schedules is less than 1 second");
        }
        long count = Duration.between(first, now).toSeconds() / interval + 1;
        return new Missed(earliest, latest(first, interval), count, null);
    }

    /**
     * Looks back from now in ever longer steps and not forward from the beginning: a schedule of minutes that was
     * asleep for a year has missed half a million times.
     */
    private Instant latest(Instant first, long interval) {
        long back = 2 * interval;
        Instant from = now.minusSeconds(back);
        while (from.isAfter(first)) {
            Instant found = latestAfter(from);
            if (found != null) {
                return found;
            }
            back *= 4;
            from = now.minusSeconds(back);
        }
        Instant found = latestAfter(first);
        return found == null ? first : found;
    }

    private @Nullable Instant latestAfter(Instant from) {
        Instant latest = null;
        Instant time = next(from);
        while (time != null && !time.isAfter(now)) {
            latest = time;
            time = next(time);
        }
        return latest;
    }

    private @Nullable Instant next(Instant after) {
        return schedule.next(after, zone).orElse(null);
    }

    /** {@return how long until the next time that has not come yet; empty when there is none} */
    Optional<Duration> untilNext() {
        Missed missed = missed(since());
        Instant from = missed.wrong() != null || missed.count() > 0 ? now : missed.earliest();
        Instant latest = missed.latest();
        return schedule.next(latest == null ? from : latest, zone).map(next -> Duration.between(now, next));
    }
}
