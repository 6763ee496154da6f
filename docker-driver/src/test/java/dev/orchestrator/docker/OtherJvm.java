package dev.orchestrator.docker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A JVM with the class path of this one, that tells how far it is line by line and can be killed. */
final class OtherJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;

    private OtherJvm(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static OtherJvm start(List<String> options, Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(Objects.requireNonNullElseGet(
                System.getProperty("surefire.test.class.path"), () -> System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new OtherJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits until it says something. */
    void await(String line) throws IOException {
        saidBefore(line);
    }

    /** Waits until it says something. {@return what it has said before} */
    List<String> saidBefore(String line) throws IOException {
        var before = new ArrayList<String>();
        for (String said = out.readLine(); said != null; said = out.readLine()) {
            if (said.equals(line)) {
                return before;
            }
            before.add(said);
        }
        throw new AssertionError("the JVM has ended without saying " + line + ", but " + before);
    }

    /** Waits for its end. {@return its exit code} */
    int await() throws InterruptedException {
        return process.waitFor();
    }

    /** {@return what owns what it makes} */
    Owner owner() {
        return Owner.of(process.pid());
    }

    /** Lets it read a line. */
    void tell(String line) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
    }

    /** Kills it with SIGKILL, and waits until it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
