package dev.orchestrator.api;

import java.io.InputStream;
import java.io.OutputStream;

/** The open streams of a process in a container; each to be used by one thread. */
public interface ContainerProcess extends AutoCloseable {

    /** {@return where to write its standard input; closing it signals the end of input} */
    OutputStream stdin();

    /** {@return its standard output, until it ends} */
    InputStream stdout();

    /** {@return its standard error, until it ends} */
    InputStream stderr();

    /**
     * Blocks until the process has ended.
     *
     * @return its exit code
     * @throws InterruptedException if interrupted while waiting
     */
    int awaitExit() throws InterruptedException;

    /** Gives the streams up; kills a command that still runs, never a main process. */
    @Override
    void close();
}
