package dev.orchestrator.benchmarks.etcd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the class path of this module to a file, for benchmarks that fork a JVM with it. */
final class ClassPath {

    private ClassPath() {}

    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), System.getProperty("java.class.path"));
    }
}
