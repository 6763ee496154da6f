package dev.orchestrator.runtime.handle;

import java.util.List;

/**
 * Which process of a container is wanted, and what of it.
 *
 * @param command the command to run; empty for the main process
 * @param stdin whether its standard input is wanted
 * @param terminal whether a command gets a terminal; the main process has what its container says
 */
public record ProcessRequest(List<String> command, boolean stdin, boolean terminal) {

    /** Copies the list. */
    public ProcessRequest {
        command = List.copyOf(command);
    }
}
