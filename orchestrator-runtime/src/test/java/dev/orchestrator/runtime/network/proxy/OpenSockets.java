package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sockets that this process has open: no file, for the JVM opens files and pollers whenever it likes. */
public final class OpenSockets {

    private OpenSockets() {}

    /** {@return how many there are; always 0 where the system does not say} */
    public static long count() throws IOException {
        Path own = Path.of("/proc/self/fd");
        if (!Files.isDirectory(own)) {
            return 0;
        }
        try (var all = Files.list(own)) {
            return all.filter(OpenSockets::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
