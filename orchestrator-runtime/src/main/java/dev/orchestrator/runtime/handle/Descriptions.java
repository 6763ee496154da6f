package dev.orchestrator.runtime.handle;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.core.Endpoints;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.codec.YamlWriter;
import org.jspecify.annotations.Nullable;

/** What {@code describe} says about an object of each kind. */
final class Descriptions {

    private Descriptions() {}

    /** {@return what there is to say of an object whose kind has no pods: all fields if nothing better is known} */
    static String generic(HandleContext context, Resource object) {
        var sheet = head(object);
        String known = KindDescriptions.of(context, object);
        if (known != null) {
            return sheet + known + events(context, object);
        }
        Map<String, Object> tree = Codec.toTree(object);
        tree.keySet().removeAll(List.of("apiVersion", "kind", "metadata"));
        String rest = tree.isEmpty() ? "" : YamlWriter.write(tree);
        return sheet + rest + events(context, object);
    }

    static String deployment(HandleContext context, Deployment deployment) {
        var spec = deployment.spec();
        var sheet = head(deployment)
                .field("Selector", Selector.of(spec.selector()))
                .field("Replicas", Rollouts.counts(deployment))
                .field("StrategyType", text(spec.strategy().type()))
                .field("MinReadySeconds", spec.minReadySeconds());
        var rolling = spec.strategy().rollingUpdate();
        if (rolling != null) {
            sheet.field(
                    "RollingUpdateStrategy",
                    rolling.maxUnavailable() + " max unavailable, " + rolling.maxSurge() + " max surge");
        }
        sheet.section("Pod Template", () -> PodDescription.template(sheet, spec.template()));
        conditions(sheet, deployment);
        String newest = Rollouts.newest(context.store(), deployment)
                .map(Descriptions::counted)
                .orElse("<none>");
        String old =
                context
                        .store()
                        .controlledBy(
                                ResourceTypes.REPLICA_SET, deployment.metadata().uidOrEmpty())
                        .stream()
                        .map(Descriptions::counted)
                        .filter(set -> !set.equals(newest))
                        .collect(Collectors.joining(", "));
        sheet.field("OldReplicaSets", old.isEmpty() ? "<none>" : old).field("NewReplicaSet", newest);
        return sheet + events(context, deployment);
    }

    private static String counted(ReplicaSet set) {
        return set.key().name() + " (" + set.status().replicas() + "/" + set.desiredReplicas() + " replicas created)";
    }

    static String workload(HandleContext context, Resource owner) {
        var sheet = head(owner);
        sheet.map("Selector", Availability.selectorLabels(owner));
        if (owner instanceof ReplicaSet set) {
            sheet.field("Controlled By", PodDescription.controller(set.metadata()));
            sheet.field("Replicas", set.status().replicas() + " current / " + set.desiredReplicas() + " desired");
        }
        sheet.field("Pods Status", podsStatus(PodOwners.pods(context.store(), owner)));
        PodTemplates.template(owner, template -> {
            sheet.section("Pod Template", () -> PodDescription.template(sheet, template));
            return template;
        });
        conditions(sheet, owner);
        return sheet + events(context, owner);
    }

    private static String podsStatus(List<Pod> pods) {
        return phase(pods, "Running") + " Running / " + phase(pods, "Pending") + " Waiting / "
                + phase(pods, "Succeeded") + " Succeeded / " + phase(pods, "Failed") + " Failed";
    }

    private static long phase(List<Pod> pods, String phase) {
        return pods.stream().filter(pod -> phase.equals(pod.status().phase())).count();
    }

    static String pod(HandleContext context, Pod pod) {
        var sheet = PodDescription.of(head(pod), pod);
        conditions(sheet, pod);
        return sheet + events(context, pod);
    }

    static String service(HandleContext context, Service service) {
        var spec = service.spec();
        var sheet = head(service)
                .map("Selector", spec.selector())
                .field("Type", text(spec.type()))
                .field("IP Family Policy", text(spec.ipFamilyPolicy()))
                .field("IP", text(spec.clusterIP()))
                .field("External Name", text(spec.externalName()));
        for (ServicePort port : spec.ports()) {
            String name = port.name() == null ? "<unset>" : port.name();
            sheet.field("Port", name + "  " + port.port() + "/" + text(port.protocol()));
            sheet.field("TargetPort", port.targetPort() == null ? "" : port.targetPort() + "/" + text(port.protocol()));
            sheet.field("NodePort", port.nodePort() == 0 ? "" : port.nodePort() + "/" + text(port.protocol()));
            sheet.field("Endpoints", endpoints(context, service));
        }
        sheet.field("Session Affinity", text(spec.sessionAffinity()));
        return sheet + events(context, service);
    }

    private static String endpoints(HandleContext context, Service service) {
        String addresses = context.store().find(ResourceTypes.ENDPOINTS, service.key()).stream()
                .map(Endpoints::subsets)
                .flatMap(List::stream)
                .flatMap(subset -> subset.addresses().stream()
                        .flatMap(address -> subset.ports().stream().map(port -> address.ip() + ":" + port.port())))
                .collect(Collectors.joining(","));
        return addresses.isEmpty() ? "<none>" : addresses;
    }

    static String node(HandleContext context, Node node) {
        var sheet = head(node)
                .field(
                        "Taints",
                        node.spec().taints().isEmpty()
                                ? "<none>"
                                : node.spec().taints().stream()
                                        .map(taint -> taint.key()
                                                + (taint.value() == null ? "" : "=" + taint.value()) + ":"
                                                + taint.effect())
                                        .collect(Collectors.joining(", ")))
                .field("Unschedulable", node.spec().unschedulable());
        conditions(sheet, node);
        sheet.map("Capacity", node.status().capacity())
                .map("Allocatable", node.status().allocatable());
        List<Pod> pods = context.store().podsOnNode(node.key().name());
        sheet.section("Non-terminated Pods", () -> {
            sheet.row("Namespace", "Name", "Age");
            pods.stream()
                    .filter(pod -> !pod.isFinished())
                    .forEach(pod -> sheet.row(
                            pod.key().namespace(),
                            pod.key().name(),
                            Ages.since(
                                    pod.metadata().creationTimestamp(),
                                    context.time().instant())));
        });
        return sheet + events(context, node);
    }

    private static Sheet head(Resource object) {
        var metadata = object.metadata();
        return new Sheet()
                .field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .field("CreationTimestamp", Objects.toString(metadata.creationTimestamp(), ""))
                .field(
                        "Status",
                        metadata.deletionTimestamp() == null
                                ? ""
                                : "Terminating (since " + metadata.deletionTimestamp() + ")")
                .map("Labels", metadata.labels())
                .map("Annotations", metadata.annotations());
    }

    private static void conditions(Sheet sheet, Resource object) {
        var conditions = Conditions.of(object);
        if (!conditions.isEmpty()) {
            sheet.section("Conditions", () -> {
                sheet.row("Type", "Status", "Reason", "Message");
                conditions.forEach(condition ->
                        sheet.row(condition.type(), condition.status(), condition.reason(), condition.message()));
            });
        }
    }

    private static String events(HandleContext context, Resource object) {
        List<Event> events = Events.about(context.store(), object);
        if (events.isEmpty()) {
            return "Events:  <none>\n";
        }
        var sheet = new Sheet();
        sheet.section("Events", () -> {
            sheet.row("Type", "Reason", "Age", "From", "Message");
            for (Event event : events) {
                String age = Ages.since(Events.last(event), context.time().instant());
                String from = event.reportingComponent() == null
                                || event.reportingComponent().isEmpty()
                        ? text(event.source().component())
                        : event.reportingComponent();
                sheet.row(
                        text(event.type()),
                        text(event.reason()),
                        age + Events.times(event),
                        from,
                        text(event.message()));
            }
        });
        return sheet.toString();
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
