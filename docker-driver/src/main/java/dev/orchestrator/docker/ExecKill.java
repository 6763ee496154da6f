package dev.orchestrator.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.spi.ContainerId;
import dev.orchestrator.spi.DriverException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills commands, which no engine does: on this machine by the process id, if this process may; else by a shell inside
 * the container that looks for the mark that each command carries in its environment. A command in a container without
 * a shell, on an engine elsewhere, goes on until its container ends.
 */
final class ExecKill {

    private static final Logger LOG = LoggerFactory.getLogger(ExecKill.class);
    private static final String MARK = "DEV_ORCHESTRATOR_EXEC";

    private final Engine engine;
    private final boolean isLocal;

    ExecKill(Engine engine, boolean isLocal) {
        this.engine = engine;
        this.isLocal = isLocal;
    }

    /** {@return a variable that marks a new command} */
    static String mark() {
        return MARK + "=" + UUID.randomUUID();
    }

    void kill(ContainerId container, String exec, String mark) throws InterruptedException {
        JsonNode state;
        try {
            state = engine.get("inspecting command " + exec, "/exec/" + exec + "/json");
        } catch (DriverException e) {
            LOG.debug("command {} can not be found", exec, e);
            return;
        }
        long pid = state.path("Pid").asLong();
        if (!state.path("Running").asBoolean() || pid == 0) {
            return;
        }
        if (!isLocal || !killHere(pid, mark)) {
            killInside(container, mark);
        }
    }

    private static boolean killHere(long pid, String mark) {
        try {
            // Who can read the mark may kill the process, and knows that it is the right one.
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ"));
            if (!new String(environment, StandardCharsets.ISO_8859_1).contains(mark)) {
                return false;
            }
        } catch (IOException e) {
            LOG.debug("process {} is not this user's", pid, e);
            return false;
        }
        return ProcessHandle.of(pid)
                .map(process -> {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    return process.destroyForcibly();
                })
                .orElse(true);
    }

    private void killInside(ContainerId container, String mark) throws InterruptedException {
        String script = "for p in /proc/[0-9]*; do"
                + " if grep -q '" + mark + "' \"$p/environ\" 2>/dev/null;"
                + " then kill -9 \"${p#/proc/}\"; fi; done";
        String shell = engine.call(
                "killing a command",
                docker -> docker.execCreateCmd(container.value())
                        .withCmd("sh", "-c", script)
                        .exec()
                        .getId());
        engine.open("killing a command", "POST", "/exec/" + shell + "/start", "{\"Detach\":true,\"Tty\":false}")
                .close();
    }
}
