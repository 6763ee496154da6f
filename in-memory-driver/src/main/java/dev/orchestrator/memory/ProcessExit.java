package dev.orchestrator.memory;

/** Thrown by a script to end its process at once. */
final class ProcessExit extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final boolean outOfMemory;

    ProcessExit(int code, boolean outOfMemory) {
        super("exit code " + code);
        this.code = code;
        this.outOfMemory = outOfMemory;
    }

    int code() {
        return code;
    }

    boolean isOutOfMemory() {
        return outOfMemory;
    }
}
