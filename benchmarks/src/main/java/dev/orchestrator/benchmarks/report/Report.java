package dev.orchestrator.benchmarks.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of one run. */
public final class Report {

    private final List<Row> rows = new ArrayList<>();

    /** Adds lines. */
    public void add(List<Row> lines) {
        rows.addAll(lines);
    }

    /** {@return how many lines miss their target} */
    public long missed() {
        return rows.stream().filter(row -> row.met().equals("NO")).count();
    }

    /** Prints the machine and the table. */
    public void print(PrintStream out) {
        out.println();
        out.println(machine());
        out.println();
        out.println("| measure | ours | floor | peer | ratio | target | met |");
        out.println("|---|---|---|---|---|---|---|");
        rows.forEach(row -> out.println(row.markdown()));
    }

    private static String machine() {
        return "%s: %d cores (%s), %s, %s %s, load %s"
                .formatted(
                        LocalDate.now(ZoneId.systemDefault()),
                        Runtime.getRuntime().availableProcessors(),
                        field("/proc/cpuinfo", "model name"),
                        field("/proc/meminfo", "MemTotal"),
                        System.getProperty("java.vendor.version"),
                        System.getProperty("java.version"),
                        load());
    }

    private static String field(String file, String name) {
        return lines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("?");
    }

    private static String load() {
        return lines("/proc/loadavg").stream()
                .map(line -> line.split(" ", -1)[0])
                .findFirst()
                .orElse("?")
                .toLowerCase(Locale.ROOT);
    }

    // Only Linux has these files; elsewhere the table goes without them.
    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            return List.of();
        }
    }
}
