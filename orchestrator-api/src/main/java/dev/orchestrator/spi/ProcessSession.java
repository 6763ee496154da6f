package dev.orchestrator.spi;

import java.io.InputStream;
import java.io.OutputStream;

/** The open streams of a process; to be read by one thread each. */
public interface ProcessSession extends AutoCloseable {

    /** {@return where to write its standard input; closing it signals the end of input} */
    OutputStream stdin();

    /** {@return its standard output, until it ends} */
    InputStream stdout();

    /** {@return its standard error, until it ends; empty with a terminal} */
    InputStream stderr();

    /** Tells the process the size of its terminal; ignored without one. */
    void resize(int columns, int rows);

    /**
     * Blocks until the process has ended.
     *
     * @return its exit code
     */
    int awaitExit() throws InterruptedException;

    /** Gives the streams up; kills a command that still runs, never a main process. */
    @Override
    void close();
}
