package dev.orchestrator.server.stream;

import java.io.IOException;

import dev.orchestrator.api.model.meta.Status;
import dev.orchestrator.server.http.Inlet;
import dev.orchestrator.server.http.Socket;

/** A process whose streams share a WebSocket. */
final class SocketProcess implements Socket.Use {

    private static final byte[] NOTHING = new byte[0];

    private final Inlet input = new Inlet();
    private final RemoteProcess process;
    private final ProcessCall call;
    private final ChannelProtocol protocol;
    private final Live live;

    SocketProcess(RemoteProcess process, ProcessCall call, ChannelProtocol protocol, Live live) {
        this.process = process;
        this.call = call;
        this.protocol = protocol;
        this.live = live;
        live.add(process);
    }

    @Override
    public void serve(Socket socket) throws IOException, InterruptedException {
        try {
            // Clients take the first message as a sign that the connection stands.
            protocol.send(socket, lowest(), NOTHING);
            process.run(input, new RemoteProcess.Client() {
                @Override
                public void stdout(byte[] bytes) throws IOException, InterruptedException {
                    protocol.send(socket, ChannelProtocol.STDOUT, bytes);
                }

                @Override
                public void stderr(byte[] bytes) throws IOException, InterruptedException {
                    protocol.send(socket, ChannelProtocol.STDERR, bytes);
                }

                @Override
                public void outcome(Status status) throws IOException, InterruptedException {
                    byte[] told = protocol.outcome(status);
                    if (told.length > 0) {
                        protocol.send(socket, ChannelProtocol.ERROR, told);
                    }
                }
            });
        } finally {
            input.close();
            live.end(process);
        }
    }

    private int lowest() {
        if (call.streams().stdout()) {
            return ChannelProtocol.STDOUT;
        }
        return call.streams().stderr() ? ChannelProtocol.STDERR : ChannelProtocol.ERROR;
    }

    @Override
    public void received(byte[] message) throws IOException {
        if (message.length == 0) {
            return;
        }
        byte[] bytes = protocol.payload(message);
        switch (protocol.channel(message)) {
            case ChannelProtocol.STDIN -> input.put(bytes);
            case ChannelProtocol.RESIZE -> process.resized(bytes);
            case ChannelProtocol.CLOSE -> {
                if (protocol.canClose() && bytes.length > 0 && bytes[0] == ChannelProtocol.STDIN) {
                    input.end();
                }
            }
            default -> {} // clients have nothing to say on the other channels
        }
    }

    @Override
    public void gone() {
        input.close();
        live.end(process);
    }
}
