package dev.orchestrator.benchmarks.report;

import java.io.IOException;
import java.util.List;

/** Other programs. */
public final class Commands {

    private Commands() {}

    /**
     * {@return what a command prints until it ends}
     *
     * @throws IOException if it fails
     */
    public static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var reader = process.inputReader()) {
            String text = String.join("\n", reader.lines().toList());
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + text);
            }
            return text;
        } finally {
            process.destroy();
        }
    }
}
