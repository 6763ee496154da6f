package dev.orchestrator.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.benchmarks.report.Commands;

/** From {@code java -jar} to the first answer that {@code kubectl get} has printed. */
final class Cli {

    private Cli() {}

    /** {@return the milliseconds that it takes} */
    static double start(Path jar, Path folder, String... options) throws IOException, InterruptedException {
        Path kubeconfig = folder.resolve("kubeconfig");
        var command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", jar.toString(), "serve", "--driver", "in-memory", "--port", "0"));
        command.addAll(List.of("--kubeconfig", kubeconfig.toString()));
        long begin = System.nanoTime();
        Process server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = server.inputReader()) {
            String line = output.readLine();
            if (line == null) {
                throw new IOException(String.join(" ", command) + " ended at once");
            }
            Commands.output(List.of("kubectl", "--kubeconfig", kubeconfig.toString(), "get", "nodes"));
            return (System.nanoTime() - begin) / 1e6;
        } finally {
            server.destroy();
            server.onExit().join();
        }
    }
}
