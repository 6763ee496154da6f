package dev.orchestrator.server.stream;

import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.handle.ProcessRequest;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Statuses;

/**
 * A process that a client wants to talk to, by the query of its request.
 *
 * @param pod where it is
 * @param container the container it is in
 * @param command the command to run; empty for the main process
 * @param streams which of its streams are wanted
 * @param isAttach whether the main process is meant
 */
record ProcessCall(Pod pod, String container, List<String> command, Streams streams, boolean isAttach) {

    /** The streams that a client wants. */
    record Streams(boolean stdin, boolean stdout, boolean stderr, boolean terminal) {}

    /** {@return which process a client wants of a container} */
    static ProcessCall of(Call call, Pod pod, String container, boolean isAttach) {
        boolean terminal = call.isSet("tty");
        var streams =
                new Streams(call.isSet("stdin"), call.isSet("stdout"), call.isSet("stderr") && !terminal, terminal);
        return new ProcessCall(pod, container, isAttach ? List.of() : call.parameters("command"), streams, isAttach);
    }

    /** Requires that a request makes sense. */
    void check() {
        if (!streams.stdin() && !streams.stdout() && !streams.stderr()) {
            throw Statuses.badRequest("you must specify at least 1 of stdin, stdout, stderr");
        }
        if (!isAttach && command.isEmpty()) {
            throw Statuses.badRequest("you must specify at least one command for the container");
        }
    }

    /** {@return the streams of the protocol that a client opens, when it opens them itself} */
    List<String> wanted() {
        var wanted = new ArrayList<String>(List.of("error"));
        if (streams.stdin()) {
            wanted.add("stdin");
        }
        if (streams.stdout()) {
            wanted.add("stdout");
        }
        if (streams.stderr()) {
            wanted.add("stderr");
        }
        if (streams.terminal()) {
            wanted.add("resize");
        }
        return wanted;
    }

    ProcessRequest request() {
        return new ProcessRequest(command, streams.stdin(), streams.terminal());
    }
}
