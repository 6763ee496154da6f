package dev.orchestrator.benchmarks.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A main class to be run in a JVM of its own.
 *
 * @param main the class
 * @param options for the JVM
 * @param classPath what the JVM finds its classes in
 */
public record ForkedJvm(String main, List<String> options, String classPath) {

    /** {@return a JVM with the class path of this one} */
    public static ForkedJvm of(Class<?> main, String... options) {
        return new ForkedJvm(main.getName(), List.of(options), System.getProperty("java.class.path"));
    }

    /**
     * {@return a JVM with the class path of somebody who uses our modules and nothing else}
     *
     * @param jars where its jars are made
     */
    public static ForkedJvm ofOurUser(Class<?> main, Path jars) throws IOException {
        return new ForkedJvm(main.getName(), List.of(), UserJars.of(UserClassPath.ofOurs(), jars));
    }

    /** {@return the same with more options} */
    public ForkedJvm with(String... more) {
        return new ForkedJvm(
                main, Stream.concat(options.stream(), Stream.of(more)).toList(), classPath);
    }

    /** {@return a JVM with the class path of somebody who uses the peers and not our modules} */
    public static ForkedJvm ofPeersUser(Class<?> main, String... options) {
        return new ForkedJvm(main.getName(), List.of(options), UserClassPath.ofPeers());
    }

    /**
     * Runs the class to its end; what it prints besides values is passed on.
     *
     * @throws IOException if it fails
     */
    public Measured run(PrintStream log, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var measured = new Measured();
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!measured.add(line)) {
                    log.println("    " + line);
                }
            }
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(main + " ended with status " + status);
            }
            return measured;
        } finally {
            process.destroy();
        }
    }
}
