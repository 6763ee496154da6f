package dev.orchestrator.runtime.admission.workload;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar of schedules: five fields, or a name such as {@code @hourly}. */
final class CronSchedule {

    private record Field(String name, int low, int high, List<String> names) {}

    private static final List<String> MONTHS =
            List.of("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<Field> FIELDS = List.of(
            new Field("minute", 0, 59, List.of()),
            new Field("hour", 0, 23, List.of()),
            new Field("day of month", 1, 31, List.of()),
            new Field("month", 1, 12, MONTHS),
            new Field("day of week", 0, 6, DAYS));
    private static final List<String> DESCRIPTORS =
            List.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
    private static final Pattern DURATION = Pattern.compile("([0-9]+(\\.[0-9]*)?)(h|m|s|ms|us|µs|ns)");

    private CronSchedule() {}

    /** {@return what is wrong with a schedule; empty when nothing is} */
    static String wrongWith(String schedule) {
        try {
            check(schedule);
            return "";
        } catch (IllegalArgumentException wrong) {
            return String.valueOf(wrong.getMessage());
        }
    }

    private static void check(String schedule) {
        String spec = schedule;
        if (spec.startsWith("TZ=") || spec.startsWith("CRON_TZ=")) {
            int space = spec.indexOf(' ');
            String zone = spec.substring(spec.indexOf('=') + 1, space < 0 ? spec.length() : space);
            zone(zone);
            spec = space < 0 ? "" : spec.substring(space).strip();
        }
        if (spec.startsWith("@")) {
            descriptor(spec);
            return;
        }
        String[] fields = spec.strip().split("\\s+", -1);
        int count = spec.isBlank() ? 0 : fields.length;
        if (count != FIELDS.size()) {
            String shown = count == 0 ? "[]" : "[" + String.join(" ", fields) + "]";
            throw new IllegalArgumentException("expected exactly 5 fields, found " + count + ": " + shown);
        }
        for (int i = 0; i < fields.length; i++) {
            for (String part : fields[i].split(",", -1)) {
                if (!part.isEmpty()) {
                    range(part, FIELDS.get(i));
                }
            }
        }
    }

    private static void zone(String zone) {
        try {
            ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "provided bad location " + zone + ": unknown time zone " + zone, unknown);
        }
    }

    private static void descriptor(String descriptor) {
        if (DESCRIPTORS.contains(descriptor)) {
            return;
        }
        if (!descriptor.startsWith("@every ")) {
            throw new IllegalArgumentException("unrecognized descriptor: " + descriptor);
        }
        String text = descriptor.substring("@every ".length());
        if (!isDuration(text)) {
            throw new IllegalArgumentException(
                    "failed to parse duration " + descriptor + ": time: invalid duration \"" + text + "\"");
        }
    }

    private static boolean isDuration(String text) {
        Matcher parts = DURATION.matcher(text);
        int end = 0;
        while (parts.find() && parts.start() == end) {
            end = parts.end();
        }
        return text.equals("0") || (end > 0 && end == text.length());
    }

    private static void range(String expression, Field field) {
        String[] rangeAndStep = expression.split("/", -1);
        String[] ends = rangeAndStep[0].split("-", -1);
        int low;
        int high;
        if (ends[0].equals("*") || ends[0].equals("?")) {
            low = field.low();
            high = field.high();
        } else {
            low = number(ends[0], field);
            if (ends.length > 2) {
                throw new IllegalArgumentException("too many hyphens: " + expression);
            }
            high = ends.length == 2 ? number(ends[1], field) : low;
        }
        if (rangeAndStep.length > 2) {
            throw new IllegalArgumentException("too many slashes: " + expression);
        }
        int step = rangeAndStep.length == 2 ? digits(rangeAndStep[1]) : 1;
        if (rangeAndStep.length == 2 && ends.length == 1) {
            high = field.high();
        }
        bounds(low, high, step, expression, field);
    }

    private static void bounds(int low, int high, int step, String expression, Field field) {
        if (low < field.low()) {
            throw new IllegalArgumentException(
                    "beginning of range (" + low + ") below minimum (" + field.low() + "): " + expression);
        }
        if (high > field.high()) {
            throw new IllegalArgumentException(
                    "end of range (" + high + ") above maximum (" + field.high() + "): " + expression);
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
        int named = field.names().indexOf(text.toLowerCase(Locale.ROOT));
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
}
