package dev.orchestrator.runtime.controller.endpoints;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import dev.orchestrator.api.model.core.EndpointAddress;
import dev.orchestrator.api.model.core.ObjectReference;
import dev.orchestrator.api.model.core.ObjectReferenceBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodIP;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.discovery.Endpoint;
import dev.orchestrator.api.model.discovery.EndpointBuilder;
import dev.orchestrator.api.model.discovery.EndpointConditions;
import org.jspecify.annotations.Nullable;

/** Decides whether and how a pod appears behind a service. */
final class PodEndpoints {

    private PodEndpoints() {}

    /** {@return whether the change can alter how the pod appears behind its services} */
    static boolean differ(Pod before, Pod after) {
        return before.isReady() != after.isReady()
                || before.isFinished() != after.isFinished()
                || before.metadata().isTerminating() != after.metadata().isTerminating()
                || !before.status().podIPs().equals(after.status().podIPs())
                || !Objects.equals(before.status().podIP(), after.status().podIP())
                || !Objects.equals(before.spec().nodeName(), after.spec().nodeName())
                || !before.metadata().labels().equals(after.metadata().labels());
    }

    /** {@return the pod's address of a family; null while it has none or once its containers have ended} */
    static @Nullable String address(Pod pod, String addressType) {
        if (pod.isFinished()) {
            return null;
        }
        for (PodIP ip : pod.status().podIPs()) {
            if (addressType.equals(typeOf(ip.ip()))) {
                return ip.ip();
            }
        }
        String single = pod.status().podIP();
        return single != null && addressType.equals(typeOf(single)) ? single : null;
    }

    static String typeOf(String ip) {
        return ip.indexOf(':') >= 0 ? "IPv6" : "IPv4";
    }

    /** {@return the pod as an endpoint of a slice} */
    static Endpoint endpoint(Service service, Pod pod, String address, Function<String, @Nullable String> zoneOfNode) {
        boolean serving = pod.isReady();
        boolean terminating = pod.metadata().isTerminating();
        boolean ready = service.spec().publishNotReadyAddresses() || (serving && !terminating);
        String node = emptyToNull(pod.spec().nodeName());
        return EndpointBuilder.builder()
                .addresses(List.of(address))
                .conditions(new EndpointConditions(ready, serving, terminating))
                .hostname(hostname(service, pod))
                .nodeName(node)
                .targetRef(reference(pod))
                .zone(node == null ? null : zoneOfNode.apply(node))
                .build();
    }

    /** {@return the pod as an address of an Endpoints object} */
    static EndpointAddress endpointAddress(Service service, Pod pod, String address) {
        return new EndpointAddress(
                hostname(service, pod), address, emptyToNull(pod.spec().nodeName()), reference(pod));
    }

    private static @Nullable String hostname(Service service, Pod pod) {
        String hostname = emptyToNull(pod.spec().hostname());
        return service.metadata().nameOrEmpty().equals(pod.spec().subdomain()) ? hostname : null;
    }

    private static ObjectReference reference(Pod pod) {
        return ObjectReferenceBuilder.builder()
                .kind("Pod")
                .namespace(pod.metadata().namespace())
                .name(pod.metadata().name())
                .uid(pod.metadata().uid())
                .build();
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
