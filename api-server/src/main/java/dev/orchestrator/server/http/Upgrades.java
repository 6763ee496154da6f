package dev.orchestrator.server.http;

import java.util.List;
import java.util.Locale;

import com.google.common.base.Splitter;
import dev.orchestrator.api.ApiException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.BufferUtil;

/** Turns requests into connections that speak SPDY. */
public final class Upgrades {

    private static final String SPDY = "SPDY/3.1";

    private Upgrades() {}

    /** {@return whether a request asks for SPDY} */
    public static boolean isAskedFor(Call call) {
        return call.headers("Upgrade").equalsIgnoreCase(SPDY)
                && call.headers("Connection").toLowerCase(Locale.ROOT).contains("upgrade");
    }

    /**
     * {@return what to speak over SPDY with a client: the first that it offers and that is supported; empty when it
     * offers nothing}
     *
     * @throws dev.orchestrator.api.ApiException if it offers only others
     */
    public static String negotiated(Call call, List<String> supported) {
        String offered = call.headers("X-Stream-Protocol-Version");
        if (offered.isBlank()) {
            return "";
        }
        List<String> names = Splitter.on(',').trimResults().omitEmptyStrings().splitToList(offered);
        return names.stream()
                .filter(supported::contains)
                .findFirst()
                .orElseThrow(() -> ApiException.of(
                        ApiException.Reason.FORBIDDEN,
                        "unable to upgrade: unable to negotiate protocol: client supports ["
                                + String.join(" ", names) + "], server accepts [" + String.join(" ", supported)
                                + "]"));
    }

    /**
     * Turns a request into a connection that speaks SPDY.
     *
     * @param protocol what is spoken over it, to agree on; empty for what clients spoke that offered nothing
     * @param use what is done with it
     */
    public static void open(Call call, String protocol, Link.Use use) {
        EndPoint endPoint =
                call.request().getConnectionMetaData().getConnection().getEndPoint();
        var link = new RawLink(endPoint, call.request().getComponents().getExecutor(), use, "upgraded" + call.path());
        call.response().setStatus(HttpStatus.SWITCHING_PROTOCOLS_101);
        call.response().getHeaders().put(HttpHeader.CONNECTION, "Upgrade");
        call.response().getHeaders().put(HttpHeader.UPGRADE, SPDY);
        if (!protocol.isEmpty()) {
            call.setHeader("X-Stream-Protocol-Version", protocol);
        }
        call.request().setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, link);
        call.response().write(true, BufferUtil.EMPTY_BUFFER, call.handOver());
    }
}
