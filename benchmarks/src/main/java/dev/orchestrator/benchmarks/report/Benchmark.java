package dev.orchestrator.benchmarks.report;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Measures one topic in JVMs of its own. */
@FunctionalInterface
public interface Benchmark {

    /**
     * {@return the lines of the table}
     *
     * @param log where progress goes
     * @param isQuick whether to measure less, to see that it works
     */
    List<Row> run(PrintStream log, boolean isQuick) throws IOException, InterruptedException;
}
