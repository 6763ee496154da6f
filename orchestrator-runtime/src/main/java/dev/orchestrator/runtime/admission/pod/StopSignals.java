package dev.orchestrator.runtime.admission.pod;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The signals that may stop a container. */
final class StopSignals {

    static final List<String> WINDOWS = List.of("SIGKILL", "SIGTERM");
    static final List<String> LINUX = linux();

    private StopSignals() {}

    private static List<String> linux() {
        var signals = new ArrayList<String>();
        String named =
                "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS"
                        + " TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX";
        for (String name : named.split(" ", -1)) {
            signals.add("SIG" + name);
        }
        for (int offset = 1; offset <= 15; offset++) {
            signals.add("SIGRTMIN+" + offset);
        }
        for (int offset = 1; offset <= 14; offset++) {
            signals.add("SIGRTMAX-" + offset);
        }
        Collections.sort(signals);
        return List.copyOf(signals);
    }
}
