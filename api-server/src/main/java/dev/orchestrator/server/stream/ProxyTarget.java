package dev.orchestrator.server.stream;

import java.util.List;

import com.google.common.base.Splitter;
import dev.orchestrator.server.http.Statuses;

/**
 * What a client names in a path to be passed on to: {@code [scheme:]name[:port]}.
 *
 * @param scheme the scheme
 * @param name the pod or service
 * @param port the number of a port or, of a service, its name; empty for the only one
 */
record ProxyTarget(String scheme, String name, String port) {

    private static final int ALL = 3;

    /**
     * {@return what a step of a path names}
     *
     * @param kind {@code pod} or {@code service}
     */
    static ProxyTarget parse(String step, String kind) {
        List<String> parts = Splitter.on(':').splitToList(step);
        ProxyTarget target = switch (parts.size()) {
            case 1 -> new ProxyTarget("http", parts.get(0), "");
            case 2 -> new ProxyTarget("http", parts.get(0), parts.get(1));
            case ALL -> new ProxyTarget(parts.get(0).isEmpty() ? "http" : parts.get(0), parts.get(1), parts.get(2));
            default -> throw invalid(step, kind);
        };
        if (target.name().isEmpty() || !List.of("http", "https").contains(target.scheme())) {
            throw invalid(step, kind);
        }
        return target;
    }

    private static dev.orchestrator.api.ApiException invalid(String step, String kind) {
        return Statuses.badRequest("invalid " + kind + " request \"" + step + "\"");
    }
}
