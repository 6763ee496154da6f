package dev.orchestrator.docker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The process that what the driver makes belongs to.
 *
 * @param machine the machine it runs on, as far as it can be told apart from others
 * @param boot which run of that machine; empty if unknown
 * @param processes the namespace that its id counts in; empty if unknown
 * @param pid its process id
 * @param started when it was started, in the machine's own count, which no correction of the clock changes
 */
record Owner(String machine, String boot, String processes, long pid, String started) {

    private static final int PARTS = 5;
    private static final int START_FIELD = 19;

    /** Whether an owner lives. */
    enum Life {
        /** It runs. */
        ALIVE,
        /** It has ended: what it left may be removed. */
        DEAD,
        /** It can not be seen from here: what it has is left alone. */
        UNKNOWN
    }

    static Owner ofThisProcess() {
        return of(ProcessHandle.current().pid());
    }

    /** {@return the owner that a process of this machine is} */
    static Owner of(long pid) {
        return new Owner(
                machineId(), bootId(), processNamespace(), pid, startOf(pid).orElse(""));
    }

    private static String machineId() {
        String id = read(Path.of("/etc/machine-id"));
        if (!id.isEmpty()) {
            return id;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static String bootId() {
        return read(Path.of("/proc/sys/kernel/random/boot_id"));
    }

    private static String processNamespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | RuntimeException e) {
            // Not Linux: one machine has one namespace there.
            return "";
        }
    }

    private static Optional<String> startOf(long pid) {
        // Field 22 counts ticks since the machine was booted; the command in field 2 may hold blanks and brackets.
        String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        int end = stat.lastIndexOf(')');
        if (end > 0) {
            String[] fields = stat.substring(end + 1).strip().split(" ", -1);
            return fields.length > START_FIELD ? Optional.of(fields[START_FIELD]) : Optional.empty();
        }
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(start -> Long.toString(start.getEpochSecond()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            // Not Linux, or no such process.
            return "";
        }
    }

    /** {@return this as the value of a label} */
    String text() {
        return String.join("|", machine, boot, processes, Long.toString(pid), started);
    }

    /** {@return the owner that a label names; empty if it names none} */
    static Optional<Owner> of(String label) {
        String[] parts = label.split("\\|", -1);
        if (parts.length != PARTS || !parts[3].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new Owner(parts[0], parts[1], parts[2], Long.parseLong(parts[3]), parts[4]));
    }

    /** {@return whether the process lives, as seen from this process} */
    Life life() {
        Owner self = ofThisProcess();
        if (!machine.equals(self.machine)) {
            return Life.UNKNOWN;
        }
        if (!boot.equals(self.boot)) {
            // Nothing survives a restart of the machine.
            return boot.isEmpty() || self.boot.isEmpty() ? Life.UNKNOWN : Life.DEAD;
        }
        if (!processes.equals(self.processes)) {
            return Life.UNKNOWN;
        }
        return startOf(pid).filter(started::equals).isPresent() ? Life.ALIVE : Life.DEAD;
    }
}
