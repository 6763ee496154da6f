package dev.orchestrator.runtime.network.proxy;

import java.io.IOException;

/** What a selection key is attached to; called by its loop only. */
interface ReadyHandler {

    void ready(int readyOps) throws IOException;

    /** Ends what this handles, and only that, after {@link #ready} threw. */
    void failed(Throwable cause);
}
