package dev.orchestrator.memory;

import java.util.Locale;
import java.util.Map;

/** The numbers of signals, as on Linux. */
final class Signals {

    static final String TERM = "SIGTERM";
    static final String KILL = "SIGKILL";
    static final int KILLED = 137;

    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("SIGHUP", 1),
            Map.entry("SIGINT", 2),
            Map.entry("SIGQUIT", 3),
            Map.entry("SIGABRT", 6),
            Map.entry(KILL, 9),
            Map.entry("SIGUSR1", 10),
            Map.entry("SIGSEGV", 11),
            Map.entry("SIGUSR2", 12),
            Map.entry("SIGPIPE", 13),
            Map.entry("SIGALRM", 14),
            Map.entry(TERM, 15),
            Map.entry("SIGCHLD", 17),
            Map.entry("SIGCONT", 18),
            Map.entry("SIGWINCH", 28));

    private Signals() {}

    /** {@return the full name of a signal given by name, with or without SIG, or by number} */
    static String named(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        String name = upper.startsWith("SIG") ? upper : "SIG" + upper;
        if (NUMBERS.containsKey(name)) {
            return name;
        }
        return NUMBERS.entrySet().stream()
                .filter(signal -> signal.getValue().toString().equals(text))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("signal " + text + ": no such signal"));
    }

    /** {@return the exit code of a process that the signal has ended} */
    static int exitCode(String signal) {
        return 128 + NUMBERS.getOrDefault(signal, 15);
    }

    /** {@return whether a process that does not handle the signal goes on} */
    static boolean isIgnoredByDefault(String signal) {
        return signal.equals("SIGCHLD") || signal.equals("SIGCONT") || signal.equals("SIGWINCH");
    }
}
