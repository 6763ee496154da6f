package dev.orchestrator.server.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.serving.ServedCluster;
import dev.orchestrator.server.http.Inlet;
import dev.orchestrator.server.http.Socket;

/**
 * Connections to ports of a pod over a WebSocket, one a port: its data on an even channel, its failure on the next. The
 * client names the ports beforehand.
 */
final class SocketForward implements Socket.Use, AutoCloseable {

    /** What is spoken. */
    static final List<String> PROTOCOLS = List.of("v4.channel.k8s.io", "v4.base64.channel.k8s.io");

    private final Live live;
    private final Live connections = new Live();
    private final PodPorts ports;
    private final List<Integer> wanted;
    private final List<Inlet> inlets = new ArrayList<>();
    private final ChannelProtocol protocol;

    SocketForward(ServedCluster cluster, Pod pod, List<Integer> wanted, ChannelProtocol protocol, Live live) {
        this.live = live;
        this.ports = new PodPorts(cluster, pod, connections);
        this.wanted = List.copyOf(wanted);
        this.protocol = protocol;
        wanted.forEach(port -> inlets.add(connections.add(new Inlet())));
        live.add(this);
    }

    @Override
    public void serve(Socket socket) throws IOException, InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < wanted.size(); i++) {
            int port = wanted.get(i);
            byte[] number = {(byte) port, (byte) (port >>> Byte.SIZE)};
            protocol.send(socket, 2 * i, number);
            protocol.send(socket, 2 * i + 1, number);
        }
        for (int i = 0; i < wanted.size(); i++) {
            int index = i;
            threads.add(Thread.ofVirtual()
                    .name("forward/" + ports.pod().key() + ":" + wanted.get(i))
                    .start(() -> forward(socket, index)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        live.end(this);
    }

    private void forward(Socket socket, int index) {
        try {
            try {
                ports.join(wanted.get(index), inlets.get(index), bytes -> protocol.send(socket, 2 * index, bytes));
            } catch (IOException failed) {
                String why = String.valueOf(failed.getMessage());
                protocol.send(socket, 2 * index + 1, why.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException gone) {
            close();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void received(byte[] message) throws IOException {
        int channel = message.length == 0 ? -1 : protocol.channel(message);
        if (channel >= 0 && channel % 2 == 0 && channel / 2 < inlets.size()) {
            inlets.get(channel / 2).put(protocol.payload(message));
        }
    }

    @Override
    public void gone() {
        live.end(this);
    }

    @Override
    public void close() {
        connections.close();
    }
}
