package dev.orchestrator.runtime.controller.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Completion indexes, kept as ranges: {@code 0,2-4} are the indexes 0, 2, 3 and 4.
 *
 * @param ranges ascending, and never two that touch each other
 */
record IndexSet(List<Range> ranges) {

    static final IndexSet EMPTY = new IndexSet(List.of());

    /** The indexes from one to another, both included. */
    record Range(int first, int last) {}

    /** Copies the ranges. */
    IndexSet {
        ranges = List.copyOf(ranges);
    }

    /**
     * Reads what a status or a policy says; what makes no sense is left out, as somebody may have written it by hand.
     *
     * @param completions indexes from here on are left out
     */
    static IndexSet parse(@Nullable String text, int completions) {
        if (text == null || text.isEmpty()) {
            return EMPTY;
        }
        var collected = new Collected();
        for (String part : text.split(",", -1)) {
            int dash = part.indexOf('-');
            int first = number(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : number(part.substring(dash + 1));
            if (first >= 0 && last >= first && first < completions) {
                collected.add(first, Math.min(last, completions - 1));
            }
        }
        return collected.done();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    /** Takes ranges in ascending order of their beginnings. */
    private static final class Collected {

        private final List<Range> ranges = new ArrayList<>();

        void add(int first, int last) {
            Range before = ranges.isEmpty() ? null : ranges.getLast();
            if (before == null || first > before.last + 1) {
                ranges.add(new Range(first, last));
            } else if (before.last < last) {
                ranges.set(ranges.size() - 1, new Range(before.first, last));
            }
        }

        IndexSet done() {
            return ranges.isEmpty() ? EMPTY : new IndexSet(ranges);
        }
    }

    /** {@return the indexes of this set and some more} */
    IndexSet with(Collection<Integer> more) {
        if (more.isEmpty()) {
            return this;
        }
        var single = new ArrayList<Range>(more.size());
        new TreeSet<>(more).forEach(index -> single.add(new Range(index, index)));
        return with(single);
    }

    /** {@return the indexes of both sets} */
    IndexSet with(IndexSet other) {
        return other.ranges.isEmpty() ? this : with(other.ranges);
    }

    private IndexSet with(List<Range> others) {
        var collected = new Collected();
        int own = 0;
        int other = 0;
        while (own < ranges.size() || other < others.size()) {
            boolean ownIsNext =
                    other == others.size() || (own < ranges.size() && ranges.get(own).first < others.get(other).first);
            Range next = ownIsNext ? ranges.get(own++) : others.get(other++);
            collected.add(next.first, next.last);
        }
        return collected.done();
    }

    /** {@return how many indexes there are} */
    int total() {
        int total = 0;
        for (Range range : ranges) {
            total += range.last - range.first + 1;
        }
        return total;
    }

    /** {@return how many indexes both sets have} */
    int shared(IndexSet other) {
        int shared = 0;
        int own = 0;
        int their = 0;
        while (own < ranges.size() && their < other.ranges.size()) {
            Range left = ranges.get(own);
            Range right = other.ranges.get(their);
            shared += Math.max(0, Math.min(left.last, right.last) - Math.max(left.first, right.first) + 1);
            if (left.last <= right.last) {
                own++;
            } else {
                their++;
            }
        }
        return shared;
    }

    boolean contains(int index) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).last < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < ranges.size() && ranges.get(low).first <= index;
    }

    /** {@return the lowest indexes below a bound that are not in this set} */
    List<Integer> firstOutside(int count, int bound) {
        var found = new ArrayList<Integer>();
        int candidate = 0;
        for (Range range : ranges) {
            while (candidate < Math.min(range.first, bound) && found.size() < count) {
                found.add(candidate++);
            }
            candidate = Math.max(candidate, range.last + 1);
        }
        while (candidate < bound && found.size() < count) {
            found.add(candidate++);
        }
        return found;
    }

    /** {@return the form of a job's status: ranges of two indexes are written as two indexes} */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (Range range : ranges) {
            if (!text.isEmpty()) {
                text.append(',');
            }
            text.append(range.first);
            if (range.last > range.first) {
                text.append(range.last == range.first + 1 ? ',' : '-').append(range.last);
            }
        }
        return text.toString();
    }
}
