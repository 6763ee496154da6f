package dev.orchestrator.server.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/** Turns requests into WebSockets. */
public final class Sockets {

    private static final long LARGEST_FRAME = 1024 * 1024;

    private final WebSocketMappings mappings;

    /** Prepares a server that has not started yet. */
    public Sockets(Server server) {
        this.mappings = new WebSocketMappings(WebSocketServerComponents.ensureWebSocketComponents(server));
    }

    /** {@return whether a request asks for a WebSocket} */
    public static boolean isAskedFor(Call call) {
        return call.headers("Upgrade").toLowerCase(Locale.ROOT).equals("websocket")
                && call.headers("Connection").toLowerCase(Locale.ROOT).contains("upgrade");
    }

    /** {@return the first protocol that a client offers and that is among those supported} */
    public static Optional<String> chosen(Call call, List<String> supported) {
        for (String offered : call.headers("Sec-WebSocket-Protocol").split(",", -1)) {
            if (supported.contains(offered.strip())) {
                return Optional.of(offered.strip());
            }
        }
        return Optional.empty();
    }

    /**
     * {@return the protocol to speak with a client: the first that it offers and that is supported; empty when it
     * offers none}
     *
     * @throws dev.orchestrator.api.ApiException if it offers only others
     */
    public static String negotiated(Call call, List<String> supported) {
        String offered = call.headers("Sec-WebSocket-Protocol");
        if (offered.isBlank()) {
            return "";
        }
        return chosen(call, supported)
                .orElseThrow(
                        () -> Statuses.badRequest("unable to upgrade: unable to negotiate protocol: client supports ["
                                + offered.replaceAll("\\s*,\\s*", " ").strip() + "], server accepts ["
                                + String.join(" ", supported) + "]"));
    }

    /**
     * Turns a request into a WebSocket.
     *
     * @param protocol the protocol to agree on; empty for none
     * @param use what is done with it
     */
    public void open(Call call, String protocol, Socket.Use use) {
        var socket = new Socket(use, "socket" + call.path());
        var negotiator = new WebSocketNegotiator.AbstractNegotiator() {
            @Override
            public FrameHandler negotiate(
                    ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
                if (!protocol.isEmpty()) {
                    response.setAcceptedSubProtocol(protocol);
                }
                return socket.frames();
            }
        };
        var limits = new Configuration.ConfigurationCustomizer();
        limits.setMaxFrameSize(LARGEST_FRAME);
        if (!mappings.upgrade(negotiator, call.request(), call.response(), call.handOver(), limits)) {
            call.takeBack();
            throw Statuses.badRequest("Upgrade request required");
        }
    }
}
