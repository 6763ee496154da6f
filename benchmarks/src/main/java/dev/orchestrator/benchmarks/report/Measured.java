package dev.orchestrator.benchmarks.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What benchmark processes print for the one that started them: lines of {@code @ name value}. */
public final class Measured {

    private static final String MARK = "@ ";

    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    /** Prints one value. */
    public static void print(PrintStream out, String name, double value) {
        out.println(MARK + name + " " + value);
        out.flush();
    }

    /** {@return whether the line was one of ours, and then is taken in} */
    boolean add(String line) {
        String[] words = line.split(" ", -1);
        if (!line.startsWith(MARK) || words.length != 3) {
            return false;
        }
        values.computeIfAbsent(words[1], name -> new ArrayList<>()).add(Double.valueOf(words[2]));
        return true;
    }

    /** Takes in what another process measured. */
    public void add(Measured other) {
        other.values.forEach((name, more) ->
                values.computeIfAbsent(name, n -> new ArrayList<>()).addAll(more));
    }

    /** {@return all values of that name} */
    public Samples all(String name) {
        return new Samples(values.getOrDefault(name, List.of()));
    }

    /** {@return the median of the values of that name; NaN when it was not measured} */
    public double median(String name) {
        return all(name).median();
    }

    /** {@return the median of the ratios of two things measured side by side, pair by pair} */
    public double ratio(String ours, String theirs) {
        List<Double> numerators = all(ours).values();
        List<Double> denominators = all(theirs).values();
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < Math.min(numerators.size(), denominators.size()); i++) {
            ratios.add(numerators.get(i) / denominators.get(i));
        }
        return new Samples(ratios).median();
    }

    /** {@return whether there is a value of that name} */
    public boolean has(String name) {
        return Optional.ofNullable(values.get(name)).isPresent();
    }
}
