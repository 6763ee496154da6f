package dev.orchestrator.runtime.handle;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.coordination.Lease;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeSystemInfo;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.runtime.placement.PodAmounts;
import org.jspecify.annotations.Nullable;

/** What {@code describe} says about a node, what runs on it and how much of it is taken. */
final class NodeDescription {

    private static final String ROLE = "kubernetes.io/role";
    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
    private static final String LEASES = "kube-node-lease";
    private static final List<String> COUNTED = List.of("cpu", "memory", "ephemeral-storage");

    private NodeDescription() {}

    static void node(Sheet sheet, HandleContext context, Node node) {
        var metadata = node.metadata();
        var spec = node.spec();
        sheet.field("Name", metadata.nameOrEmpty())
                .field("Roles", Phrases.orNone(String.join(",", roles(metadata.labels()))))
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .field("CreationTimestamp", Phrases.date(metadata.creationTimestamp()))
                .list("Taints", taints(spec.taints()))
                .field("Unschedulable", spec.unschedulable());
        context.store()
                .find(ResourceTypes.LEASE, new ObjectKey(LEASES, node.key().name()))
                .ifPresentOrElse(
                        lease -> lease(sheet, lease),
                        () -> sheet.field(
                                "Lease",
                                "Failed to get lease: leases.coordination.k8s.io \""
                                        + node.key().name() + "\" not found"));
        conditions(sheet, node);
        sheet.section(
                "Addresses",
                () -> node.status().addresses().forEach(address -> sheet.field(address.type(), address.address())));
        amounts(sheet, "Capacity", node.status().capacity());
        amounts(sheet, "Allocatable", node.status().allocatable());
        system(sheet, node.status().nodeInfo());
        sheet.optional("PodCIDR", spec.podCIDR())
                .optional("PodCIDRs", String.join(",", spec.podCIDRs()))
                .optional("ProviderID", spec.providerID());
        pods(sheet, context, node);
        EventList.write(sheet, context, node);
    }

    private static Set<String> roles(Map<String, String> labels) {
        var roles = new TreeSet<String>();
        labels.forEach((name, value) -> {
            if (name.startsWith(ROLE_PREFIX) && name.length() > ROLE_PREFIX.length()) {
                roles.add(name.substring(ROLE_PREFIX.length()));
            } else if (name.equals(ROLE) && !value.isEmpty()) {
                roles.add(value);
            }
        });
        return roles;
    }

    private static List<String> taints(List<Taint> taints) {
        return taints.stream()
                .sorted(Comparator.comparing(taint -> taint.effect() + "," + taint.key()))
                .map(taint -> {
                    String value = Phrases.text(taint.value());
                    return taint.key() + (value.isEmpty() ? "" : "=" + value) + ":" + taint.effect();
                })
                .toList();
    }

    private static void lease(Sheet sheet, Lease lease) {
        var spec = lease.spec();
        sheet.section(
                "Lease",
                () -> sheet.field("HolderIdentity", Phrases.orUnset(spec.holderIdentity()))
                        .field("AcquireTime", moment(spec.acquireTime()))
                        .field("RenewTime", moment(spec.renewTime())));
    }

    private static String moment(@Nullable MicroTime time) {
        return time == null ? Phrases.UNSET : Phrases.date(time.instant());
    }

    private static void conditions(Sheet sheet, Node node) {
        if (node.status().conditions().isEmpty()) {
            return;
        }
        sheet.section("Conditions", () -> {
            sheet.row("Type", "Status", "LastHeartbeatTime", "LastTransitionTime", "Reason", "Message");
            sheet.row("----", "------", "-----------------", "------------------", "------", "-------");
            node.status()
                    .conditions()
                    .forEach(each -> sheet.row(
                            each.type() + " ",
                            each.status() + " ",
                            Phrases.date(each.lastHeartbeatTime()) + " ",
                            Phrases.date(each.lastTransitionTime()) + " ",
                            Phrases.text(each.reason()) + " ",
                            each.message()));
        });
    }

    private static void amounts(Sheet sheet, String label, Map<String, Quantity> amounts) {
        if (!amounts.isEmpty()) {
            sheet.section(label, () -> new TreeMap<>(amounts).forEach(sheet::field));
        }
    }

    private static void system(Sheet sheet, NodeSystemInfo info) {
        sheet.section(
                "System Info",
                () -> sheet.field("Machine ID", info.machineID())
                        .field("System UUID", info.systemUUID())
                        .field("Boot ID", info.bootID())
                        .field("Kernel Version", info.kernelVersion())
                        .field("OS Image", info.osImage())
                        .field("Operating System", info.operatingSystem())
                        .field("Architecture", info.architecture())
                        .field("Container Runtime Version", info.containerRuntimeVersion())
                        .field("Kubelet Version", info.kubeletVersion())
                        .field("Kube-Proxy Version", info.kubeProxyVersion()));
    }

    private static void pods(Sheet sheet, HandleContext context, Node node) {
        List<Pod> pods = context.store().podsOnNode(node.key().name()).stream()
                .filter(pod -> !pod.isFinished())
                .sorted(Comparator.comparing((Pod pod) -> pod.key().namespace())
                        .thenComparing(pod -> pod.key().name()))
                .toList();
        var status = node.status();
        Map<String, Quantity> whole = status.allocatable().isEmpty() ? status.capacity() : status.allocatable();
        Instant now = context.time().instant();
        var requests = new HashMap<String, Quantity>();
        var limits = new HashMap<String, Quantity>();
        sheet.field("Non-terminated Pods", "(" + pods.size() + " in total)").indented(() -> {
            sheet.titles(
                    "Namespace", "Name", "", "CPU Requests", "CPU Limits", "Memory Requests", "Memory Limits", "Age");
            for (Pod pod : pods) {
                Map<String, Quantity> asked = PodAmounts.requests(pod.spec());
                Map<String, Quantity> bounded = PodAmounts.limits(pod.spec());
                asked.forEach((name, amount) -> requests.merge(name, amount, Quantity::plus));
                bounded.forEach((name, amount) -> limits.merge(name, amount, Quantity::plus));
                sheet.row(
                        pod.key().namespace(),
                        pod.key().name(),
                        "",
                        part(asked, whole, "cpu"),
                        part(bounded, whole, "cpu"),
                        part(asked, whole, "memory"),
                        part(bounded, whole, "memory"),
                        Ages.since(pod.metadata().creationTimestamp(), now));
            }
        });
        allocated(sheet, whole, requests, limits);
    }

    private static void allocated(
            Sheet sheet, Map<String, Quantity> whole, Map<String, Quantity> requests, Map<String, Quantity> limits) {
        var huge = new TreeSet<String>();
        var extended = new TreeSet<String>();
        whole.keySet().stream()
                .filter(name -> !COUNTED.contains(name) && !name.equals("pods"))
                .forEach(name -> (name.startsWith("hugepages-") ? huge : extended).add(name));
        sheet.section("Allocated resources", () -> {
            sheet.line("(Total limits may be over 100 percent, i.e., overcommitted.)");
            sheet.row("Resource", "Requests", "Limits").row("--------", "--------", "------");
            COUNTED.forEach(name -> sheet.row(name, part(requests, whole, name), part(limits, whole, name)));
            huge.forEach(name -> sheet.row(name, part(requests, whole, name), part(limits, whole, name)));
            extended.forEach(name -> sheet.row(
                    name, requests.getOrDefault(name, Quantity.ZERO), limits.getOrDefault(name, Quantity.ZERO)));
        });
    }

    /** {@return such as {@code 500m (25%)}} */
    private static String part(Map<String, Quantity> parts, Map<String, Quantity> whole, String name) {
        Quantity part = parts.getOrDefault(name, Quantity.ZERO);
        return part + " (" + Usage.percent(part, whole.get(name)) + "%)";
    }
}
