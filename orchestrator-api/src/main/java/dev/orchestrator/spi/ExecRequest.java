package dev.orchestrator.spi;

import java.util.List;

/**
 * A command to run with open streams.
 *
 * @param command the program and its arguments
 * @param stdin whether its standard input is wanted
 * @param terminal whether it gets a terminal; standard error then comes with standard output
 */
public record ExecRequest(List<String> command, boolean stdin, boolean terminal) {

    /** Copies the list. */
    public ExecRequest {
        command = List.copyOf(command);
    }
}
