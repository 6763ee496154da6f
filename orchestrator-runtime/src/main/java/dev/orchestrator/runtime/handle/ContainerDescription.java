package dev.orchestrator.runtime.handle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerPort;
import dev.orchestrator.api.model.core.ContainerState;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.HTTPGetAction;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Probe;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.api.model.core.SeccompProfile;
import dev.orchestrator.api.model.core.VolumeDevice;
import dev.orchestrator.api.model.core.VolumeMount;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

/** What {@code describe} says about the containers of a pod or of a pod template. */
final class ContainerDescription {

    private final Sheet sheet;
    private final @Nullable Pod pod;

    /** Describes containers of a pod, or of a template when there is no pod. */
    ContainerDescription(Sheet sheet, @Nullable Pod pod) {
        this.sheet = sheet;
        this.pod = pod;
    }

    void write(String label, List<Container> containers, List<ContainerStatus> statuses) {
        boolean ofTemplate = pod == null;
        sheet.line((ofTemplate ? "  " : "") + label + (containers.isEmpty() ? ": <none>" : ":"));
        sheet.indented(() -> containers.forEach(container -> {
            sheet.line((ofTemplate ? " " : "") + container.name() + ":");
            Optional<ContainerStatus> status = statuses.stream()
                    .filter(each -> each.name().equals(container.name()))
                    .findFirst();
            sheet.indented(() -> container(container, status));
        }));
    }

    private void container(Container container, Optional<ContainerStatus> status) {
        status.ifPresent(known -> sheet.field("Container ID", known.containerID()));
        sheet.field("Image", container.image());
        status.ifPresent(known -> sheet.field("Image ID", known.imageID()));
        ports("Port", container.ports(), ContainerPort::containerPort);
        ports("Host Port", container.ports(), ContainerPort::hostPort);
        if (container.securityContext() != null) {
            seccomp(sheet, container.securityContext().seccompProfile());
        }
        words("Command", container.command());
        words("Args", container.args());
        status.ifPresent(this::state);
        resources(sheet, container.resources());
        probe("Liveness", container.livenessProbe());
        probe("Readiness", container.readinessProbe());
        probe("Startup", container.startupProbe());
        new EnvironmentDescription(sheet, pod, container).write();
        mounts(container);
    }

    private void ports(String label, List<ContainerPort> ports, ToIntFunction<ContainerPort> number) {
        String all = ports.stream()
                .map(port -> number.applyAsInt(port) + "/" + Phrases.text(port.protocol()))
                .collect(Collectors.joining(", "));
        sheet.field(ports.size() > 1 ? label + "s" : label, Phrases.orNone(all));
    }

    static void seccomp(Sheet sheet, @Nullable SeccompProfile profile) {
        if (profile != null) {
            sheet.field("SeccompProfile", profile.type());
            if (profile.type().equals("Localhost")) {
                sheet.field("LocalhostProfile", profile.localhostProfile());
            }
        }
    }

    private void words(String label, List<String> words) {
        if (!words.isEmpty()) {
            sheet.section(
                    label,
                    () -> words.stream()
                            .flatMap(word -> Arrays.stream(word.split("\n", -1)))
                            .forEach(sheet::line));
        }
    }

    private void state(ContainerStatus status) {
        state("State", status.state());
        if (status.lastState().terminated() != null) {
            state("Last State", status.lastState());
        }
        sheet.field("Ready", Phrases.yesOrNo(status.ready())).field("Restart Count", status.restartCount());
    }

    private void state(String label, ContainerState state) {
        var running = state.running();
        var ended = state.terminated();
        if (running != null) {
            sheet.field(label, "Running").indented(() -> sheet.field("Started", Phrases.date(running.startedAt())));
        } else if (state.waiting() == null && ended != null) {
            sheet.field(label, "Terminated").indented(() -> {
                sheet.optional("Reason", ended.reason())
                        .optional("Message", ended.message())
                        .field("Exit Code", ended.exitCode());
                if (ended.signal() != null && ended.signal() > 0) {
                    sheet.field("Signal", ended.signal());
                }
                sheet.field("Started", Phrases.date(ended.startedAt()))
                        .field("Finished", Phrases.date(ended.finishedAt()));
            });
        } else {
            var waiting = state.waiting();
            sheet.field(label, "Waiting")
                    .indented(() -> sheet.optional("Reason", waiting == null ? null : waiting.reason()));
        }
    }

    static void resources(Sheet sheet, ResourceRequirements resources) {
        amounts(sheet, "Limits", resources.limits());
        amounts(sheet, "Requests", resources.requests());
    }

    private static void amounts(Sheet sheet, String label, Map<String, Quantity> amounts) {
        if (!amounts.isEmpty()) {
            sheet.section(label, () -> new TreeMap<>(amounts).forEach(sheet::field));
        }
    }

    private void probe(String label, @Nullable Probe probe) {
        if (probe != null) {
            sheet.field(
                    label,
                    action(probe) + " delay=" + probe.initialDelaySeconds() + "s timeout=" + probe.timeoutSeconds()
                            + "s period=" + probe.periodSeconds() + "s #success=" + probe.successThreshold()
                            + " #failure=" + probe.failureThreshold());
        }
    }

    private static String action(Probe probe) {
        var tcp = probe.tcpSocket();
        var grpc = probe.grpc();
        if (probe.exec() != null) {
            return "exec " + GoText.list(probe.exec().command());
        }
        if (probe.httpGet() != null) {
            return "http-get " + address(probe.httpGet());
        }
        if (tcp != null) {
            return "tcp-socket " + Phrases.text(tcp.host()) + ":" + tcp.port();
        }
        return grpc == null ? "unknown" : "grpc <pod>:" + grpc.port() + " " + Phrases.text(grpc.service());
    }

    private static String address(HTTPGetAction get) {
        String host = Phrases.text(get.host());
        String path = Phrases.text(get.path());
        return Phrases.text(get.scheme()).toLowerCase(Locale.ROOT) + "://"
                + (host.contains(":") ? "[" + host + "]" : host) + ":" + get.port()
                + (path.isEmpty() || path.startsWith("/") ? path : "/" + path);
    }

    private void mounts(Container container) {
        List<VolumeMount> mounts = container.volumeMounts().stream()
                .sorted(Comparator.comparing(VolumeMount::mountPath))
                .toList();
        if (mounts.isEmpty()) {
            sheet.field("Mounts", Phrases.NONE);
        } else {
            sheet.section(
                    "Mounts",
                    () -> mounts.forEach(mount -> sheet.line(mount.mountPath() + " from " + mount.name() + " ("
                            + String.join(",", flags(mount)) + ")")));
        }
        if (!container.volumeDevices().isEmpty()) {
            sheet.section(
                    "Devices",
                    () -> container.volumeDevices().stream()
                            .sorted(Comparator.comparing(VolumeDevice::devicePath))
                            .forEach(device -> sheet.line(device.devicePath() + " from " + device.name())));
        }
    }

    private static List<String> flags(VolumeMount mount) {
        var flags = new ArrayList<>(List.of(mount.readOnly() ? "ro" : "rw"));
        if (mount.subPath() != null && !mount.subPath().isEmpty()) {
            flags.add("path=" + GoText.quote(mount.subPath()));
        }
        return flags;
    }
}
