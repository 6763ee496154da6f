package dev.orchestrator.runtime.handle;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.Endpoints;
import dev.orchestrator.api.model.core.LimitRange;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.PersistentVolume;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.Pod;
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
import dev.orchestrator.api.model.rbac.ClusterRole;
import dev.orchestrator.api.model.rbac.ClusterRoleBinding;
import dev.orchestrator.api.model.rbac.Role;
import dev.orchestrator.api.model.rbac.RoleBinding;
import dev.orchestrator.api.model.scheduling.PriorityClass;
import dev.orchestrator.api.model.storage.StorageClass;

/** What {@code describe} says about an object: what kubectl says about its kind. */
final class Descriptions {

    private Descriptions() {}

    static String of(HandleContext context, Resource object) {
        var sheet = new Sheet();
        switch (object) {
            case Pod it -> PodDescription.pod(sheet, context, it);
            case Deployment it -> WorkloadDescription.deployment(sheet, context, it);
            case ReplicaSet it -> WorkloadDescription.replicaSet(sheet, context, it);
            case ReplicationController it -> WorkloadDescription.replicationController(sheet, context, it);
            case StatefulSet it -> WorkloadDescription.statefulSet(sheet, context, it);
            case DaemonSet it -> WorkloadDescription.daemonSet(sheet, context, it);
            case Job it -> BatchDescription.job(sheet, context, it);
            case CronJob it -> BatchDescription.cronJob(sheet, context, it);
            case HorizontalPodAutoscaler it -> AutoscalerDescription.autoscaler(sheet, context, it);
            case Service it -> ServiceDescription.service(sheet, context, it);
            case Endpoints it -> ServiceDescription.endpoints(sheet, context, it);
            case EndpointSlice it -> ServiceDescription.slice(sheet, context, it);
            case Ingress it -> NetworkDescription.ingress(sheet, context, it);
            case IngressClass it -> NetworkDescription.ingressClass(sheet, context, it);
            case NetworkPolicy it -> NetworkDescription.networkPolicy(sheet, it);
            case Node it -> NodeDescription.node(sheet, context, it);
            case PersistentVolume it -> StorageDescription.volume(sheet, context, it);
            case PersistentVolumeClaim it -> StorageDescription.claim(sheet, context, it);
            case StorageClass it -> StorageDescription.storageClass(sheet, context, it);
            case Namespace it -> PolicyDescription.namespace(sheet, context, it);
            case ResourceQuota it -> PolicyDescription.quota(sheet, it);
            case LimitRange it -> PolicyDescription.limitRange(sheet, it);
            case PodDisruptionBudget it -> PolicyDescription.budget(sheet, context, it);
            case PriorityClass it -> PolicyDescription.priorityClass(sheet, context, it);
            case Secret it -> AccessDescription.secret(sheet, it);
            case ConfigMap it -> AccessDescription.configMap(sheet, context, it);
            case ServiceAccount it -> AccessDescription.serviceAccount(sheet, context, it);
            case Role it -> AccessDescription.role(sheet, it, it.rules());
            case ClusterRole it -> AccessDescription.role(sheet, it, it.rules());
            case RoleBinding it -> AccessDescription.binding(sheet, it, it.roleRef(), it.subjects());
            case ClusterRoleBinding it -> AccessDescription.binding(sheet, it, it.roleRef(), it.subjects());
            default -> GenericDescription.write(sheet, context, object);
        }
        return sheet.toString();
    }
}
