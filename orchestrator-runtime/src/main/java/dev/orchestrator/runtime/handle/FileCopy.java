package dev.orchestrator.runtime.handle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.CommandOutput;
import dev.orchestrator.api.ContainerProcess;
import dev.orchestrator.api.model.core.Pod;

/** Copies files into and out of a container with the commands that nearly every image has. */
final class FileCopy {

    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(1);

    private final ContainerAccess containers;
    private final Pod pod;
    private final String container;

    FileCopy(ContainerAccess containers, Pod pod, String container) {
        this.containers = containers;
        this.pod = pod;
        this.container = container;
    }

    /** Copies a file, or a directory with all that is in it, into the container. */
    void into(Path local, String target) throws IOException, InterruptedException {
        if (!Files.isDirectory(local)) {
            int slash = target.lastIndexOf('/');
            if (slash > 0) {
                require(List.of("mkdir", "-p", target.substring(0, slash)));
            }
            write(local, target);
            return;
        }
        require(List.of("mkdir", "-p", target));
        List<Path> entries;
        try (Stream<Path> listed = Files.list(local)) {
            entries = listed.sorted().toList();
        }
        for (Path entry : entries) {
            into(entry, target + "/" + entry.getFileName());
        }
    }

    private void write(Path local, String target) throws IOException, InterruptedException {
        List<String> command = List.of("sh", "-c", "cat > '" + target.replace("'", "'\\''") + "'");
        try (InputStream in = Files.newInputStream(local);
                ContainerProcess process = containers.open(pod, container, command)) {
            try (OutputStream out = process.stdin()) {
                in.transferTo(out);
            }
            check(process, target);
        }
    }

    /** Copies a file, or a directory with all that is in it, out of the container. */
    void outOf(String source, Path local) throws IOException, InterruptedException {
        if (run(List.of("test", "-d", source)).exitCode() != 0) {
            read(source, local);
            return;
        }
        Files.createDirectories(local);
        for (String name : require(List.of("ls", "-A", source)).stdout().lines().toList()) {
            // What the container says is not to be trusted: a name must not lead out of the directory.
            if (name.contains("/") || name.contains("\\") || name.equals("..")) {
                throw failure(source, "it holds a file of a name that is no name: " + name);
            }
            outOf(source + "/" + name, local.resolve(name));
        }
    }

    private void read(String source, Path local) throws IOException, InterruptedException {
        if (run(List.of("test", "-e", source)).exitCode() != 0) {
            throw failure(source, "No such file or directory");
        }
        try (ContainerProcess process = containers.open(pod, container, List.of("cat", source));
                OutputStream out = Files.newOutputStream(local)) {
            process.stdin().close();
            process.stdout().transferTo(out);
            check(process, source);
        }
    }

    private void check(ContainerProcess process, String path) throws IOException, InterruptedException {
        int exitCode = process.awaitExit();
        if (exitCode != 0) {
            String said = new String(process.stderr().readAllBytes(), StandardCharsets.UTF_8).strip();
            throw failure(path, said.isEmpty() ? "exit code " + exitCode : said);
        }
    }

    private CommandOutput run(List<String> command) throws InterruptedException {
        return containers.exec(pod, container, command, COMMAND_TIMEOUT);
    }

    private CommandOutput require(List<String> command) throws InterruptedException {
        CommandOutput output = run(command);
        if (output.exitCode() != 0) {
            throw failure(command.getLast(), output.stderr().strip());
        }
        return output;
    }

    private ApiException failure(String path, String why) {
        return ApiException.of(
                ApiException.Reason.BAD_REQUEST,
                "pod " + pod.key() + ": container " + container + ": can not copy \"" + path + "\": " + why);
    }
}
