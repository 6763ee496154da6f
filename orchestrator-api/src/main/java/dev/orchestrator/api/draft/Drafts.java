package dev.orchestrator.api.draft;

import java.util.List;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.apps.DaemonSetBuilder;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.StatefulSetBuilder;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerBuilder;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpec;
import dev.orchestrator.api.model.batch.CronJobBuilder;
import dev.orchestrator.api.model.batch.JobBuilder;
import dev.orchestrator.api.model.coordination.Lease;
import dev.orchestrator.api.model.coordination.LeaseBuilder;
import dev.orchestrator.api.model.coordination.LeaseSpec;
import dev.orchestrator.api.model.core.ConfigMapBuilder;
import dev.orchestrator.api.model.core.Endpoints;
import dev.orchestrator.api.model.core.EndpointsBuilder;
import dev.orchestrator.api.model.core.LimitRange;
import dev.orchestrator.api.model.core.LimitRangeBuilder;
import dev.orchestrator.api.model.core.LimitRangeSpec;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.NamespaceBuilder;
import dev.orchestrator.api.model.core.NamespaceSpec;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeBuilder;
import dev.orchestrator.api.model.core.NodeSpec;
import dev.orchestrator.api.model.core.PersistentVolume;
import dev.orchestrator.api.model.core.PersistentVolumeBuilder;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.PersistentVolumeClaimBuilder;
import dev.orchestrator.api.model.core.PersistentVolumeClaimSpec;
import dev.orchestrator.api.model.core.PersistentVolumeSpec;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.ReplicationControllerBuilder;
import dev.orchestrator.api.model.core.ResourceQuota;
import dev.orchestrator.api.model.core.ResourceQuotaBuilder;
import dev.orchestrator.api.model.core.ResourceQuotaSpec;
import dev.orchestrator.api.model.core.SecretBuilder;
import dev.orchestrator.api.model.core.ServiceAccount;
import dev.orchestrator.api.model.core.ServiceAccountBuilder;
import dev.orchestrator.api.model.core.ServiceBuilder;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.api.model.discovery.EndpointSliceBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.networking.Ingress;
import dev.orchestrator.api.model.networking.IngressBuilder;
import dev.orchestrator.api.model.networking.IngressClass;
import dev.orchestrator.api.model.networking.IngressClassBuilder;
import dev.orchestrator.api.model.networking.IngressClassSpec;
import dev.orchestrator.api.model.networking.IngressSpec;
import dev.orchestrator.api.model.networking.NetworkPolicy;
import dev.orchestrator.api.model.networking.NetworkPolicyBuilder;
import dev.orchestrator.api.model.networking.NetworkPolicySpec;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetBuilder;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetSpec;
import dev.orchestrator.api.model.rbac.ClusterRole;
import dev.orchestrator.api.model.rbac.ClusterRoleBinding;
import dev.orchestrator.api.model.rbac.ClusterRoleBindingBuilder;
import dev.orchestrator.api.model.rbac.ClusterRoleBuilder;
import dev.orchestrator.api.model.rbac.Role;
import dev.orchestrator.api.model.rbac.RoleBinding;
import dev.orchestrator.api.model.rbac.RoleBindingBuilder;
import dev.orchestrator.api.model.rbac.RoleBuilder;
import dev.orchestrator.api.model.scheduling.PriorityClass;
import dev.orchestrator.api.model.scheduling.PriorityClassBuilder;
import dev.orchestrator.api.model.storage.StorageClass;
import dev.orchestrator.api.model.storage.StorageClassBuilder;

/**
 * Where objects written in Java begin; meant for static import.
 *
 * <p>A deployment (or replica set, stateful set, daemon set, replication controller) that is given no labels carries
 * {@code app=<name>}, and so do its pods, which it selects by their labels.
 */
public final class Drafts {

    private Drafts() {}

    /** {@return a pod of this name} */
    public static PodDraft pod(String name) {
        return new PodDraft(PodBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a deployment of this name} */
    public static DeploymentDraft deployment(String name) {
        return new DeploymentDraft(
                DeploymentBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a replica set of this name} */
    public static ReplicaSetDraft replicaSet(String name) {
        return new ReplicaSetDraft(
                ReplicaSetBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a stateful set of this name} */
    public static StatefulSetDraft statefulSet(String name) {
        return new StatefulSetDraft(
                StatefulSetBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a daemon set of this name} */
    public static DaemonSetDraft daemonSet(String name) {
        return new DaemonSetDraft(
                DaemonSetBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a replication controller of this name} */
    public static ReplicationControllerDraft replicationController(String name) {
        return new ReplicationControllerDraft(
                ReplicationControllerBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a job of this name} */
    public static JobDraft job(String name) {
        return new JobDraft(JobBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a cron job of this name} */
    public static CronJobDraft cronJob(String name) {
        return new CronJobDraft(CronJobBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a service of this name} */
    public static ServiceDraft service(String name) {
        return new ServiceDraft(ServiceBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a config map of this name} */
    public static ConfigMapDraft configMap(String name) {
        return new ConfigMapDraft(
                ConfigMapBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a secret of this name} */
    public static SecretDraft secret(String name) {
        return new SecretDraft(SecretBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a persistent volume of this name} */
    public static ObjectDraft<PersistentVolume, PersistentVolumeSpec> persistentVolume(String name) {
        return new ObjectDraft<>(
                PersistentVolumeBuilder.builder().metadata(named(name)).build(),
                PersistentVolume::spec,
                (object, spec) ->
                        PersistentVolumeBuilder.builder(object).spec(spec).build());
    }

    /** {@return a claim on a persistent volume of this name} */
    public static ObjectDraft<PersistentVolumeClaim, PersistentVolumeClaimSpec> persistentVolumeClaim(String name) {
        return new ObjectDraft<>(
                PersistentVolumeClaimBuilder.builder().metadata(named(name)).build(),
                PersistentVolumeClaim::spec,
                (object, spec) ->
                        PersistentVolumeClaimBuilder.builder(object).spec(spec).build());
    }

    /** {@return a horizontal pod autoscaler of this name} */
    public static ObjectDraft<HorizontalPodAutoscaler, HorizontalPodAutoscalerSpec> horizontalPodAutoscaler(
            String name) {
        return new ObjectDraft<>(
                HorizontalPodAutoscalerBuilder.builder().metadata(named(name)).build(),
                HorizontalPodAutoscaler::spec,
                (object, spec) -> HorizontalPodAutoscalerBuilder.builder(object)
                        .spec(spec)
                        .build());
    }

    /** {@return a pod disruption budget of this name} */
    public static ObjectDraft<PodDisruptionBudget, PodDisruptionBudgetSpec> podDisruptionBudget(String name) {
        return new ObjectDraft<>(
                PodDisruptionBudgetBuilder.builder().metadata(named(name)).build(),
                PodDisruptionBudget::spec,
                (object, spec) ->
                        PodDisruptionBudgetBuilder.builder(object).spec(spec).build());
    }

    /** {@return a limit range of this name} */
    public static ObjectDraft<LimitRange, LimitRangeSpec> limitRange(String name) {
        return new ObjectDraft<>(
                LimitRangeBuilder.builder().metadata(named(name)).build(),
                LimitRange::spec,
                (object, spec) -> LimitRangeBuilder.builder(object).spec(spec).build());
    }

    /** {@return a resource quota of this name} */
    public static ObjectDraft<ResourceQuota, ResourceQuotaSpec> resourceQuota(String name) {
        return new ObjectDraft<>(
                ResourceQuotaBuilder.builder().metadata(named(name)).build(),
                ResourceQuota::spec,
                (object, spec) ->
                        ResourceQuotaBuilder.builder(object).spec(spec).build());
    }

    /** {@return an ingress of this name} */
    public static ObjectDraft<Ingress, IngressSpec> ingress(String name) {
        return new ObjectDraft<>(
                IngressBuilder.builder().metadata(named(name)).build(),
                Ingress::spec,
                (object, spec) -> IngressBuilder.builder(object).spec(spec).build());
    }

    /** {@return an ingress class of this name} */
    public static ObjectDraft<IngressClass, IngressClassSpec> ingressClass(String name) {
        return new ObjectDraft<>(
                IngressClassBuilder.builder().metadata(named(name)).build(),
                IngressClass::spec,
                (object, spec) -> IngressClassBuilder.builder(object).spec(spec).build());
    }

    /** {@return a network policy of this name} */
    public static ObjectDraft<NetworkPolicy, NetworkPolicySpec> networkPolicy(String name) {
        return new ObjectDraft<>(
                NetworkPolicyBuilder.builder().metadata(named(name)).build(),
                NetworkPolicy::spec,
                (object, spec) ->
                        NetworkPolicyBuilder.builder(object).spec(spec).build());
    }

    /** {@return a lease of this name} */
    public static ObjectDraft<Lease, LeaseSpec> lease(String name) {
        return new ObjectDraft<>(
                LeaseBuilder.builder().metadata(named(name)).build(),
                Lease::spec,
                (object, spec) -> LeaseBuilder.builder(object).spec(spec).build());
    }

    /** {@return a node of this name} */
    public static ObjectDraft<Node, NodeSpec> node(String name) {
        return new ObjectDraft<>(
                NodeBuilder.builder().metadata(named(name)).build(),
                Node::spec,
                (object, spec) -> NodeBuilder.builder(object).spec(spec).build());
    }

    /** {@return a namespace of this name} */
    public static ObjectDraft<Namespace, NamespaceSpec> namespace(String name) {
        return new ObjectDraft<>(
                NamespaceBuilder.builder().metadata(named(name)).build(),
                Namespace::spec,
                (object, spec) -> NamespaceBuilder.builder(object).spec(spec).build());
    }

    /** {@return a service account of this name} */
    public static ObjectDraft<ServiceAccount, ServiceAccount> serviceAccount(String name) {
        return of(ServiceAccountBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a storage class of this name} */
    public static ObjectDraft<StorageClass, StorageClass> storageClass(String name) {
        return of(StorageClassBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a priority class of this name} */
    public static ObjectDraft<PriorityClass, PriorityClass> priorityClass(String name) {
        return of(PriorityClassBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a role of this name} */
    public static ObjectDraft<Role, Role> role(String name) {
        return of(RoleBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a cluster role of this name} */
    public static ObjectDraft<ClusterRole, ClusterRole> clusterRole(String name) {
        return of(ClusterRoleBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a role binding of this name} */
    public static ObjectDraft<RoleBinding, RoleBinding> roleBinding(String name) {
        return of(RoleBindingBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a cluster role binding of this name} */
    public static ObjectDraft<ClusterRoleBinding, ClusterRoleBinding> clusterRoleBinding(String name) {
        return of(ClusterRoleBindingBuilder.builder().metadata(named(name)).build());
    }

    /** {@return the endpoints of a service without selector of this name} */
    public static ObjectDraft<Endpoints, Endpoints> endpoints(String name) {
        return of(EndpointsBuilder.builder().metadata(named(name)).build());
    }

    /** {@return an endpoint slice of this name} */
    public static ObjectDraft<EndpointSlice, EndpointSlice> endpointSlice(String name) {
        return of(EndpointSliceBuilder.builder().metadata(named(name)).build());
    }

    /** {@return a draft that starts from an object} */
    public static <R extends Resource> ObjectDraft<R, R> of(R object) {
        return new ObjectDraft<>(object, same -> same, (old, changed) -> changed);
    }

    /** {@return a probe that asks for a path over HTTP; it fails unless the answer is 200 to 399} */
    public static ProbeDraft httpGet(String path) {
        return ProbeDraft.httpGet(path);
    }

    /** {@return a probe that opens a TCP connection to the first port of its container} */
    public static ProbeDraft tcpSocket() {
        return ProbeDraft.tcpSocket();
    }

    /** {@return a probe that opens a TCP connection} */
    public static ProbeDraft tcpSocket(int port) {
        return ProbeDraft.tcpSocket().port(port);
    }

    /** {@return a probe that asks the gRPC health service} */
    public static ProbeDraft grpc(int port) {
        return ProbeDraft.grpc().port(port);
    }

    /** {@return a probe that runs a command in the container; it fails unless the command ends with 0} */
    public static ProbeDraft exec(String... command) {
        return ProbeDraft.exec(List.of(command));
    }

    private static ObjectMeta named(String name) {
        return ObjectMetaBuilder.builder().name(name).build();
    }
}
