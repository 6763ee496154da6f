package dev.orchestrator.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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

    private Kubectl(Path home) {
        this.home = home;
    }

    /** {@return kubectl with the credentials of a server; the test is skipped where none is installed} */
    static Kubectl on(ApiServer server, Path home) throws IOException {
        assumeTrue(isInstalled(), "kubectl is not installed");
        Files.writeString(home.resolve("kubeconfig"), server.kubeconfig());
        return new Kubectl(home);
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
        var builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().put("KUBECONFIG", home.resolve("kubeconfig").toString());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("TZ", "UTC"); // what it prints must not depend on the machine
        return builder.start();
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        process.getOutputStream().close();
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
