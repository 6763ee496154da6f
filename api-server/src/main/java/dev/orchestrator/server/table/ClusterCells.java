package dev.orchestrator.server.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.coordination.Lease;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.api.model.core.EventSeries;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.ResourceQuota;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.api.model.rbac.RoleRef;
import dev.orchestrator.api.model.rbac.Subject;
import dev.orchestrator.api.model.scheduling.PriorityClass;
import org.jspecify.annotations.Nullable;

/** The rows of nodes, namespaces, events and of what holds for the cluster. */
final class ClusterCells {

    private static final String ROLE_LABEL = "node-role.kubernetes.io/";

    private ClusterCells() {}

    static List<Object> of(Namespace it, Instant now) {
        return List.of(Cells.name(it), Cells.text(it.status().phase()), Cells.age(it, now));
    }

    static List<Object> of(Node it, Instant now) {
        var info = it.status().nodeInfo();
        return List.of(
                Cells.name(it),
                status(it),
                roles(it.metadata()),
                Cells.age(it, now),
                info.kubeletVersion(),
                address(it, "InternalIP"),
                address(it, "ExternalIP"),
                Cells.or(info.osImage(), Cells.UNKNOWN),
                Cells.or(info.kernelVersion(), Cells.UNKNOWN),
                Cells.or(info.containerRuntimeVersion(), Cells.UNKNOWN));
    }

    private static String status(Node node) {
        String ready = node.status().conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .map(condition -> condition.status().equals("True") ? "Ready" : "NotReady")
                .findFirst()
                .orElse("Unknown");
        return node.spec().unschedulable() ? ready + ",SchedulingDisabled" : ready;
    }

    private static String roles(ObjectMeta metadata) {
        var roles = new ArrayList<String>();
        metadata.labels().forEach((label, value) -> {
            if (label.startsWith(ROLE_LABEL) && label.length() > ROLE_LABEL.length()) {
                roles.add(label.substring(ROLE_LABEL.length()));
            } else if (label.equals("kubernetes.io/role") && !value.isEmpty()) {
                roles.add(value);
            }
        });
        return Cells.orNone(roles.stream().sorted().distinct().collect(Collectors.joining(",")));
    }

    private static String address(Node node, String type) {
        return node.status().addresses().stream()
                .filter(address -> address.type().equals(type))
                .map(address -> address.address())
                .findFirst()
                .orElse(Cells.NONE);
    }

    static List<Object> of(Event it, Instant now) {
        Instant first = it.firstTimestamp() == null ? instant(it.eventTime()) : it.firstTimestamp();
        EventSeries series = it.series();
        Instant last = series != null
                ? instant(series.lastObservedTime())
                : it.lastTimestamp() == null ? first : it.lastTimestamp();
        int count = series != null ? series.count() : Math.max(1, it.count());
        var object = it.involvedObject();
        return List.of(
                Cells.since(last, now),
                Cells.text(it.type()),
                Cells.text(it.reason()),
                Cells.text(object.kind()).toLowerCase(Locale.ROOT) + "/" + Cells.text(object.name()),
                Cells.text(object.fieldPath()),
                source(it),
                Cells.text(it.message()).strip(),
                Cells.since(first, now),
                (long) count,
                Cells.name(it));
    }

    private static @Nullable Instant instant(@Nullable MicroTime time) {
        return time == null ? null : time.instant();
    }

    private static String source(Event event) {
        String component = Cells.text(event.source().component());
        boolean own = !component.isEmpty();
        String host = Cells.text(own ? event.source().host() : event.reportingInstance());
        return (own ? component : Cells.text(event.reportingComponent())) + (host.isEmpty() ? "" : ", " + host);
    }

    static List<Object> of(ResourceQuota it, Instant now) {
        var requests = new ArrayList<String>();
        var limits = new ArrayList<String>();
        it.status().hard().keySet().stream().sorted().forEach(name -> {
            String line = name + ": " + Cells.quantity(it.status().used(), name) + "/"
                    + Cells.quantity(it.status().hard(), name);
            (name.startsWith("limits.") ? limits : requests).add(line);
        });
        return List.of(Cells.name(it), Cells.age(it, now), String.join(", ", requests), String.join(", ", limits));
    }

    static List<Object> of(PodDisruptionBudget it, Instant now) {
        var least = it.spec().minAvailable();
        var most = it.spec().maxUnavailable();
        return List.of(
                Cells.name(it),
                least == null ? "N/A" : least.text(),
                most == null ? "N/A" : most.text(),
                (long) it.status().disruptionsAllowed(),
                Cells.age(it, now));
    }

    static List<Object> of(PriorityClass it, Instant now) {
        return List.of(
                Cells.name(it),
                Cells.or(it.value(), 0),
                it.globalDefault(),
                Cells.age(it, now),
                Cells.text(it.preemptionPolicy()));
    }

    static List<Object> of(Lease it, Instant now) {
        return List.of(Cells.name(it), Cells.text(it.spec().holderIdentity()), Cells.age(it, now));
    }

    static List<Object> ofBinding(Resource it, RoleRef role, List<Subject> subjects, Instant now) {
        return List.of(
                Cells.name(it),
                role.kind() + "/" + role.name(),
                Cells.age(it, now),
                names(subjects, "User"),
                names(subjects, "Group"),
                names(subjects, "ServiceAccount"));
    }

    private static String names(List<Subject> subjects, String kind) {
        boolean inNamespace = kind.equals("ServiceAccount");
        return subjects.stream()
                .filter(subject -> subject.kind().equals(kind))
                .map(subject -> inNamespace ? Cells.text(subject.namespace()) + "/" + subject.name() : subject.name())
                .collect(Collectors.joining(", "));
    }
}
