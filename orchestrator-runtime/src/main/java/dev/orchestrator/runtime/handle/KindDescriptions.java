package dev.orchestrator.runtime.handle;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.ResourceQuota;
import dev.orchestrator.api.model.core.Secret;
import dev.orchestrator.api.model.core.ServiceAccount;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.api.model.rbac.ClusterRole;
import dev.orchestrator.api.model.rbac.ClusterRoleBinding;
import dev.orchestrator.api.model.rbac.PolicyRule;
import dev.orchestrator.api.model.rbac.Role;
import dev.orchestrator.api.model.rbac.RoleBinding;
import dev.orchestrator.api.model.rbac.RoleRef;
import dev.orchestrator.api.model.rbac.Subject;
import dev.orchestrator.api.model.scheduling.PriorityClass;
import dev.orchestrator.api.model.storage.StorageClass;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What {@code describe} says about the kinds that have a layout of their own and no pods, in kubectl's words. */
final class KindDescriptions {

    private static final String NONE = "<none>";
    private static final String UNSET = "<unset>";

    private KindDescriptions() {}

    /** {@return all but the head and the events; null for a kind that has no layout of its own} */
    static @Nullable String of(HandleContext context, Resource object) {
        return switch (object) {
            case Secret it -> secret(it);
            case ConfigMap it -> configMap(it);
            case ServiceAccount it -> serviceAccount(it);
            case Namespace it -> namespace(context, it);
            case ResourceQuota it -> "\n" + quota(new Sheet(), it);
            case PodDisruptionBudget it -> budget(it);
            case HorizontalPodAutoscaler it -> autoscaler(it);
            case Role it -> rules(it.rules());
            case ClusterRole it -> rules(it.rules());
            case RoleBinding it -> binding(it.roleRef(), it.subjects());
            case ClusterRoleBinding it -> binding(it.roleRef(), it.subjects());
            case PriorityClass it -> priorityClass(it);
            case StorageClass it -> storageClass(it);
            default -> null;
        };
    }

    // The data itself is not shown: what is described ends up in logs.
    private static String secret(Secret secret) {
        var out = new StringBuilder("\nType:  " + requireNonNullElse(secret.type(), "") + "\n\nData\n====\n");
        new TreeMap<>(secret.data()).forEach((name, value) -> out.append(name + ":  " + value.size() + " bytes\n"));
        return out + "\n";
    }

    private static String configMap(ConfigMap map) {
        var out = new StringBuilder("\nData\n====\n");
        new TreeMap<>(map.data()).forEach((name, value) -> out.append(name + ":\n----\n" + value + "\n\n"));
        out.append("\nBinaryData\n====\n");
        new TreeMap<>(map.binaryData()).forEach((name, value) -> out.append(name + ": " + value.size() + " bytes\n"));
        return out + "\n";
    }

    private static String serviceAccount(ServiceAccount account) {
        String pullSecrets = account.imagePullSecrets().stream()
                .map(each -> requireNonNullElse(each.name(), ""))
                .collect(Collectors.joining(", "));
        String secrets = account.secrets().stream()
                .map(each -> requireNonNullElse(each.name(), ""))
                .collect(Collectors.joining(", "));
        return new Sheet()
                .field("Image pull secrets", orNone(pullSecrets))
                .field("Mountable secrets", orNone(secrets))
                .toString();
    }

    private static String namespace(HandleContext context, Namespace namespace) {
        var sheet = new Sheet()
                .field("Status", requireNonNullElse(namespace.status().phase(), ""));
        List<ResourceQuota> quotas = context.store()
                .list(ResourceTypes.RESOURCE_QUOTA, namespace.key().name());
        if (quotas.isEmpty()) {
            return sheet + "\nNo resource quota.\n\n";
        }
        sheet.section(
                "Resource Quotas",
                () -> quotas.forEach(quota -> {
                    sheet.field("Name", quota.key().name());
                    quota(sheet, quota);
                }));
        return sheet + "\n";
    }

    private static Sheet quota(Sheet sheet, ResourceQuota quota) {
        sheet.row("Resource", "Used", "Hard").row("--------", "----", "----");
        new TreeMap<>(quota.status().hard()).forEach((name, hard) -> {
            Quantity used = quota.status().used().get(name);
            sheet.row(name, used == null ? "0" : used.toString(), hard.toString());
        });
        return sheet;
    }

    private static String budget(PodDisruptionBudget budget) {
        var spec = budget.spec();
        var status = budget.status();
        var sheet = new Sheet();
        if (spec.minAvailable() != null) {
            sheet.field("Min available", spec.minAvailable());
        } else if (spec.maxUnavailable() != null) {
            sheet.field("Max unavailable", spec.maxUnavailable());
        }
        String selector = Selector.of(spec.selector()).toString();
        sheet.field("Selector", spec.selector() == null ? UNSET : orNone(selector));
        sheet.section(
                "Status",
                () -> sheet.field("Allowed disruptions", status.disruptionsAllowed())
                        .field("Current", status.currentHealthy())
                        .field("Desired", status.desiredHealthy())
                        .field("Total", status.expectedPods()));
        return sheet.toString();
    }

    private static String autoscaler(HorizontalPodAutoscaler autoscaler) {
        var spec = autoscaler.spec();
        var sheet = new Sheet()
                .field(
                        "Reference",
                        spec.scaleTargetRef().kind() + "/"
                                + spec.scaleTargetRef().name());
        sheet.section("Metrics", () -> {
            sheet.row("( current / target )");
            spec.metrics().forEach(metric -> {
                var resource = metric.resource();
                sheet.row(
                        resource == null
                                ? metric.type()
                                : "resource " + resource.name()
                                        + " on pods  (as a percentage of request):  <unknown> / "
                                        + resource.target().averageUtilization() + "%");
            });
        });
        return sheet.field("Min replicas", spec.minReplicas() == null ? UNSET : spec.minReplicas())
                .field("Max replicas", spec.maxReplicas())
                .field(
                        spec.scaleTargetRef().kind() + " pods",
                        autoscaler.status().currentReplicas() + " current / "
                                + autoscaler.status().desiredReplicas() + " desired")
                .toString();
    }

    private static String rules(List<PolicyRule> rules) {
        var sheet = new Sheet();
        sheet.section("PolicyRule", () -> {
            sheet.row("Resources", "Non-Resource URLs", "Resource Names", "Verbs");
            sheet.row("---------", "-----------------", "--------------", "-----");
            rules.forEach(rule -> sheet.row(
                    String.join(",", resources(rule)),
                    listed(rule.nonResourceURLs()),
                    listed(rule.resourceNames()),
                    listed(rule.verbs())));
        });
        return sheet.toString();
    }

    private static Set<String> resources(PolicyRule rule) {
        var names = new TreeSet<String>();
        for (String resource : rule.resources()) {
            rule.apiGroups().forEach(group -> names.add(group.isEmpty() ? resource : resource + "." + group));
        }
        return names;
    }

    private static String listed(List<String> names) {
        return "[" + String.join(" ", names) + "]";
    }

    private static String binding(RoleRef role, List<Subject> subjects) {
        var sheet = new Sheet();
        sheet.section("Role", () -> sheet.field("Kind", role.kind()).field("Name", role.name()));
        sheet.section("Subjects", () -> {
            sheet.row("Kind", "Name", "Namespace").row("----", "----", "---------");
            subjects.forEach(
                    subject -> sheet.row(subject.kind(), subject.name(), requireNonNullElse(subject.namespace(), "")));
        });
        return sheet.toString();
    }

    private static String priorityClass(PriorityClass type) {
        return new Sheet()
                .field("Value", requireNonNullElse(type.value(), 0))
                .field("GlobalDefault", type.globalDefault())
                .field("PreemptionPolicy", requireNonNullElse(type.preemptionPolicy(), UNSET))
                .field("Description", requireNonNullElse(type.description(), ""))
                .toString();
    }

    private static String storageClass(StorageClass type) {
        Map<String, String> parameters = type.parameters();
        return new Sheet()
                .field("Provisioner", type.provisioner())
                .field(
                        "Parameters",
                        parameters.isEmpty()
                                ? NONE
                                : new TreeMap<>(parameters)
                                        .entrySet().stream()
                                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                                .collect(Collectors.joining(",")))
                .field(
                        "AllowVolumeExpansion",
                        type.allowVolumeExpansion() == null ? UNSET : type.allowVolumeExpansion())
                .field("MountOptions", type.mountOptions().isEmpty() ? NONE : String.join(", ", type.mountOptions()))
                .field("ReclaimPolicy", requireNonNullElse(type.reclaimPolicy(), UNSET))
                .field("VolumeBindingMode", requireNonNullElse(type.volumeBindingMode(), UNSET))
                .toString();
    }

    private static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }
}
