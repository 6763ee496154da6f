package dev.orchestrator.runtime.store;

import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionStatus;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.DaemonSetStatus;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentStatus;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetStatus;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.apps.StatefulSetStatus;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerStatus;
import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.CronJobStatus;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobStatus;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.NamespaceStatus;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeStatus;
import dev.orchestrator.api.model.core.PersistentVolume;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.PersistentVolumeClaimStatus;
import dev.orchestrator.api.model.core.PersistentVolumeStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodStatus;
import dev.orchestrator.api.model.core.PodTemplate;
import dev.orchestrator.api.model.core.ReplicationController;
import dev.orchestrator.api.model.core.ReplicationControllerStatus;
import dev.orchestrator.api.model.core.ResourceQuota;
import dev.orchestrator.api.model.core.ResourceQuotaStatus;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServiceStatus;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.networking.Ingress;
import dev.orchestrator.api.model.networking.IngressClass;
import dev.orchestrator.api.model.networking.IngressStatus;
import dev.orchestrator.api.model.networking.NetworkPolicy;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetStatus;
import dev.orchestrator.api.model.scheduling.PriorityClass;
import org.jspecify.annotations.Nullable;

/**
 * Takes objects apart and puts them together: which part is status, which part counts as a change of intent.
 *
 * <p>Written out kind by kind rather than by reflection: it is on the path of every write, and of the first one at
 * start.
 */
@SuppressWarnings("ReferenceEquality") // Stored objects are shared: the same instance is the same state.
final class Parts {

    private Parts() {}

    /**
     * {@return an object with the given metadata, everything but status of one object and the status of another}
     *
     * @param status where the status comes from; null for none
     */
    static Resource join(ObjectMeta metadata, Resource main, @Nullable Resource status) {
        if (main instanceof CustomObject custom) {
            return CustomParts.join(metadata, custom, (CustomObject) status);
        }
        return switch (main.resourceType().kind()) {
            case "Pod" ->
                new Pod(metadata, ((Pod) main).spec(), status == null ? PodStatus.EMPTY : ((Pod) status).status());
            case "ReplicationController" ->
                new ReplicationController(
                        metadata,
                        ((ReplicationController) main).spec(),
                        status == null ? ReplicationControllerStatus.EMPTY : ((ReplicationController) status).status());
            case "Service" ->
                new Service(
                        metadata,
                        ((Service) main).spec(),
                        status == null ? ServiceStatus.EMPTY : ((Service) status).status());
            case "Namespace" ->
                new Namespace(
                        metadata,
                        ((Namespace) main).spec(),
                        status == null ? NamespaceStatus.EMPTY : ((Namespace) status).status());
            case "Node" ->
                new Node(metadata, ((Node) main).spec(), status == null ? NodeStatus.EMPTY : ((Node) status).status());
            case "PersistentVolume" ->
                new PersistentVolume(
                        metadata,
                        ((PersistentVolume) main).spec(),
                        status == null ? PersistentVolumeStatus.EMPTY : ((PersistentVolume) status).status());
            case "PersistentVolumeClaim" ->
                new PersistentVolumeClaim(
                        metadata,
                        ((PersistentVolumeClaim) main).spec(),
                        status == null ? PersistentVolumeClaimStatus.EMPTY : ((PersistentVolumeClaim) status).status());
            case "ResourceQuota" ->
                new ResourceQuota(
                        metadata,
                        ((ResourceQuota) main).spec(),
                        status == null ? ResourceQuotaStatus.EMPTY : ((ResourceQuota) status).status());
            default -> joinGrouped(metadata, main, status);
        };
    }

    private static Resource joinGrouped(ObjectMeta metadata, Resource main, @Nullable Resource status) {
        return switch (main.resourceType().kind()) {
            case "ReplicaSet" ->
                new ReplicaSet(
                        metadata,
                        ((ReplicaSet) main).spec(),
                        status == null ? ReplicaSetStatus.EMPTY : ((ReplicaSet) status).status());
            case "Deployment" ->
                new Deployment(
                        metadata,
                        ((Deployment) main).spec(),
                        status == null ? DeploymentStatus.EMPTY : ((Deployment) status).status());
            case "StatefulSet" ->
                new StatefulSet(
                        metadata,
                        ((StatefulSet) main).spec(),
                        status == null ? StatefulSetStatus.EMPTY : ((StatefulSet) status).status());
            case "DaemonSet" ->
                new DaemonSet(
                        metadata,
                        ((DaemonSet) main).spec(),
                        status == null ? DaemonSetStatus.EMPTY : ((DaemonSet) status).status());
            case "Job" ->
                new Job(metadata, ((Job) main).spec(), status == null ? JobStatus.EMPTY : ((Job) status).status());
            case "CronJob" ->
                new CronJob(
                        metadata,
                        ((CronJob) main).spec(),
                        status == null ? CronJobStatus.EMPTY : ((CronJob) status).status());
            case "CustomResourceDefinition" ->
                new CustomResourceDefinition(
                        metadata,
                        ((CustomResourceDefinition) main).spec(),
                        status == null
                                ? CustomResourceDefinitionStatus.EMPTY
                                : ((CustomResourceDefinition) status).status());
            case "HorizontalPodAutoscaler" ->
                new HorizontalPodAutoscaler(
                        metadata,
                        ((HorizontalPodAutoscaler) main).spec(),
                        status == null
                                ? HorizontalPodAutoscalerStatus.EMPTY
                                : ((HorizontalPodAutoscaler) status).status());
            case "PodDisruptionBudget" ->
                new PodDisruptionBudget(
                        metadata,
                        ((PodDisruptionBudget) main).spec(),
                        status == null ? PodDisruptionBudgetStatus.EMPTY : ((PodDisruptionBudget) status).status());
            case "Ingress" ->
                new Ingress(
                        metadata,
                        ((Ingress) main).spec(),
                        status == null ? IngressStatus.EMPTY : ((Ingress) status).status());
            default -> main.metadata() == metadata ? main : main.withMetadata(metadata);
        };
    }

    /** {@return whether two states of an object differ in a way that raises its generation} */
    static boolean isOtherIntent(Resource old, Resource now) {
        if (now instanceof Deployment
                && !old.metadata().annotations().equals(now.metadata().annotations())) {
            // They are copied to the replica sets, so the controller has to act on them.
            return true;
        }
        Object before = intent(old);
        Object after = intent(now);
        return before != after && before != null && !before.equals(after);
    }

    /** {@return the generation of a new object: 1, or 0 for kinds that have none} */
    static long firstGeneration(Resource object) {
        return intent(object) != null || object instanceof PriorityClass ? 1 : 0;
    }

    private static @Nullable Object intent(Resource object) {
        if (object instanceof CustomObject custom) {
            return CustomParts.intent(custom);
        }
        return switch (object.resourceType().kind()) {
            case "Pod" -> ((Pod) object).spec();
            case "ReplicationController" -> ((ReplicationController) object).spec();
            case "ReplicaSet" -> ((ReplicaSet) object).spec();
            case "Deployment" -> ((Deployment) object).spec();
            case "StatefulSet" -> ((StatefulSet) object).spec();
            case "DaemonSet" -> ((DaemonSet) object).spec();
            case "Job" -> ((Job) object).spec();
            case "CronJob" -> ((CronJob) object).spec();
            case "CustomResourceDefinition" -> ((CustomResourceDefinition) object).spec();
            case "HorizontalPodAutoscaler" -> ((HorizontalPodAutoscaler) object).spec();
            case "PodDisruptionBudget" -> ((PodDisruptionBudget) object).spec();
            case "Ingress" -> ((Ingress) object).spec();
            case "IngressClass" -> ((IngressClass) object).spec();
            case "NetworkPolicy" -> ((NetworkPolicy) object).spec();
            case "PodTemplate" -> ((PodTemplate) object).template();
            case "EndpointSlice" -> {
                EndpointSlice slice = (EndpointSlice) object;
                yield slice.withMetadata(ObjectMeta.EMPTY);
            }
            default -> null;
        };
    }
}
