package dev.orchestrator.runtime.handle;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a container's log is wanted.
 *
 * @param follow whether to go on until the container ends
 * @param previous whether the run before the present one is meant
 * @param tailLines how many of the last lines; negative for all
 * @param since leave out what was written before; null for all
 */
public record LogRequest(
        boolean follow,
        boolean previous,
        long tailLines,
        @Nullable Instant since) {

    static final LogRequest ALL = new LogRequest(false, false, -1, null);

    LogRequest tail(long lines) {
        return new LogRequest(follow, previous, lines, since);
    }

    LogRequest after(Instant moment) {
        return new LogRequest(follow, previous, tailLines, moment);
    }

    LogRequest ofPreviousRun() {
        return new LogRequest(follow, true, tailLines, since);
    }

    LogRequest following() {
        return new LogRequest(true, previous, tailLines, since);
    }
}
