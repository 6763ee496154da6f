package dev.orchestrator.api.model.batch;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The five fields of a schedule, each a set of numbers. */
final class CronFields {

    /** What a field may hold. */
    private record Field(int low, int high, List<String> names) {}

    /** The numbers of a field, and whether it says that any will do. */
    private record Values(long bits, boolean isAny) {

        boolean has(int value) {
            return (bits & (1L << value)) != 0;
        }
    }

    private static final Field MINUTE = new Field(0, 59, List.of());
    private static final Field HOUR = new Field(0, 23, List.of());
    private static final Field DAY_OF_MONTH = new Field(1, 31, List.of());
    private static final Field MONTH = new Field(
            1, 12, List.of("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"));
    private static final Field DAY_OF_WEEK = new Field(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));
    private static final Map<String, String> NAMED = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final int COUNT = 5;

    private static final Pattern DURATION = Pattern.compile("[-+]?([0-9.]+(ns|us|µs|μs|ms|h|m|s))+");
    private static final Pattern DURATION_PART = Pattern.compile("([0-9.]+)(ns|us|µs|μs|ms|h|m|s)");
    private static final Map<String, Long> UNIT_NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private final Values minutes;
    private final Values hours;
    private final Values daysOfMonth;
    private final Values months;
    private final Values daysOfWeek;

    private CronFields(String[] fields) {
        this.minutes = values(fields[0], MINUTE);
        this.hours = values(fields[1], HOUR);
        this.daysOfMonth = values(fields[2], DAY_OF_MONTH);
        this.months = values(fields[3], MONTH);
        this.daysOfWeek = values(fields[4], DAY_OF_WEEK);
    }

    static CronFields parse(String spec) {
        String plain = spec;
        if (spec.startsWith("@")) {
            plain = NAMED.get(spec);
            if (plain == null) {
                throw new IllegalArgumentException("unrecognized descriptor: " + spec);
            }
        }
        String[] fields = plain.strip().split("\\s+", -1);
        int count = plain.isBlank() ? 0 : fields.length;
        if (count != COUNT) {
            String shown = count == 0 ? "[]" : "[" + String.join(" ", fields) + "]";
            throw new IllegalArgumentException("expected exactly 5 fields, found " + count + ": " + shown);
        }
        return new CronFields(fields);
    }

    /** {@return the time between the runs of {@code @every}: whole seconds, at least one} */
    static Duration interval(String descriptor) {
        String text = descriptor.substring("@every ".length());
        if (text.equals("0")) {
            return Duration.ofSeconds(1);
        }
        BigDecimal nanos = BigDecimal.ZERO;
        try {
            if (!DURATION.matcher(text).matches()) {
                throw new NumberFormatException(text);
            }
            Matcher parts = DURATION_PART.matcher(text);
            while (parts.find()) {
                nanos = nanos.add(new BigDecimal(parts.group(1))
                        .multiply(BigDecimal.valueOf(UNIT_NANOS.getOrDefault(parts.group(2), 1L))));
            }
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    "failed to parse duration " + descriptor + ": time: " + wrongWith(text), malformed);
        }
        long seconds = nanos.movePointLeft(9).setScale(0, RoundingMode.DOWN).longValue();
        return Duration.ofSeconds(text.startsWith("-") ? 1 : Math.max(1, seconds));
    }

    private static String wrongWith(String duration) {
        boolean isBare = !duration.isEmpty() && duration.chars().allMatch(each -> each >= '0' && each <= '9');
        return (isBare ? "missing unit in duration \"" : "invalid duration \"") + duration + "\"";
    }

    private static Values values(String text, Field field) {
        long bits = 0;
        boolean isAny = false;
        for (String part : text.split(",", -1)) {
            if (!part.isEmpty()) {
                Values range = range(part, field);
                bits |= range.bits;
                isAny |= range.isAny;
            }
        }
        return new Values(bits, isAny);
    }

    private static Values range(String expression, Field field) {
        String[] rangeAndStep = expression.split("/", -1);
        String[] ends = rangeAndStep[0].split("-", -1);
        boolean isAny = ends[0].equals("*") || ends[0].equals("?");
        int low = field.low;
        int high = field.high;
        if (!isAny) {
            low = number(ends[0], field);
            if (ends.length > 2) {
                throw new IllegalArgumentException("too many hyphens: " + expression);
            }
            high = ends.length == 2 ? number(ends[1], field) : low;
        }
        if (rangeAndStep.length > 2) {
            throw new IllegalArgumentException("too many slashes: " + expression);
        }
        boolean isStepped = rangeAndStep.length == 2;
        int step = isStepped ? digits(rangeAndStep[1]) : 1;
        if (isStepped && ends.length == 1) {
            high = field.high;
        }
        checkBounds(low, high, step, expression, field);
        long bits = 0;
        for (long value = low; value <= high; value += step) {
            bits |= 1L << value;
        }
        return new Values(bits, isAny && step == 1);
    }

    private static void checkBounds(int low, int high, int step, String expression, Field field) {
        if (low < field.low) {
            throw new IllegalArgumentException(
                    "beginning of range (" + low + ") below minimum (" + field.low + "): " + expression);
        }
        if (high > field.high) {
            throw new IllegalArgumentException(
                    "end of range (" + high + ") above maximum (" + field.high + "): " + expression);
        }
        if (low > high) {
            throw new IllegalArgumentException(
                    "beginning of range (" + low + ") beyond end of range (" + high + "): " + expression);
        }
        if (step == 0) {
            throw new IllegalArgumentException("step of range should be a positive number: " + expression);
        }
    }

    private static int number(String text, Field field) {
        int named = field.names.indexOf(text.toLowerCase(Locale.ROOT));
        return named >= 0 && !text.isEmpty() ? named : digits(text);
    }

    private static int digits(String text) {
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "failed to parse int from " + text + ": strconv.Atoi: parsing \"" + text + "\": invalid syntax",
                    notANumber);
        }
        if (number < 0) {
            throw new IllegalArgumentException("negative number (" + number + ") not allowed: " + text);
        }
        return number;
    }

    boolean hasMinute(int minute) {
        return minutes.has(minute);
    }

    boolean hasHour(int hour) {
        return hours.has(hour);
    }

    boolean hasMonth(int month) {
        return months.has(month);
    }

    /** When both kinds of day are restricted, one of them is enough. */
    boolean hasDay(ZonedDateTime time) {
        boolean inMonth = daysOfMonth.has(time.getDayOfMonth());
        boolean inWeek = daysOfWeek.has(time.getDayOfWeek().getValue() % 7);
        boolean isEitherEnough = !daysOfMonth.isAny && !daysOfWeek.isAny;
        return isEitherEnough ? inMonth || inWeek : inMonth && inWeek;
    }
}
