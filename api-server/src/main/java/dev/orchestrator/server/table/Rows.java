package dev.orchestrator.server.table;

import java.time.Instant;
import java.util.List;

import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.apps.ControllerRevision;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.coordination.Lease;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.Endpoints;
import dev.orchestrator.api.model.core.Event;
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
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.api.model.rbac.ClusterRoleBinding;
import dev.orchestrator.api.model.rbac.RoleBinding;
import dev.orchestrator.api.model.scheduling.PriorityClass;
import dev.orchestrator.api.model.storage.StorageClass;

/** The cells of an object of any kind, in the order of its columns. */
final class Rows {

    private Rows() {}

    static List<Object> cells(Resource object, Instant now) {
        return switch (object) {
            case Pod it -> PodCells.of(it, now);
            case Deployment it -> WorkloadCells.of(it, now);
            case ReplicaSet it -> WorkloadCells.of(it, now);
            case StatefulSet it -> WorkloadCells.of(it, now);
            case DaemonSet it -> WorkloadCells.of(it, now);
            case Job it -> WorkloadCells.of(it, now);
            case CronJob it -> WorkloadCells.of(it, now);
            case ReplicationController it -> WorkloadCells.of(it, now);
            case ControllerRevision it -> WorkloadCells.of(it, now);
            case PodTemplate it -> WorkloadCells.of(it);
            case Service it -> NetworkCells.of(it, now);
            case Endpoints it -> NetworkCells.of(it, now);
            case EndpointSlice it -> NetworkCells.of(it, now);
            case Ingress it -> NetworkCells.of(it, now);
            case IngressClass it -> NetworkCells.of(it, now);
            case NetworkPolicy it -> NetworkCells.of(it, now);
            case Namespace it -> ClusterCells.of(it, now);
            case Node it -> ClusterCells.of(it, now);
            case Event it -> ClusterCells.of(it, now);
            case ResourceQuota it -> ClusterCells.of(it, now);
            case PodDisruptionBudget it -> ClusterCells.of(it, now);
            case PriorityClass it -> ClusterCells.of(it, now);
            case Lease it -> ClusterCells.of(it, now);
            case RoleBinding it -> ClusterCells.ofBinding(it, it.roleRef(), it.subjects(), now);
            case ClusterRoleBinding it -> ClusterCells.ofBinding(it, it.roleRef(), it.subjects(), now);
            case PersistentVolume it -> StorageCells.of(it, now);
            case PersistentVolumeClaim it -> StorageCells.of(it, now);
            case StorageClass it -> StorageCells.of(it, now);
            case HorizontalPodAutoscaler it -> AutoscalerCells.of(it, now);
            case ConfigMap it ->
                List.of(
                        Cells.name(it),
                        (long) (it.data().size() + it.binaryData().size()),
                        Cells.age(it, now));
            case Secret it ->
                List.of(Cells.name(it), Cells.text(it.type()), (long) it.data().size(), Cells.age(it, now));
            case ServiceAccount it ->
                List.of(Cells.name(it), (long) it.secrets().size(), Cells.age(it, now));
            case CustomObject it -> CustomColumns.of(it.resourceType()).cells(it, now);
            default -> List.of(Cells.name(object), Cells.created(object));
        };
    }
}
