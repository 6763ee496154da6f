package dev.orchestrator.runtime.admission.pod;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.ContainerPort;
import dev.orchestrator.api.model.core.EphemeralContainer;
import dev.orchestrator.api.model.core.PodSecurityContext;
import dev.orchestrator.api.model.core.PodSecurityContextBuilder;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.api.model.core.Volume;
import dev.orchestrator.runtime.admission.field.Zero;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.admission.kind.Identity.mapped;
import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** Fills in what the spec of a pod or of a pod template leaves out; the same instance when nothing is missing. */
final class PodSpecDefaults {

    private static final PodSecurityContext NO_SECURITY_CONTEXT =
            PodSecurityContextBuilder.builder().build();
    private static final Long GRACE_SECONDS = 30L;

    private PodSpecDefaults() {}

    static PodSpec of(PodSpec spec, SpecKind what) {
        return switch (what) {
            case TEMPLATE -> general(spec);
            case POD -> forPod(general(spec));
        };
    }

    private static PodSpec general(PodSpec spec) {
        List<Container> containers = mapped(spec.containers(), ContainerDefaults::of);
        List<Container> initContainers = mapped(spec.initContainers(), ContainerDefaults::of);
        List<EphemeralContainer> ephemeral = mapped(spec.ephemeralContainers(), ContainerDefaults::of);
        List<Volume> volumes = mapped(spec.volumes(), VolumeDefaults::of);
        String account = Zero.isEmpty(spec.serviceAccountName()) ? spec.serviceAccount() : spec.serviceAccountName();
        boolean complete = !Zero.isEmpty(spec.dnsPolicy())
                && !Zero.isEmpty(spec.restartPolicy())
                && !Zero.isEmpty(spec.schedulerName())
                && spec.securityContext() != null
                && spec.terminationGracePeriodSeconds() != null
                && same(account, spec.serviceAccountName())
                && java.util.Objects.equals(account, spec.serviceAccount());
        boolean unchanged = complete
                && same(containers, spec.containers())
                && same(initContainers, spec.initContainers())
                && same(ephemeral, spec.ephemeralContainers())
                && same(volumes, spec.volumes());
        if (unchanged) {
            return spec;
        }
        return PodSpecBuilder.builder(spec)
                .containers(containers)
                .initContainers(initContainers)
                .ephemeralContainers(ephemeral)
                .volumes(volumes)
                .dnsPolicy(orElse(spec.dnsPolicy(), "ClusterFirst"))
                .restartPolicy(orElse(spec.restartPolicy(), "Always"))
                .schedulerName(orElse(spec.schedulerName(), "default-scheduler"))
                .securityContext(spec.securityContext() == null ? NO_SECURITY_CONTEXT : spec.securityContext())
                .terminationGracePeriodSeconds(
                        spec.terminationGracePeriodSeconds() == null
                                ? GRACE_SECONDS
                                : spec.terminationGracePeriodSeconds())
                .serviceAccountName(account)
                .serviceAccount(account)
                .build();
    }

    private static PodSpec forPod(PodSpec spec) {
        List<Container> containers = mapped(spec.containers(), container -> onHost(spec, requests(container)));
        List<Container> initContainers = mapped(spec.initContainers(), container -> onHost(spec, requests(container)));
        ResourceRequirements resources = podRequests(spec.resources());
        boolean unchanged = spec.enableServiceLinks() != null
                && same(containers, spec.containers())
                && same(initContainers, spec.initContainers())
                && same(resources, spec.resources());
        if (unchanged) {
            return spec;
        }
        return PodSpecBuilder.builder(spec)
                .containers(containers)
                .initContainers(initContainers)
                .resources(resources)
                .enableServiceLinks(spec.enableServiceLinks() == null || spec.enableServiceLinks())
                .build();
    }

    /** A limit without a request is also the request. */
    private static Container requests(Container container) {
        ResourceRequirements given = container.resources();
        ResourceRequirements complete = withRequests(given);
        return same(given, complete)
                ? container
                : ContainerBuilder.builder(container).resources(complete).build();
    }

    private static @Nullable ResourceRequirements podRequests(@Nullable ResourceRequirements resources) {
        return resources == null ? null : withRequests(resources);
    }

    private static ResourceRequirements withRequests(ResourceRequirements given) {
        if (given.requests().keySet().containsAll(given.limits().keySet())) {
            return given;
        }
        Map<String, Quantity> requests = new HashMap<>(given.limits());
        requests.putAll(given.requests());
        return new ResourceRequirements(given.claims(), given.limits(), requests);
    }

    /** With host networking a container port is the host's port. */
    private static Container onHost(PodSpec spec, Container container) {
        if (!spec.hostNetwork()) {
            return container;
        }
        List<ContainerPort> ports = mapped(
                container.ports(),
                port -> port.hostPort() != 0
                        ? port
                        : new ContainerPort(
                                port.containerPort(),
                                port.hostIP(),
                                port.containerPort(),
                                port.name(),
                                port.protocol()));
        return same(ports, container.ports())
                ? container
                : ContainerBuilder.builder(container).ports(ports).build();
    }

    private static String orElse(@Nullable String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
