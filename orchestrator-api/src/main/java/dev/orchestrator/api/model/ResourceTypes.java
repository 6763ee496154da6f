package dev.orchestrator.api.model;

import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.ResourceType.Scope;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
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
    public static final ResourceType<Pod> POD =
            builtIn("", "v1", "Pod", "pods", List.of("po"), List.of("all"), Scope.NAMESPACED, true, Pod.class);

    /** Kind PodTemplate of v1. */
    public static final ResourceType<PodTemplate> POD_TEMPLATE = builtIn(
            "", "v1", "PodTemplate", "podtemplates", List.of(), List.of(), Scope.NAMESPACED, false, PodTemplate.class);

    /** Kind ReplicationController of v1. */
    public static final ResourceType<ReplicationController> REPLICATION_CONTROLLER = builtIn(
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
    public static final ResourceType<Service> SERVICE = builtIn(
            "", "v1", "Service", "services", List.of("svc"), List.of("all"), Scope.NAMESPACED, true, Service.class);

    /** Kind Endpoints of v1. */
    public static final ResourceType<Endpoints> ENDPOINTS = builtIn(
            "", "v1", "Endpoints", "endpoints", List.of("ep"), List.of(), Scope.NAMESPACED, false, Endpoints.class);

    /** Kind ConfigMap of v1. */
    public static final ResourceType<ConfigMap> CONFIG_MAP = builtIn(
            "", "v1", "ConfigMap", "configmaps", List.of("cm"), List.of(), Scope.NAMESPACED, false, ConfigMap.class);

    /** Kind Secret of v1. */
    public static final ResourceType<Secret> SECRET =
            builtIn("", "v1", "Secret", "secrets", List.of(), List.of(), Scope.NAMESPACED, false, Secret.class);

    /** Kind Namespace of v1. */
    public static final ResourceType<Namespace> NAMESPACE = builtIn(
            "", "v1", "Namespace", "namespaces", List.of("ns"), List.of(), Scope.CLUSTER, true, Namespace.class);

    /** Kind Node of v1. */
    public static final ResourceType<Node> NODE =
            builtIn("", "v1", "Node", "nodes", List.of("no"), List.of(), Scope.CLUSTER, true, Node.class);

    /** Kind Event of v1. */
    public static final ResourceType<Event> EVENT =
            builtIn("", "v1", "Event", "events", List.of("ev"), List.of(), Scope.NAMESPACED, false, Event.class);

    /** Kind ServiceAccount of v1. */
    public static final ResourceType<ServiceAccount> SERVICE_ACCOUNT = builtIn(
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
    public static final ResourceType<PersistentVolume> PERSISTENT_VOLUME = builtIn(
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
    public static final ResourceType<PersistentVolumeClaim> PERSISTENT_VOLUME_CLAIM = builtIn(
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
    public static final ResourceType<LimitRange> LIMIT_RANGE = builtIn(
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
    public static final ResourceType<ResourceQuota> RESOURCE_QUOTA = builtIn(
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
    public static final ResourceType<Binding> BINDING =
            builtIn("", "v1", "Binding", "bindings", List.of(), List.of(), Scope.NAMESPACED, false, Binding.class);

    /** Kind ReplicaSet of apps/v1. */
    public static final ResourceType<ReplicaSet> REPLICA_SET = builtIn(
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
    public static final ResourceType<Deployment> DEPLOYMENT = builtIn(
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
    public static final ResourceType<StatefulSet> STATEFUL_SET = builtIn(
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
    public static final ResourceType<DaemonSet> DAEMON_SET = builtIn(
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
    public static final ResourceType<ControllerRevision> CONTROLLER_REVISION = builtIn(
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
    public static final ResourceType<Job> JOB =
            builtIn("batch", "v1", "Job", "jobs", List.of(), List.of("all"), Scope.NAMESPACED, true, Job.class);

    /** Kind CronJob of batch/v1. */
    public static final ResourceType<CronJob> CRON_JOB = builtIn(
            "batch", "v1", "CronJob", "cronjobs", List.of("cj"), List.of("all"), Scope.NAMESPACED, true, CronJob.class);

    /** Kind HorizontalPodAutoscaler of autoscaling/v2. */
    public static final ResourceType<HorizontalPodAutoscaler> HORIZONTAL_POD_AUTOSCALER = builtIn(
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
    public static final ResourceType<Scale> SCALE =
            builtIn("autoscaling", "v1", "Scale", "scales", List.of(), List.of(), Scope.NAMESPACED, false, Scale.class);

    /** Kind PodDisruptionBudget of policy/v1. */
    public static final ResourceType<PodDisruptionBudget> POD_DISRUPTION_BUDGET = builtIn(
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
    public static final ResourceType<Eviction> EVICTION = builtIn(
            "policy", "v1", "Eviction", "evictions", List.of(), List.of(), Scope.NAMESPACED, false, Eviction.class);

    /** Kind PriorityClass of scheduling.k8s.io/v1. */
    public static final ResourceType<PriorityClass> PRIORITY_CLASS = builtIn(
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
    public static final ResourceType<Lease> LEASE = builtIn(
            "coordination.k8s.io", "v1", "Lease", "leases", List.of(), List.of(), Scope.NAMESPACED, false, Lease.class);

    /** Kind Ingress of networking.k8s.io/v1. */
    public static final ResourceType<Ingress> INGRESS = builtIn(
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
    public static final ResourceType<IngressClass> INGRESS_CLASS = builtIn(
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
    public static final ResourceType<NetworkPolicy> NETWORK_POLICY = builtIn(
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
    public static final ResourceType<Role> ROLE = builtIn(
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
    public static final ResourceType<ClusterRole> CLUSTER_ROLE = builtIn(
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
    public static final ResourceType<RoleBinding> ROLE_BINDING = builtIn(
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
    public static final ResourceType<ClusterRoleBinding> CLUSTER_ROLE_BINDING = builtIn(
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
    public static final ResourceType<StorageClass> STORAGE_CLASS = builtIn(
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
    public static final ResourceType<EndpointSlice> ENDPOINT_SLICE = builtIn(
            "discovery.k8s.io",
            "v1",
            "EndpointSlice",
            "endpointslices",
            List.of(),
            List.of(),
            Scope.NAMESPACED,
            false,
            EndpointSlice.class);

    /** Kind CustomResourceDefinition of apiextensions.k8s.io/v1. */
    public static final ResourceType<CustomResourceDefinition> CUSTOM_RESOURCE_DEFINITION = builtIn(
            "apiextensions.k8s.io",
            "v1",
            "CustomResourceDefinition",
            "customresourcedefinitions",
            List.of("crd", "crds"),
            List.of("api-extensions"),
            Scope.CLUSTER,
            true,
            CustomResourceDefinition.class);

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
            ENDPOINT_SLICE,
            CUSTOM_RESOURCE_DEFINITION);

    private ResourceTypes() {}

    private static <R extends Resource> ResourceType<R> builtIn(
            String group,
            String version,
            String kind,
            String plural,
            List<String> shortNames,
            List<String> categories,
            Scope scope,
            boolean hasStatus,
            Class<R> javaType) {
        return new ResourceType<>(
                group, version, kind, plural, shortNames, categories, scope, hasStatus, javaType, null);
    }

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
