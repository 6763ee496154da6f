package dev.orchestrator.server.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import dev.orchestrator.api.model.meta.Status;
import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.server.http.Socket;

import static java.util.Objects.requireNonNullElse;

/**
 * How streams share a WebSocket: each message begins with the number of its channel.
 *
 * @param name the protocol
 */
record ChannelProtocol(String name) {

    static final int STDIN = 0;
    static final int STDOUT = 1;
    static final int STDERR = 2;
    static final int ERROR = 3;
    static final int RESIZE = 4;
    static final int CLOSE = 255;

    /** The protocols, and none: that is the first one. */
    static final List<String> NAMES = List.of(
            "v5.channel.k8s.io",
            "v4.channel.k8s.io",
            "v4.base64.channel.k8s.io",
            "channel.k8s.io",
            "base64.channel.k8s.io");

    /** The same over SPDY, where each channel is a stream of its own. */
    static final List<String> SPDY_NAMES =
            List.of("v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io");

    private boolean isBase64() {
        return name.contains("base64");
    }

    /** {@return whether a client can end its input without leaving} */
    boolean canClose() {
        return name.startsWith("v5");
    }

    /** Sends bytes of a channel. */
    void send(Socket socket, int channel, byte[] bytes) throws IOException, InterruptedException {
        if (isBase64()) {
            String text = channel + Base64.getEncoder().encodeToString(bytes);
            socket.sendText(text.getBytes(StandardCharsets.US_ASCII));
            return;
        }
        byte[] message = new byte[bytes.length + 1];
        message[0] = (byte) channel;
        System.arraycopy(bytes, 0, message, 1, bytes.length);
        socket.sendBinary(message);
    }

    /** {@return the channel of a message that is not empty} */
    int channel(byte[] message) {
        return isBase64() ? message[0] - '0' : message[0] & 0xff;
    }

    /**
     * {@return what a message that is not empty carries}
     *
     * @throws IOException if it is malformed
     */
    byte[] payload(byte[] message) throws IOException {
        byte[] rest = Arrays.copyOfRange(message, 1, message.length);
        try {
            return isBase64() ? Base64.getDecoder().decode(rest) : rest;
        } catch (IllegalArgumentException malformed) {
            throw new IOException("a message is malformed", malformed);
        }
    }

    /** {@return how a client is told the outcome: older protocols knew only messages} */
    byte[] outcome(Status status) {
        if (name.startsWith("v4") || name.startsWith("v5")) {
            return JsonText.write(Outcomes.tree(status)).getBytes(StandardCharsets.UTF_8);
        }
        return requireNonNullElse(status.message(), "").getBytes(StandardCharsets.UTF_8);
    }
}
