package dev.orchestrator.runtime.kubelet.env;

import java.math.BigDecimal;
import java.math.RoundingMode;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ResourceFieldSelector;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What a container may learn about its own pod. */
public final class DownwardApi {

    private final Pod pod;
    private final PodFacts facts;

    /** Tells of one pod. */
    public DownwardApi(Pod pod, PodFacts facts) {
        this.pod = pod;
        this.facts = facts;
    }

    /**
     * {@return the value of a field of the pod, as text}
     *
     * @throws UnresolvedException if pods are not told of that field
     */
    public String field(String path) throws UnresolvedException {
        String labels = subscript(path, "metadata.labels");
        if (labels != null) {
            return pod.metadata().labels().getOrDefault(labels, "");
        }
        String annotations = subscript(path, "metadata.annotations");
        if (annotations != null) {
            return pod.metadata().annotations().getOrDefault(annotations, "");
        }
        return switch (path) {
            case "metadata.name" -> pod.metadata().nameOrEmpty();
            case "metadata.namespace" -> pod.metadata().namespaceOrEmpty();
            case "metadata.uid" -> pod.metadata().uidOrEmpty();
            case "spec.nodeName" -> requireNonNullElse(pod.spec().nodeName(), "");
            case "spec.serviceAccountName" -> requireNonNullElse(pod.spec().serviceAccountName(), "");
            case "status.hostIP", "status.hostIPs" -> facts.hostIp();
            case "status.podIP" ->
                facts.podIps().isEmpty() ? "" : facts.podIps().getFirst();
            case "status.podIPs" -> String.join(",", facts.podIps());
            default -> throw new UnresolvedException("unsupported fieldPath: " + path);
        };
    }

    private static @Nullable String subscript(String path, String map) {
        boolean isOne = path.startsWith(map + "['") && path.endsWith("']");
        return isOne ? path.substring(map.length() + 2, path.length() - 2) : null;
    }

    /**
     * {@return a request or limit, divided and rounded up}
     *
     * @param container the container it is about, unless the selector names another
     * @throws UnresolvedException if there is no such container or resource
     */
    public String resource(Container container, ResourceFieldSelector selector) throws UnresolvedException {
        Container about = container;
        String other = selector.containerName();
        if (other != null && !other.isEmpty() && !other.equals(container.name())) {
            about = container(other);
        }
        int dot = selector.resource().indexOf('.');
        String kind = dot < 0 ? "" : selector.resource().substring(0, dot);
        String name = selector.resource().substring(dot + 1);
        Quantity amount = switch (kind) {
            case "limits" -> {
                Quantity limit = about.resources().limits().get(name);
                yield limit != null ? limit : facts.allocatable().getOrDefault(name, Quantity.ZERO);
            }
            case "requests" -> about.resources().requests().getOrDefault(name, Quantity.ZERO);
            default -> throw new UnresolvedException("unsupported container resource : " + selector.resource());
        };
        return divided(amount, selector.divisor(), name.equals("cpu"));
    }

    /**
     * {@return a container of the pod}
     *
     * @throws UnresolvedException if there is none of that name
     */
    public Container container(String name) throws UnresolvedException {
        for (Container container : pod.spec().containers()) {
            if (container.name().equals(name)) {
                return container;
            }
        }
        for (Container container : pod.spec().initContainers()) {
            if (container.name().equals(name)) {
                return container;
            }
        }
        throw new UnresolvedException("container " + name + " not found");
    }

    /** CPU is counted in thousandths, everything else in whole units; the quotient is rounded up. */
    private static String divided(Quantity amount, @Nullable Quantity divisor, boolean isCpu) {
        BigDecimal by = divisor == null || divisor.signum() == 0 ? BigDecimal.ONE : divisor.amount();
        BigDecimal dividend = amount.amount();
        if (isCpu) {
            dividend = dividend.movePointRight(3).setScale(0, RoundingMode.CEILING);
            by = by.movePointRight(3);
        } else {
            dividend = dividend.setScale(0, RoundingMode.CEILING);
        }
        return dividend.divide(by, 0, RoundingMode.CEILING).toPlainString();
    }
}
