package dev.orchestrator.memory;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

/** A command that can be executed in a container, as {@code kubectl exec} and exec probes do. */
@FunctionalInterface
public interface ContainerCommand {

    /** What a command has to do with. */
    interface Call {

        /** {@return the command's name and its arguments} */
        List<String> arguments();

        /** {@return its standard input; at its end when the caller gives none} */
        InputStream in();

        /** {@return its standard output} */
        PrintStream out();

        /** {@return its standard error} */
        PrintStream err();

        /** {@return the container that it runs in} */
        ContainerContext container();
    }

    /**
     * Does what the command is there for, on a virtual thread that is interrupted when the caller gives up.
     *
     * @return the exit code, 0 to 255
     * @throws Exception to end with exit code 1
     */
    int run(Call call) throws Exception;
}
