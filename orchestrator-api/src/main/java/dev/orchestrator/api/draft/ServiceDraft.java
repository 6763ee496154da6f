package dev.orchestrator.api.draft;

import java.time.Duration;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.core.ClientIPConfig;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServiceBuilder;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.core.ServicePortBuilder;
import dev.orchestrator.api.model.core.ServiceSpecBuilder;
import dev.orchestrator.api.model.core.SessionAffinityConfig;

/** A service in the making. */
public final class ServiceDraft extends Draft<Service, ServiceDraft> {

    ServiceDraft(Service service) {
        super(service);
    }

    @Override
    ServiceDraft self() {
        return this;
    }

    /** Changes the spec through the builder of its record: for fields that no other method sets. */
    public ServiceDraft spec(UnaryOperator<ServiceSpecBuilder> change) {
        return change(service -> ServiceBuilder.builder(service)
                .spec(change.apply(ServiceSpecBuilder.builder(service.spec())).build())
                .build());
    }

    /** Selects pods that carry a label, beside the labels selected already. */
    public ServiceDraft selector(String key, String value) {
        return spec(spec -> spec.selector(with(object().spec().selector(), key, value)));
    }

    /** Serves a TCP port and passes it to the same port of the pods. */
    public ServiceDraft port(int port) {
        return port(ServicePortBuilder.builder().port(port).build());
    }

    /** Serves a TCP port and passes it to another port of the pods. */
    public ServiceDraft port(int port, int targetPort) {
        return port(ServicePortBuilder.builder()
                .port(port)
                .targetPort(IntOrString.of(targetPort))
                .build());
    }

    /** Serves a TCP port and passes it to the port of the pods that has the given name. */
    public ServiceDraft port(int port, String targetPort) {
        return port(ServicePortBuilder.builder()
                .port(port)
                .targetPort(IntOrString.of(targetPort))
                .build());
    }

    /** Serves a TCP port under a name, which services with several ports need. */
    public ServiceDraft port(String name, int port, int targetPort) {
        return port(ServicePortBuilder.builder()
                .name(name)
                .port(port)
                .targetPort(IntOrString.of(targetPort))
                .build());
    }

    /** Serves a port described in full. */
    public ServiceDraft port(ServicePort port) {
        return spec(spec -> spec.ports(ContainerDraft.added(object().spec().ports(), port)));
    }

    /** Serves no address of its own: its name stands for the pods themselves. */
    public ServiceDraft headless() {
        return spec(spec -> spec.clusterIP("None"));
    }

    /** Sets the type: {@code ClusterIP}, {@code NodePort}, {@code LoadBalancer} or {@code ExternalName}. */
    public ServiceDraft type(String type) {
        return spec(spec -> spec.type(type));
    }

    /** Stands for a host outside the cluster. */
    public ServiceDraft externalName(String host) {
        return spec(spec -> spec.type("ExternalName").externalName(host));
    }

    /** Sends a client to the pod it was sent to before, if that was no longer ago than the timeout. */
    public ServiceDraft sessionAffinity(Duration timeout) {
        return spec(spec -> spec.sessionAffinity("ClientIP")
                .sessionAffinityConfig(new SessionAffinityConfig(new ClientIPConfig((int) timeout.toSeconds()))));
    }
}
