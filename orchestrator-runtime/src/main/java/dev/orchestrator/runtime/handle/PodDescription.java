package dev.orchestrator.runtime.handle;

import java.util.Comparator;
import java.util.List;

import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EphemeralContainer;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.Toleration;
import dev.orchestrator.api.model.core.TopologySpreadConstraint;
import dev.orchestrator.api.model.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;

/** What {@code describe} says about a pod, and about a template of pods. */
final class PodDescription {

    private PodDescription() {}

    static void pod(Sheet sheet, HandleContext context, Pod pod) {
        var spec = pod.spec();
        var status = pod.status();
        head(sheet, context, pod);
        sheet.field("IP", status.podIP());
        if (status.podIPs().isEmpty()) {
            sheet.field("IPs", Phrases.NONE);
        } else {
            sheet.section("IPs", () -> status.podIPs().forEach(address -> sheet.field("IP", address.ip())));
        }
        sheet.optional("Controlled By", controller(pod.metadata()))
                .optional("NominatedNodeName", status.nominatedNodeName());
        var containers = new ContainerDescription(sheet, pod);
        if (!spec.initContainers().isEmpty()) {
            containers.write("Init Containers", spec.initContainers(), status.initContainerStatuses());
        }
        containers.write("Containers", spec.containers(), status.containerStatuses());
        if (!spec.ephemeralContainers().isEmpty()) {
            List<Container> ephemeral = spec.ephemeralContainers().stream()
                    .map(EphemeralContainer::asContainer)
                    .toList();
            containers.write("Ephemeral Containers", ephemeral, status.ephemeralContainerStatuses());
        }
        conditions(sheet, pod);
        VolumeDescription.volumes(sheet, spec.volumes(), false);
        sheet.field("QoS Class", status.qosClass()).map("Node-Selectors", spec.nodeSelector());
        tolerations(sheet, spec);
        spreading(sheet, spec);
        EventList.write(sheet, context, pod);
    }

    private static void head(Sheet sheet, HandleContext context, Pod pod) {
        var metadata = pod.metadata();
        var spec = pod.spec();
        var status = pod.status();
        sheet.field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .optional("Priority", spec.priority())
                .optional("Priority Class Name", spec.priorityClassName())
                .optional("Runtime Class Name", spec.runtimeClassName())
                .optional("Service Account", spec.serviceAccountName())
                .field(
                        "Node",
                        spec.nodeName() == null ? Phrases.NONE : spec.nodeName() + "/" + Phrases.text(status.hostIP()));
        if (status.startTime() != null) {
            sheet.field("Start Time", Phrases.date(status.startTime()));
        }
        sheet.map("Labels", metadata.labels()).annotations("Annotations", metadata.annotations());
        if (metadata.deletionTimestamp() != null && !pod.isFinished()) {
            sheet.field(
                            "Status",
                            "Terminating (lasts "
                                    + Ages.since(
                                            metadata.deletionTimestamp(),
                                            context.time().instant())
                                    + ")")
                    .field("Termination Grace Period", metadata.deletionGracePeriodSeconds() + "s");
        } else {
            sheet.field("Status", status.phase());
        }
        sheet.optional("Reason", status.reason()).optional("Message", status.message());
        if (spec.securityContext() != null) {
            ContainerDescription.seccomp(sheet, spec.securityContext().seccompProfile());
        }
    }

    private static void conditions(Sheet sheet, Pod pod) {
        var gates = pod.spec().readinessGates();
        if (!gates.isEmpty()) {
            sheet.section("Readiness Gates", () -> {
                sheet.row("Type", "Status");
                gates.forEach(gate -> sheet.row(
                        gate.conditionType() + " ",
                        pod.status().conditions().stream()
                                        .filter(each -> each.type().equals(gate.conditionType()))
                                        .findFirst()
                                        .map(each -> each.status())
                                        .orElse(Phrases.NONE)
                                + " "));
            });
        }
        if (!pod.status().conditions().isEmpty()) {
            sheet.section("Conditions", () -> {
                sheet.row("Type", "Status");
                pod.status().conditions().forEach(each -> sheet.row(each.type() + " ", each.status() + " "));
            });
        }
    }

    static void template(Sheet sheet, @Nullable PodTemplateSpec template) {
        sheet.line("Pod Template:");
        if (template == null) {
            sheet.line("  " + Phrases.UNSET);
            return;
        }
        var spec = template.spec();
        sheet.indented(() -> {
            sheet.map("Labels", template.metadata().labels());
            if (!template.metadata().annotations().isEmpty()) {
                sheet.annotations("Annotations", template.metadata().annotations());
            }
            sheet.optional("Service Account", spec.serviceAccountName());
        });
        var containers = new ContainerDescription(sheet, null);
        if (!spec.initContainers().isEmpty()) {
            containers.write("Init Containers", spec.initContainers(), List.of());
        }
        containers.write("Containers", spec.containers(), List.of());
        VolumeDescription.volumes(sheet, spec.volumes(), true);
        sheet.indented(() -> {
            spreading(sheet, spec);
            sheet.optional("Priority Class Name", spec.priorityClassName()).map("Node-Selectors", spec.nodeSelector());
            tolerations(sheet, spec);
        });
    }

    static String controller(ObjectMeta metadata) {
        return metadata.controller()
                .map(owner -> owner.kind() + "/" + owner.name())
                .orElse("");
    }

    private static void tolerations(Sheet sheet, PodSpec spec) {
        sheet.list(
                "Tolerations",
                spec.tolerations().stream()
                        .sorted(Comparator.comparing(toleration -> Phrases.text(toleration.key())))
                        .map(PodDescription::toleration)
                        .toList());
    }

    private static String toleration(Toleration toleration) {
        String value = Phrases.text(toleration.value());
        String effect = Phrases.text(toleration.effect());
        String what = Phrases.text(toleration.key())
                + (value.isEmpty() ? "" : "=" + value)
                + (effect.isEmpty() ? "" : ":" + effect);
        if ("Exists".equals(toleration.operator()) && value.isEmpty()) {
            what += what.isEmpty() ? "op=Exists" : " op=Exists";
        }
        return toleration.tolerationSeconds() == null ? what : what + " for " + toleration.tolerationSeconds() + "s";
    }

    private static void spreading(Sheet sheet, PodSpec spec) {
        if (!spec.topologySpreadConstraints().isEmpty()) {
            sheet.list(
                    "Topology Spread Constraints",
                    spec.topologySpreadConstraints().stream()
                            .sorted(Comparator.comparing(TopologySpreadConstraint::topologyKey))
                            .map(PodDescription::constraint)
                            .toList());
        }
    }

    private static String constraint(TopologySpreadConstraint constraint) {
        String text = constraint.topologyKey() + ":" + constraint.whenUnsatisfiable() + " when max skew "
                + constraint.maxSkew() + " is exceeded";
        return constraint.labelSelector() == null
                ? text
                : text + " for selector " + Phrases.selector(constraint.labelSelector());
    }
}
