package dev.orchestrator.server.table;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

/** The values of cells that many kinds have, written as Kubernetes writes them. */
final class Cells {

    static final String NONE = "<none>";
    static final String UNKNOWN = "<unknown>";
    static final String UNSET = "<unset>";

    private static final int DAY = 24;
    private static final int YEAR = 365 * DAY;

    private Cells() {}

    static String name(Resource object) {
        return object.metadata().nameOrEmpty();
    }

    static String age(Resource object, Instant now) {
        return since(object.metadata().creationTimestamp(), now);
    }

    static String since(@Nullable Instant moment, Instant now) {
        return moment == null ? UNKNOWN : duration(Duration.between(moment, now));
    }

    static String created(Resource object) {
        Instant created = object.metadata().creationTimestamp();
        return created == null ? UNKNOWN : created.toString();
    }

    /** {@return a duration in two units at most, the shorter it is the finer} */
    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        long minutes = seconds / 60;
        long hours = minutes / 60;
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 120) {
            return Math.max(0, seconds) + "s";
        }
        if (minutes < 10) {
            return two(minutes, "m", seconds % 60, "s");
        }
        if (hours < 3) {
            return minutes + "m";
        }
        return hours < 48 ? hours(hours, minutes) : days(hours);
    }

    private static String hours(long hours, long minutes) {
        return hours < 8 ? two(hours, "h", minutes % 60, "m") : hours + "h";
    }

    private static String days(long hours) {
        if (hours < 8 * DAY) {
            return two(hours / DAY, "d", hours % DAY, "h");
        }
        if (hours < 2 * YEAR) {
            return hours / DAY + "d";
        }
        return hours < 8 * YEAR ? two(hours / YEAR, "y", hours / DAY % 365, "d") : hours / YEAR + "y";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : small + smallUnit);
    }

    static String orNone(@Nullable String text) {
        return or(text, NONE);
    }

    static String or(@Nullable String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }

    static String text(@Nullable String text) {
        return or(text, "");
    }

    static long or(@Nullable Integer number, long otherwise) {
        return number == null ? otherwise : number;
    }

    static String labels(Map<String, String> labels) {
        return labels.isEmpty()
                ? NONE
                : new TreeMap<>(labels)
                        .entrySet().stream()
                                .map(label -> label.getKey() + "=" + label.getValue())
                                .collect(Collectors.joining(","));
    }

    static String selector(@Nullable LabelSelector selector) {
        return orNone(Selector.of(selector).toString());
    }

    static String containerNames(List<Container> containers) {
        return joined(containers, Container::name);
    }

    static String images(List<Container> containers) {
        return joined(containers, container -> text(container.image()));
    }

    static <T> String joined(List<T> values, Function<T, String> text) {
        return values.stream().map(text).collect(Collectors.joining(","));
    }

    /** {@return the first values and how many more there are} */
    static String firstOf(List<String> values, int most) {
        if (values.isEmpty()) {
            return NONE;
        }
        String joined = String.join(",", values.subList(0, Math.min(most, values.size())));
        return values.size() > most ? joined + " + " + (values.size() - most) + " more..." : joined;
    }

    static String quantity(Map<String, Quantity> quantities, String name) {
        Quantity quantity = quantities.get(name);
        return quantity == null ? "0" : quantity.toString();
    }
}
