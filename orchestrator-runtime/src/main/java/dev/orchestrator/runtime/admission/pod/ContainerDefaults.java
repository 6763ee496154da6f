package dev.orchestrator.runtime.admission.pod;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.ContainerPort;
import dev.orchestrator.api.model.core.EnvVar;
import dev.orchestrator.api.model.core.EnvVarSource;
import dev.orchestrator.api.model.core.EnvVarSourceBuilder;
import dev.orchestrator.api.model.core.EphemeralContainer;
import dev.orchestrator.api.model.core.GRPCAction;
import dev.orchestrator.api.model.core.HTTPGetAction;
import dev.orchestrator.api.model.core.Lifecycle;
import dev.orchestrator.api.model.core.LifecycleHandler;
import dev.orchestrator.api.model.core.ObjectFieldSelector;
import dev.orchestrator.api.model.core.Probe;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.runtime.admission.field.Zero;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.admission.kind.Identity.mapped;
import static dev.orchestrator.runtime.admission.kind.Identity.mappedOrNull;
import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** Fills in what a container leaves out. */
final class ContainerDefaults {

    private static final String LATEST = "latest";

    private ContainerDefaults() {}

    static Container of(Container container) {
        String pullPolicy =
                Zero.isEmpty(container.imagePullPolicy()) ? pullPolicy(container.image()) : container.imagePullPolicy();
        String messagePath = Zero.isEmpty(container.terminationMessagePath())
                ? "/dev/termination-log"
                : container.terminationMessagePath();
        String messagePolicy =
                Zero.isEmpty(container.terminationMessagePolicy()) ? "File" : container.terminationMessagePolicy();
        List<EnvVar> env = mapped(container.env(), ContainerDefaults::env);
        List<ContainerPort> ports = mapped(container.ports(), ContainerDefaults::port);
        Lifecycle lifecycle = container.lifecycle() == null ? null : lifecycle(container.lifecycle());
        Probe liveness = container.livenessProbe() == null ? null : probe(container.livenessProbe());
        Probe readiness = container.readinessProbe() == null ? null : probe(container.readinessProbe());
        Probe startup = container.startupProbe() == null ? null : probe(container.startupProbe());
        ResourceRequirements resources = resources(container.resources());
        boolean unchanged = same(pullPolicy, container.imagePullPolicy())
                && same(messagePath, container.terminationMessagePath())
                && same(messagePolicy, container.terminationMessagePolicy())
                && same(env, container.env())
                && same(ports, container.ports())
                && same(lifecycle, container.lifecycle())
                && same(liveness, container.livenessProbe())
                && same(readiness, container.readinessProbe())
                && same(startup, container.startupProbe())
                && same(resources, container.resources());
        if (unchanged) {
            return container;
        }
        return ContainerBuilder.builder(container)
                .imagePullPolicy(pullPolicy)
                .terminationMessagePath(messagePath)
                .terminationMessagePolicy(messagePolicy)
                .env(env)
                .ports(ports)
                .lifecycle(lifecycle)
                .livenessProbe(liveness)
                .readinessProbe(readiness)
                .startupProbe(startup)
                .resources(resources)
                .build();
    }

    static EphemeralContainer of(EphemeralContainer ephemeral) {
        Container common = ephemeral.asContainer();
        Container defaulted = of(common);
        return same(common, defaulted) ? ephemeral : EphemeralContainers.withCommon(ephemeral, defaulted);
    }

    /** {@return Always for an image without tag or digest or with the tag latest, otherwise IfNotPresent} */
    static String pullPolicy(@Nullable String image) {
        String reference = Zero.text(image);
        if (reference.contains("@")) {
            return "IfNotPresent";
        }
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        int colon = name.indexOf(':');
        return colon < 0 || name.substring(colon + 1).equals(LATEST) ? "Always" : "IfNotPresent";
    }

    private static ContainerPort port(ContainerPort port) {
        return Zero.isEmpty(port.protocol())
                ? new ContainerPort(port.containerPort(), port.hostIP(), port.hostPort(), port.name(), "TCP")
                : port;
    }

    private static EnvVar env(EnvVar variable) {
        EnvVarSource source = variable.valueFrom();
        if (source == null || source.fieldRef() == null) {
            return variable;
        }
        ObjectFieldSelector field = fieldSelector(source.fieldRef());
        return same(field, source.fieldRef())
                ? variable
                : new EnvVar(
                        variable.name(),
                        variable.value(),
                        EnvVarSourceBuilder.builder(source).fieldRef(field).build());
    }

    static ObjectFieldSelector fieldSelector(ObjectFieldSelector selector) {
        return Zero.isEmpty(selector.apiVersion()) ? new ObjectFieldSelector("v1", selector.fieldPath()) : selector;
    }

    private static Lifecycle lifecycle(Lifecycle lifecycle) {
        LifecycleHandler postStart = mappedOrNull(lifecycle.postStart(), ContainerDefaults::handler);
        LifecycleHandler preStop = mappedOrNull(lifecycle.preStop(), ContainerDefaults::handler);
        return same(postStart, lifecycle.postStart()) && same(preStop, lifecycle.preStop())
                ? lifecycle
                : new Lifecycle(postStart, preStop, lifecycle.stopSignal());
    }

    private static LifecycleHandler handler(LifecycleHandler handler) {
        HTTPGetAction http = mappedOrNull(handler.httpGet(), ContainerDefaults::httpGet);
        return same(http, handler.httpGet())
                ? handler
                : new LifecycleHandler(handler.exec(), http, handler.sleep(), handler.tcpSocket());
    }

    private static Probe probe(Probe probe) {
        HTTPGetAction http = mappedOrNull(probe.httpGet(), ContainerDefaults::httpGet);
        GRPCAction grpc = mappedOrNull(
                probe.grpc(), action -> action.service() == null ? new GRPCAction(action.port(), "") : action);
        boolean complete = probe.timeoutSeconds() != 0
                && probe.periodSeconds() != 0
                && probe.successThreshold() != 0
                && probe.failureThreshold() != 0;
        if (complete && same(http, probe.httpGet()) && same(grpc, probe.grpc())) {
            return probe;
        }
        return new Probe(
                probe.exec(),
                orElse(probe.failureThreshold(), 3),
                grpc,
                http,
                probe.initialDelaySeconds(),
                orElse(probe.periodSeconds(), 10),
                orElse(probe.successThreshold(), 1),
                probe.tcpSocket(),
                probe.terminationGracePeriodSeconds(),
                orElse(probe.timeoutSeconds(), 1));
    }

    private static int orElse(int value, int otherwise) {
        return value == 0 ? otherwise : value;
    }

    private static HTTPGetAction httpGet(HTTPGetAction action) {
        if (!Zero.isEmpty(action.path()) && !Zero.isEmpty(action.scheme())) {
            return action;
        }
        return new HTTPGetAction(
                action.host(),
                action.httpHeaders(),
                Zero.isEmpty(action.path()) ? "/" : action.path(),
                action.port(),
                Zero.isEmpty(action.scheme()) ? "HTTP" : action.scheme());
    }

    static ResourceRequirements resources(ResourceRequirements resources) {
        Map<String, Quantity> limits = quantities(resources.limits());
        Map<String, Quantity> requests = quantities(resources.requests());
        return same(limits, resources.limits()) && same(requests, resources.requests())
                ? resources
                : new ResourceRequirements(resources.claims(), limits, requests);
    }

    /** {@return the amounts rounded up to thousandths, the finest Kubernetes keeps} */
    private static Map<String, Quantity> quantities(Map<String, Quantity> amounts) {
        Map<String, Quantity> rounded = null;
        for (var entry : amounts.entrySet()) {
            Quantity amount = entry.getValue().roundedUpToMilli();
            if (!amount.equals(entry.getValue())) {
                rounded = rounded == null ? new HashMap<>(amounts) : rounded;
                rounded.put(entry.getKey(), amount);
            }
        }
        return rounded == null ? amounts : rounded;
    }
}
