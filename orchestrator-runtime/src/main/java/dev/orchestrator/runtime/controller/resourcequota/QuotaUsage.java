package dev.orchestrator.runtime.controller.resourcequota;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.runtime.placement.PodAmounts;
import org.jspecify.annotations.Nullable;

/**
 * How much of each resource that a quota can name an object uses.
 *
 * <p>Source of the rules: {@code k8s.io/kubernetes/pkg/quota/v1/evaluator/core}.
 */
final class QuotaUsage {

    private static final Quantity ONE = Quantity.of(1);
    private static final String REQUESTS = "requests.";
    private static final String LIMITS = "limits.";
    private static final String STORAGE = "storage";
    private static final String STORAGE_CLASS = ".storageclass.storage.k8s.io/";
    private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";
    private static final Set<String> NATIVE = Set.of("cpu", "memory", "ephemeral-storage");
    /** Kinds that can be counted by their bare name, as before there was {@code count/}. */
    private static final Set<String> COUNTED_BY_NAME =
            Set.of("configmaps", "resourcequotas", "replicationcontrollers", "secrets");

    private QuotaUsage() {}

    /** {@return the usage, by the names that quotas use} */
    static Map<String, Quantity> of(Resource object, Instant now) {
        var usage = new TreeMap<String, Quantity>();
        ResourceType<?> type = object.resourceType();
        usage.put("count/" + type.plural() + (type.group().isEmpty() ? "" : "." + type.group()), ONE);
        switch (object) {
            case Pod pod -> addPod(pod, now, usage);
            case Service service -> addService(service, usage);
            case PersistentVolumeClaim claim -> addClaim(claim, usage);
            default -> {
                if (type.group().isEmpty() && COUNTED_BY_NAME.contains(type.plural())) {
                    usage.put(type.plural(), ONE);
                }
            }
        }
        return usage;
    }

    private static void addPod(Pod pod, Instant now, Map<String, Quantity> usage) {
        if (pod.isFinished() || isOverdue(pod.metadata(), now)) {
            return;
        }
        usage.put("pods", ONE);
        usage.putAll(ofCompute(PodAmounts.requests(pod.spec()), PodAmounts.limits(pod.spec())));
    }

    /** {@return the names that requests and limits have in quotas} */
    static Map<String, Quantity> ofCompute(Map<String, Quantity> requests, Map<String, Quantity> limits) {
        var usage = new TreeMap<String, Quantity>();
        requests.forEach((name, amount) -> {
            if (NATIVE.contains(name) || name.startsWith("hugepages-")) {
                usage.put(name, amount);
                usage.put(REQUESTS + name, amount);
            } else if (name.contains("/") && !name.contains("kubernetes.io/")) {
                // Extended resources can not be overcommitted: there is nothing but requests.
                usage.put(REQUESTS + name, amount);
            }
        });
        limits.forEach((name, amount) -> {
            if (NATIVE.contains(name)) {
                usage.put(LIMITS + name, amount);
            }
        });
        return usage;
    }

    /**
     * {@return when a pod that does not end, on a lost node say, is no longer charged for; null when it is not ending}
     */
    static @Nullable Instant dueAt(ObjectMeta metadata) {
        Instant deletion = metadata.deletionTimestamp();
        Long grace = metadata.deletionGracePeriodSeconds();
        return deletion == null || grace == null ? null : deletion.plusSeconds(grace);
    }

    private static boolean isOverdue(ObjectMeta metadata, Instant now) {
        Instant due = dueAt(metadata);
        return due != null && now.isAfter(due);
    }

    private static void addService(Service service, Map<String, Quantity> usage) {
        usage.put("services", ONE);
        String type = service.spec().type();
        boolean isBalanced = "LoadBalancer".equals(type);
        long nodePorts = 0;
        if ("NodePort".equals(type)) {
            nodePorts = service.spec().ports().size();
        } else if (isBalanced) {
            // What is meant counts: the ports themselves may not be allocated yet.
            nodePorts = Boolean.FALSE.equals(service.spec().allocateLoadBalancerNodePorts())
                    ? service.spec().ports().stream()
                            .map(ServicePort::nodePort)
                            .filter(port -> port != 0)
                            .count()
                    : service.spec().ports().size();
        }
        usage.put("services.nodeports", Quantity.of(nodePorts));
        usage.put("services.loadbalancers", isBalanced ? ONE : Quantity.ZERO);
    }

    private static void addClaim(PersistentVolumeClaim claim, Map<String, Quantity> usage) {
        usage.put("persistentvolumeclaims", ONE);
        String storageClass = storageClass(claim);
        if (!storageClass.isEmpty()) {
            usage.put(storageClass + STORAGE_CLASS + "persistentvolumeclaims", ONE);
        }
        Quantity storage = storage(claim);
        if (storage != null) {
            usage.put(REQUESTS + STORAGE, storage);
            if (!storageClass.isEmpty()) {
                usage.put(storageClass + STORAGE_CLASS + REQUESTS + STORAGE, storage);
            }
        }
    }

    private static String storageClass(PersistentVolumeClaim claim) {
        String annotated = claim.metadata().annotations().get(CLASS_ANNOTATION);
        String named = annotated != null ? annotated : claim.spec().storageClassName();
        return named == null ? "" : named;
    }

    /** What is asked for, or what has been set aside already when that is more; in whole bytes. */
    private static @Nullable Quantity storage(PersistentVolumeClaim claim) {
        Quantity asked = claim.spec().resources().requests().get(STORAGE);
        Quantity allocated = claim.status().allocatedResources().get(STORAGE);
        if (asked == null) {
            return null;
        }
        Quantity charged = allocated != null && allocated.compareTo(asked) > 0 ? allocated : asked;
        return charged.isWhole() ? charged : Quantity.of(charged.ceiling());
    }
}
