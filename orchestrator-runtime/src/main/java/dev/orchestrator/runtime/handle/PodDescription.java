package dev.orchestrator.runtime.handle;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.EnvVar;
import dev.orchestrator.api.model.core.HTTPGetAction;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.Probe;
import dev.orchestrator.api.model.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;

/** What {@code describe} says about a pod and its containers. */
final class PodDescription {

    private PodDescription() {}

    static Sheet of(Sheet sheet, Pod pod) {
        var status = pod.status();
        sheet.field("Node", Descriptions.text(pod.spec().nodeName()))
                .field("Phase", Descriptions.text(status.phase()))
                .field("Reason", Descriptions.text(status.reason()))
                .field("Message", Descriptions.text(status.message()))
                .field("IP", Descriptions.text(status.podIP()))
                .field("Controlled By", controller(pod.metadata()))
                .field("Service Account", Descriptions.text(pod.spec().serviceAccountName()))
                .field("QoS Class", Descriptions.text(status.qosClass()));
        if (!pod.spec().initContainers().isEmpty()) {
            sheet.section(
                    "Init Containers",
                    () -> pod.spec()
                            .initContainers()
                            .forEach(container -> container(sheet, container, status(pod, container))));
        }
        return sheet.section(
                "Containers",
                () -> pod.spec()
                        .containers()
                        .forEach(container -> container(sheet, container, status(pod, container))));
    }

    static void template(Sheet sheet, PodTemplateSpec template) {
        sheet.map("Labels", template.metadata().labels());
        sheet.section(
                "Containers",
                () -> template.spec().containers().forEach(container -> container(sheet, container, Optional.empty())));
    }

    static String controller(ObjectMeta metadata) {
        return metadata.controller()
                .map(owner -> owner.kind() + "/" + owner.name())
                .orElse("");
    }

    private static Optional<ContainerStatus> status(Pod pod, Container container) {
        return Stream.concat(pod.status().containerStatuses().stream(), pod.status().initContainerStatuses().stream())
                .filter(status -> status.name().equals(container.name()))
                .findFirst();
    }

    private static void container(Sheet sheet, Container container, Optional<ContainerStatus> status) {
        sheet.section(container.name(), () -> {
            status.ifPresent(known -> sheet.field("Container ID", Descriptions.text(known.containerID())));
            sheet.field("Image", Descriptions.text(container.image()));
            String ports = container.ports().stream()
                    .map(port -> port.containerPort() + "/" + (port.protocol() == null ? "TCP" : port.protocol()))
                    .collect(Collectors.joining(", "));
            sheet.field("Ports", ports)
                    .field("Command", String.join(" ", container.command()))
                    .field("Args", String.join(" ", container.args()));
            status.ifPresent(known -> sheet.field("State", Explanation.state(known.state()))
                    .field(
                            "Last State",
                            known.lastState().terminated() == null ? "" : Explanation.state(known.lastState()))
                    .field("Ready", known.ready())
                    .field("Restart Count", known.restartCount()));
            amounts(sheet, container);
            sheet.field("Liveness", probe(container.livenessProbe()))
                    .field("Readiness", probe(container.readinessProbe()))
                    .field("Startup", probe(container.startupProbe()));
            String environment =
                    container.env().stream().map(PodDescription::variable).collect(Collectors.joining(", "));
            sheet.field("Environment", environment.isEmpty() ? "<none>" : environment);
            String mounts = container.volumeMounts().stream()
                    .map(mount -> mount.mountPath() + " from " + mount.name() + (mount.readOnly() ? " (ro)" : " (rw)"))
                    .collect(Collectors.joining(", "));
            sheet.field("Mounts", mounts.isEmpty() ? "<none>" : mounts);
        });
    }

    private static void amounts(Sheet sheet, Container container) {
        if (!container.resources().limits().isEmpty()) {
            sheet.map("Limits", container.resources().limits());
        }
        if (!container.resources().requests().isEmpty()) {
            sheet.map("Requests", container.resources().requests());
        }
    }

    private static String variable(EnvVar variable) {
        return variable.name() + "=" + (variable.valueFrom() == null ? variable.value() : "<from another object>");
    }

    private static String probe(@Nullable Probe probe) {
        if (probe == null) {
            return "";
        }
        return action(probe) + " delay=" + probe.initialDelaySeconds() + "s timeout=" + probe.timeoutSeconds()
                + "s period=" + probe.periodSeconds() + "s #success=" + probe.successThreshold() + " #failure="
                + probe.failureThreshold();
    }

    private static String action(Probe probe) {
        HTTPGetAction get = probe.httpGet();
        if (get != null) {
            return "http-get " + (get.scheme() == null ? "http" : get.scheme().toLowerCase(java.util.Locale.ROOT))
                    + "://" + Descriptions.text(get.host()) + ":" + get.port() + Descriptions.text(get.path());
        }
        if (probe.tcpSocket() != null) {
            return "tcp-socket :" + probe.tcpSocket().port();
        }
        if (probe.grpc() != null) {
            return "grpc <pod>:" + probe.grpc().port() + " "
                    + Descriptions.text(probe.grpc().service());
        }
        return probe.exec() == null ? "unknown" : "exec " + probe.exec().command();
    }
}
