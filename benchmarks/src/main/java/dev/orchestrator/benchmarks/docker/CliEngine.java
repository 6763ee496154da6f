package dev.orchestrator.benchmarks.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The docker CLI, as a script would use it. */
final class CliEngine {

    private CliEngine() {}

    static void up(String network, String name) throws IOException, InterruptedException {
        run("run", "-d", "--name", name + "-pause", "--network", network, "--ipc", "shareable", RawEngine.PAUSE);
        var command = new ArrayList<>(List.of(
                "run",
                "-d",
                "--name",
                name,
                "--network",
                "container:" + name + "-pause",
                "--ipc",
                "container:" + name + "-pause",
                RawEngine.IMAGE));
        command.addAll(RawEngine.COMMAND);
        run(command.toArray(String[]::new));
    }

    static void down(String name) throws IOException, InterruptedException {
        run("stop", "-t", "30", name);
        run("rm", name);
        run("rm", "-f", name + "-pause");
    }

    static void exec(String name) throws IOException, InterruptedException {
        run("exec", name, "true");
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }
}
