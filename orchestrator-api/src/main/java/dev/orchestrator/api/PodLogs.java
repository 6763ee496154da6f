package dev.orchestrator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What a container has written: which part of it, then how to read it. Each method that narrows it returns another
 * instance. Logs outlive their container as long as its pod is there.
 */
public interface PodLogs {

    /**
     * {@return the last lines only}
     *
     * @param lines how many; 0 for none of those written so far
     * @throws IllegalArgumentException if negative
     */
    PodLogs tail(int lines);

    /** {@return what was written after a moment} */
    PodLogs since(Instant moment);

    /** {@return what was written in the time before now} */
    PodLogs since(Duration ago);

    /** {@return the logs of the run before the present one} */
    PodLogs previous();

    /** {@return each line with the moment before it, in RFC 3339} */
    PodLogs timestamps();

    /**
     * {@return the lines written so far}
     *
     * @throws ApiException if there is no such container, or it has not run yet
     * @throws InterruptedException if interrupted while reading
     */
    List<String> lines() throws InterruptedException;

    /** {@return the lines written so far, each with a line end} */
    default String text() throws InterruptedException {
        return lines().stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /**
     * Gives the lines written so far and then each new one as it comes; returns when the container ends.
     *
     * @throws InterruptedException if interrupted, which is the way to stop following
     */
    void follow(Consumer<String> line) throws InterruptedException;
}
