package dev.orchestrator.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The real kubectl as a process, with a home of its own. */
final class Kubectl {

    /**
     * How a command ended.
     *
     * @param code the exit code
     * @param out what it printed
     * @param err what it complained
     */
    record Result(int code, String out, String err) {

        /** {@return what was printed by a command that succeeded} */
        String ok() {
            assertThat(code).as("%s%s", out, err).isZero();
            return out;
        }
    }

    private final Path home;
    private final Map<String, String> environment;

    private Kubectl(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    /** {@return kubectl with a variable in its environment} */
    Kubectl with(String name, String value) {
        return new Kubectl(home, Map.of(name, value));
    }

    /** {@return kubectl with the credentials of a server; the test is skipped where none is installed} */
    static Kubectl on(ApiServer server, Path home) throws IOException {
        assumeTrue(isInstalled(), "kubectl is not installed");
        Files.writeString(home.resolve("kubeconfig"), server.kubeconfig());
        return new Kubectl(home, Map.of());
    }

    // On CI a test that would be skipped fails instead, unless CI has said that there is no kubectl.
    private static boolean isInstalled() {
        boolean found = List.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
        if (!found && System.getenv("CI") != null && !"absent".equals(System.getenv("KUBECTL"))) {
            throw new AssertionError("kubectl is not installed, but CI is set and KUBECTL is not \"absent\"");
        }
        return found;
    }

    Path home() {
        return home;
    }

    Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        return start(command);
    }

    private Process start(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().put("KUBECONFIG", home.resolve("kubeconfig").toString());
        builder.environment().put("HOME", home.toString());
        builder.environment().putAll(environment);
        builder.environment().put("TZ", "UTC"); // what it prints must not depend on the machine
        return builder.start();
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return result(start(arguments), new byte[0], arguments);
    }

    /** {@return how a command ended that was given an input} */
    Result runWith(byte[] input, String... arguments) throws IOException, InterruptedException {
        return result(start(arguments), input, arguments);
    }

    /** {@return how a command ended that was run on a terminal} */
    Result runOnTerminal(String arguments) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no program gives kubectl a terminal");
        Process terminal =
                start(List.of("script", "-q", "-e", "-c", "stty rows 20 cols 70; kubectl " + arguments, "/dev/null"));
        return result(terminal, null, arguments);
    }

    private static Result result(Process process, byte @Nullable [] input, String... arguments)
            throws InterruptedException {
        if (input != null) {
            Thread.ofVirtual().start(() -> feed(process, input));
        }
        var err = new StringBuilder();
        Thread reader = Thread.ofVirtual().start(() -> err.append(text(process.getErrorStream())));
        String out = text(process.getInputStream());
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        reader.join();
        assertThat(ended).as("kubectl %s ends", String.join(" ", arguments)).isTrue();
        return new Result(process.exitValue(), out, err.toString());
    }

    private static void feed(Process process, byte[] input) {
        try (var in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException ended) {
            assertThat(ended).hasMessageMatching(".*(Broken pipe|closed).*"); // it had heard enough
        }
    }

    private static String text(java.io.InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** {@return a file of manifests in kubectl's folder} */
    String file(String name, String content) throws IOException {
        Files.writeString(home.resolve(name), content);
        return name;
    }
}
