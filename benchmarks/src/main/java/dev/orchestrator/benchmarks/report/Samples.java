package dev.orchestrator.benchmarks.report;

import java.util.Arrays;
import java.util.List;

/** Measured values of one thing. */
public record Samples(List<Double> values) {

    /** Copies the values. */
    public Samples {
        values = List.copyOf(values);
    }

    /** {@return these values} */
    public static Samples of(double... values) {
        return new Samples(Arrays.stream(values).boxed().toList());
    }

    /** {@return nanoseconds as values of another unit} */
    public static Samples ofNanos(long[] nanos, double nanosPerUnit) {
        return new Samples(
                Arrays.stream(nanos).mapToObj(value -> value / nanosPerUnit).toList());
    }

    /** {@return the value in the middle; NaN without any} */
    public double median() {
        return percentile(50);
    }

    /** {@return the smallest value that so many percent of the values do not exceed; NaN without any} */
    public double percentile(double percent) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1));
    }

    /** {@return the greatest value; NaN without any} */
    public double max() {
        return percentile(100);
    }
}
