package dev.orchestrator.api.model;

import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.ResourceType.Scope;
import dev.orchestrator.api.model.apps.ControllerRevision;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.autoscaling.Scale;
import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.coordination.Lease;
import dev.orchestrator.api.model.core.Binding;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.Endpoints;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.api.model.core.LimitRange;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.PersistentVolume;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodTemplate;
import dev.orchestrator.api.model.core.ReplicationController;
import dev.orchestrator.api.model.core.ResourceQuota;
import dev.orchestrator.api.model.core.Secret;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServiceAccount;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.api.model.networking.Ingress;
import dev.orchestrator.api.model.networking.IngressClass;
import dev.orchestrator.api.model.networking.NetworkPolicy;
import dev.orchestrator.api.model.policy.Eviction;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.api.model.rbac.ClusterRole;
import dev.orchestrator.api.model.rbac.ClusterRoleBinding;
import dev.orchestrator.api.model.rbac.Role;
import dev.orchestrator.api.model.rbac.RoleBinding;
import dev.orchestrator.api.model.scheduling.PriorityClass;
import dev.orchestrator.api.model.storage.StorageClass;

/** All built-in kinds. */
public final class ResourceTypes {

    /** Kind Pod of v1. */
    public static final ResourceType<Pod> POD = new ResourceType<>(
            "", "v1", "Pod", "pods", List.of("po"), List.of("all"), Scope.NAMESPACED, true, Pod.class);

    /** Kind PodTemplate of v1. */
    public static final ResourceType<PodTemplate> POD_TEMPLATE = new ResourceType<>(
            "", "v1", "PodTemplate", "podtemplates", List.of(), List.of(), Scope.NAMESPACED, false, PodTemplate.class);

    /** Kind ReplicationController of v1. */
    public static final ResourceType<ReplicationController> REPLICATION_CONTROLLER = new ResourceType<>(
            "",
            "v1",
            "ReplicationController",
            "replicationcontrollers",
            List.of("rc"),
            List.of("all"),
            Scope.NAMESPACED,
            true,
            ReplicationController.class);

    /** Kind Service of v1. */
    public static final ResourceType<Service> SERVICE = new ResourceType<>(
            "", "v1", "Service", "services", List.of("svc"), List.of("all"), Scope.NAMESPACED, true, Service.class);

    /** Kind Endpoints of v1. */
    public static final ResourceType<Endpoints> ENDPOINTS = new ResourceType<>(
            "", "v1", "Endpoints", "endpoints", List.of("ep"), List.of(), Scope.NAMESPACED, false, Endpoints.class);

    /** Kind ConfigMap of v1. */
    public static final ResourceType<ConfigMap> CONFIG_MAP = new ResourceType<>(
            "", "v1", "ConfigMap", "configmaps", List.of("cm"), List.of(), Scope.NAMESPACED, false, ConfigMap.class);

    /** Kind Secret of v1. */
    public static final ResourceType<Secret> SECRET = new ResourceType<>(
            "", "v1", "Secret", "secrets", List.of(), List.of(), Scope.NAMESPACED, false, Secret.class);

    /** Kind Namespace of v1. */
    public static final ResourceType<Namespace> NAMESPACE = new ResourceType<>(
            "", "v1", "Namespace", "namespaces", List.of("ns"), List.of(), Scope.CLUSTER, true, Namespace.class);

    /** Kind Node of v1. */
    public static final ResourceType<Node> NODE =
            new ResourceType<>("", "v1", "Node", "nodes", List.of("no"), List.of(), Scope.CLUSTER, true, Node.class);

    /** Kind Event of v1. */
    public static final ResourceType<Event> EVENT = new ResourceType<>(
            "", "v1", "Event", "events", List.of("ev"), List.of(), Scope.NAMESPACED, false, Event.class);

    /** Kind ServiceAccount of v1. */
    public static final ResourceType<ServiceAccount> SERVICE_ACCOUNT = new ResourceType<>(
            "",
            "v1",
            "ServiceAccount",
            "serviceaccounts",
            List.of("sa"),
            List.of(),
            Scope.NAMESPACED,
            false,
            ServiceAccount.class);

    /** Kind PersistentVolume of v1. */
    public static final ResourceType<PersistentVolume> PERSISTENT_VOLUME = new ResourceType<>(
            "",
            "v1",
            "PersistentVolume",
            "persistentvolumes",
            List.of("pv"),
            List.of(),
            Scope.CLUSTER,
            true,
            PersistentVolume.class);

    /** Kind PersistentVolumeClaim of v1. */
    public static final ResourceType<PersistentVolumeClaim> PERSISTENT_VOLUME_CLAIM = new ResourceType<>(
            "",
            "v1",
            "PersistentVolumeClaim",
            "persistentvolumeclaims",
            List.of("pvc"),
            List.of(),
            Scope.NAMESPACED,
            true,
            PersistentVolumeClaim.class);

    /** Kind LimitRange of v1. */
    public static final ResourceType<LimitRange> LIMIT_RANGE = new ResourceType<>(
            "",
            "v1",
            "LimitRange",
            "limitranges",
            List.of("limits"),
            List.of(),
            Scope.NAMESPACED,
            false,
            LimitRange.class);

    /** Kind ResourceQuota of v1. */
    public static final ResourceType<ResourceQuota> RESOURCE_QUOTA = new ResourceType<>(
            "",
            "v1",
            "ResourceQuota",
            "resourcequotas",
            List.of("quota"),
            List.of(),
            Scope.NAMESPACED,
            true,
            ResourceQuota.class);

    /** Kind Binding of v1, a subresource's body: never stored. */
    public static final ResourceType<Binding> BINDING = new ResourceType<>(
            "", "v1", "Binding", "bindings", List.of(), List.of(), Scope.NAMESPACED, false, Binding.class);

    /** Kind ReplicaSet of apps/v1. */
    public static final ResourceType<ReplicaSet> REPLICA_SET = new ResourceType<>(
            "apps",
            "v1",
            "ReplicaSet",
            "replicasets",
            List.of("rs"),
            List.of("all"),
            Scope.NAMESPACED,
            true,
            ReplicaSet.class);

    /** Kind Deployment of apps/v1. */
    public static final ResourceType<Deployment> DEPLOYMENT = new ResourceType<>(
            "apps",
            "v1",
            "Deployment",
            "deployments",
            List.of("deploy"),
            List.of("all"),
            Scope.NAMESPACED,
            true,
            Deployment.class);

    /** Kind StatefulSet of apps/v1. */
    public static final ResourceType<StatefulSet> STATEFUL_SET = new ResourceType<>(
            "apps",
            "v1",
            "StatefulSet",
            "statefulsets",
            List.of("sts"),
            List.of("all"),
            Scope.NAMESPACED,
            true,
            StatefulSet.class);

    /** Kind DaemonSet of apps/v1. */
    public static final ResourceType<DaemonSet> DAEMON_SET = new ResourceType<>(
            "apps",
            "v1",
            "DaemonSet",
            "daemonsets",
            List.of("ds"),
            List.of("all"),
            Scope.NAMESPACED,
            true,
            DaemonSet.class);

    /** Kind ControllerRevision of apps/v1. */
    public static final ResourceType<ControllerRevision> CONTROLLER_REVISION = new ResourceType<>(
            "apps",
            "v1",
            "ControllerRevision",
            "controllerrevisions",
            List.of(),
            List.of(),
            Scope.NAMESPACED,
            false,
            ControllerRevision.class);

    /** Kind Job of batch/v1. */
    public static final ResourceType<Job> JOB = new ResourceType<>(
            "batch", "v1", "Job", "jobs", List.of(), List.of("all"), Scope.NAMESPACED, true, Job.class);

    /** Kind CronJob of batch/v1. */
    public static final ResourceType<CronJob> CRON_JOB = new ResourceType<>(
            "batch", "v1", "CronJob", "cronjobs", List.of("cj"), List.of("all"), Scope.NAMESPACED, true, CronJob.class);

    /** Kind HorizontalPodAutoscaler of autoscaling/v2. */
    public static final ResourceType<HorizontalPodAutoscaler> HORIZONTAL_POD_AUTOSCALER = new ResourceType<>(
            "autoscaling",
            "v2",
            "HorizontalPodAutoscaler",
            "horizontalpodautoscalers",
            List.of("hpa"),
            List.of("all"),
            Scope.NAMESPACED,
            true,
            HorizontalPodAutoscaler.class);

    /** Kind Scale of autoscaling/v1, a subresource's body: never stored. */
    public static final ResourceType<Scale> SCALE = new ResourceType<>(
            "autoscaling", "v1", "Scale", "scales", List.of(), List.of(), Scope.NAMESPACED, false, Scale.class);

    /** Kind PodDisruptionBudget of policy/v1. */
    public static final ResourceType<PodDisruptionBudget> POD_DISRUPTION_BUDGET = new ResourceType<>(
            "policy",
            "v1",
            "PodDisruptionBudget",
            "poddisruptionbudgets",
            List.of("pdb"),
            List.of(),
            Scope.NAMESPACED,
            true,
            PodDisruptionBudget.class);

    /** Kind Eviction of policy/v1, a subresource's body: never stored. */
    public static final ResourceType<Eviction> EVICTION = new ResourceType<>(
            "policy", "v1", "Eviction", "evictions", List.of(), List.of(), Scope.NAMESPACED, false, Eviction.class);

    /** Kind PriorityClass of scheduling.k8s.io/v1. */
    public static final ResourceType<PriorityClass> PRIORITY_CLASS = new ResourceType<>(
            "scheduling.k8s.io",
            "v1",
            "PriorityClass",
            "priorityclasses",
            List.of("pc"),
            List.of(),
            Scope.CLUSTER,
            false,
            PriorityClass.class);

    /** Kind Lease of coordination.k8s.io/v1. */
    public static final ResourceType<Lease> LEASE = new ResourceType<>(
            "coordination.k8s.io", "v1", "Lease", "leases", List.of(), List.of(), Scope.NAMESPACED, false, Lease.class);

    /** Kind Ingress of networking.k8s.io/v1. */
    public static final ResourceType<Ingress> INGRESS = new ResourceType<>(
            "networking.k8s.io",
            "v1",
            "Ingress",
            "ingresses",
            List.of("ing"),
            List.of(),
            Scope.NAMESPACED,
            true,
            Ingress.class);

    /** Kind IngressClass of networking.k8s.io/v1. */
    public static final ResourceType<IngressClass> INGRESS_CLASS = new ResourceType<>(
            "networking.k8s.io",
            "v1",
            "IngressClass",
            "ingressclasses",
            List.of(),
            List.of(),
            Scope.CLUSTER,
            false,
            IngressClass.class);

    /** Kind NetworkPolicy of networking.k8s.io/v1. */
    public static final ResourceType<NetworkPolicy> NETWORK_POLICY = new ResourceType<>(
            "networking.k8s.io",
            "v1",
            "NetworkPolicy",
            "networkpolicies",
            List.of("netpol"),
            List.of(),
            Scope.NAMESPACED,
            false,
            NetworkPolicy.class);

    /** Kind Role of rbac.authorization.k8s.io/v1. */
    public static final ResourceType<Role> ROLE = new ResourceType<>(
            "rbac.authorization.k8s.io",
            "v1",
            "Role",
            "roles",
            List.of(),
            List.of(),
            Scope.NAMESPACED,
            false,
            Role.class);

    /** Kind ClusterRole of rbac.authorization.k8s.io/v1. */
    public static final ResourceType<ClusterRole> CLUSTER_ROLE = new ResourceType<>(
            "rbac.authorization.k8s.io",
            "v1",
            "ClusterRole",
            "clusterroles",
            List.of(),
            List.of(),
            Scope.CLUSTER,
            false,
            ClusterRole.class);

    /** Kind RoleBinding of rbac.authorization.k8s.io/v1. */
    public static final ResourceType<RoleBinding> ROLE_BINDING = new ResourceType<>(
            "rbac.authorization.k8s.io",
            "v1",
            "RoleBinding",
            "rolebindings",
            List.of(),
            List.of(),
            Scope.NAMESPACED,
            false,
            RoleBinding.class);

    /** Kind ClusterRoleBinding of rbac.authorization.k8s.io/v1. */
    public static final ResourceType<ClusterRoleBinding> CLUSTER_ROLE_BINDING = new ResourceType<>(
            "rbac.authorization.k8s.io",
            "v1",
            "ClusterRoleBinding",
            "clusterrolebindings",
            List.of(),
            List.of(),
            Scope.CLUSTER,
            false,
            ClusterRoleBinding.class);

    /** Kind StorageClass of storage.k8s.io/v1. */
    public static final ResourceType<StorageClass> STORAGE_CLASS = new ResourceType<>(
            "storage.k8s.io",
            "v1",
            "StorageClass",
            "storageclasses",
            List.of("sc"),
            List.of(),
            Scope.CLUSTER,
            false,
            StorageClass.class);

    /** Kind EndpointSlice of discovery.k8s.io/v1. */
    public static final ResourceType<EndpointSlice> ENDPOINT_SLICE = new ResourceType<>(
            "discovery.k8s.io",
            "v1",
            "EndpointSlice",
            "endpointslices",
            List.of(),
            List.of(),
            Scope.NAMESPACED,
            false,
            EndpointSlice.class);

    private static final List<ResourceType<?>> STORED = List.of(
            POD,
            POD_TEMPLATE,
            REPLICATION_CONTROLLER,
            SERVICE,
            ENDPOINTS,
            CONFIG_MAP,
            SECRET,
            NAMESPACE,
            NODE,
            EVENT,
            SERVICE_ACCOUNT,
            PERSISTENT_VOLUME,
            PERSISTENT_VOLUME_CLAIM,
            LIMIT_RANGE,
            RESOURCE_QUOTA,
            REPLICA_SET,
            DEPLOYMENT,
            STATEFUL_SET,
            DAEMON_SET,
            CONTROLLER_REVISION,
            JOB,
            CRON_JOB,
            HORIZONTAL_POD_AUTOSCALER,
            POD_DISRUPTION_BUDGET,
            PRIORITY_CLASS,
            LEASE,
            INGRESS,
            INGRESS_CLASS,
            NETWORK_POLICY,
            ROLE,
            CLUSTER_ROLE,
            ROLE_BINDING,
            CLUSTER_ROLE_BINDING,
            STORAGE_CLASS,
            ENDPOINT_SLICE);

    private ResourceTypes() {}

    /** {@return every built-in kind whose objects are stored} */
    public static List<ResourceType<?>> stored() {
        return STORED;
    }

    /** {@return the kind with this apiVersion and name in manifests, if it is built in} */
    public static Optional<ResourceType<?>> find(String apiVersion, String kind) {
        for (ResourceType<?> type : STORED) {
            if (type.kind().equals(kind) && type.apiVersion().equals(apiVersion)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** {@return the kind that a user means by a plural, singular, short name or kind, case ignored, if there is one} */
    public static Optional<ResourceType<?>> named(String name) {
        for (ResourceType<?> type : STORED) {
            if (type.plural().equalsIgnoreCase(name)
                    || type.kind().equalsIgnoreCase(name)
                    || type.qualifiedPlural().equalsIgnoreCase(name)
                    || type.shortNames().contains(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
