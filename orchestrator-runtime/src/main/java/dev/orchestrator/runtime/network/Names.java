package dev.orchestrator.runtime.network;

import java.util.List;
import java.util.Optional;

import com.google.common.base.Splitter;
import dev.orchestrator.api.model.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * What a host name means inside the cluster: the pure part of name resolution.
 *
 * <p>Source of the rules: Kubernetes, DNS for Services and Pods.
 *
 * @param service the service that is meant
 * @param hostname the pod of the service that is meant; null for the service as a whole
 */
record Names(ObjectKey service, @Nullable String hostname) {

    private static final Splitter DOTS = Splitter.on('.');
    private static final List<String> DOMAIN = List.of("svc", "cluster", "local");

    /**
     * {@return what a pod of the namespace may mean by a name, the likeliest first; empty if it is not of the cluster}
     */
    static List<Names> of(String namespace, String host) {
        List<String> labels = DOTS.splitToList(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
        int domain = domainStart(labels);
        if (domain > 0) {
            return switch (domain) {
                case 2 -> List.of(new Names(new ObjectKey(labels.get(1), labels.get(0)), null));
                case 3 -> List.of(new Names(new ObjectKey(labels.get(2), labels.get(1)), labels.get(0)));
                default -> List.of();
            };
        }
        return switch (labels.size()) {
            case 1 -> List.of(new Names(new ObjectKey(namespace, labels.get(0)), null));
            // "a.b" is service a of namespace b, or pod a of service b in the asker's own namespace.
            case 2 ->
                List.of(
                        new Names(new ObjectKey(labels.get(1), labels.get(0)), null),
                        new Names(new ObjectKey(namespace, labels.get(1)), labels.get(0)));
            case 3 -> List.of(new Names(new ObjectKey(labels.get(2), labels.get(1)), labels.get(0)));
            default -> List.of();
        };
    }

    /** {@return the IP in a pod's own name, such as {@code 10-244-0-7.shop.pod.cluster.local}} */
    static Optional<String> podIp(String host) {
        List<String> labels = DOTS.splitToList(host);
        boolean isPod = labels.size() >= 3 && labels.get(2).equals("pod");
        return isPod ? Optional.of(labels.getFirst().replace('-', '.')) : Optional.empty();
    }

    // The search path of a pod completes any of: a.b.svc, a.b.svc.cluster, a.b.svc.cluster.local.
    private static int domainStart(List<String> labels) {
        for (int length = DOMAIN.size(); length > 0; length--) {
            int start = labels.size() - length;
            if (start > 0 && labels.subList(start, labels.size()).equals(DOMAIN.subList(0, length))) {
                return start;
            }
        }
        return 0;
    }
}
