package dev.orchestrator.server.stream;

import java.io.IOException;

import dev.orchestrator.server.http.Link;
import dev.orchestrator.server.http.Socket;

/**
 * A stream of bytes carried by the messages of a WebSocket, whose borders mean nothing.
 *
 * @param inner what is done with the stream
 */
record Tunnel(Link.Use inner) implements Socket.Use {

    @Override
    public void serve(Socket socket) throws IOException, InterruptedException {
        inner.serve(socket::sendBinary);
    }

    @Override
    public void received(byte[] message) throws IOException {
        inner.received(message);
    }

    @Override
    public void gone() {
        inner.gone();
    }
}
