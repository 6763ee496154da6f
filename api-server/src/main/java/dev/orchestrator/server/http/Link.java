package dev.orchestrator.server.http;

import java.io.IOException;

/** Bytes to a client whose request has become a two-way stream. */
public interface Link {

    /** Sends bytes; when it returns the next ones may be sent, by any thread. */
    void send(byte[] bytes) throws IOException, InterruptedException;

    /** What is done with a link. */
    interface Use {

        /** Uses the link, on a thread of its own; when it returns the link is closed. */
        void serve(Link link) throws IOException, InterruptedException;

        /** Takes bytes of the client; the next come when this returns. */
        void received(byte[] bytes) throws IOException;

        /** Learns that nothing will come or go any more. */
        void gone();
    }
}
