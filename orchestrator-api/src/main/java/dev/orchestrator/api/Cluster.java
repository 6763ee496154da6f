package dev.orchestrator.api;

import java.util.Arrays;
import java.util.List;

import dev.orchestrator.api.model.Definition;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.Endpoints;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ReplicationController;
import dev.orchestrator.api.model.core.Secret;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServiceAccount;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.api.model.networking.Ingress;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;

/**
 * The verbs of {@code kubectl} on a cluster, seen from one namespace.
 *
 * <p>Objects that name no namespace of their own go to this one, and the collections hold the objects of this one. All
 * methods may be called from any thread. A refused request throws {@link ApiException} and has had no effect.
 */
public interface Cluster {

    /** {@return the namespace this view is of} */
    String namespace();

    /** {@return the same cluster seen from another namespace, which need not exist yet} */
    Cluster inNamespace(String namespace);

    /** {@return where the cluster takes the time from} */
    TimeSource time();

    /**
     * Makes the cluster hold these objects: creates what is missing and changes what differs, as {@code kubectl apply}
     * does. Fields that an object was applied with before and that are gone now are removed; fields that others have
     * set stay. All objects are checked before the first is applied, except for what only their application shows.
     *
     * @param objects objects and drafts, in the order in which they are applied
     * @return the objects as they are stored
     * @throws ApiException if an object is refused; the objects before it have been applied
     */
    List<Resource> apply(Iterable<? extends Definition> objects);

    /** {@return as {@link #apply(Iterable)}} */
    default List<Resource> apply(Definition... objects) {
        return apply(Arrays.asList(objects));
    }

    /**
     * Stores new objects.
     *
     * @return the objects as they are stored
     * @throws ApiException if an object exists or is refused; the objects before it have been created
     */
    List<Resource> create(Iterable<? extends Definition> objects);

    /** {@return as {@link #create(Iterable)}} */
    default List<Resource> create(Definition... objects) {
        return create(Arrays.asList(objects));
    }

    /** Deletes objects by their kinds and names, in the order given; those that do not exist are no error. */
    void delete(Iterable<? extends Definition> objects);

    /** Deletes objects as {@link #delete(Iterable)} does. */
    default void delete(Definition... objects) {
        delete(Arrays.asList(objects));
    }

    /**
     * {@return the fields of a kind or of a part of it, for people, as {@code kubectl explain} shows them}
     *
     * @param path a kind by any of its names, then fields: {@code deploy.spec.strategy}
     * @throws ApiException with reason {@code NOT_FOUND} if there is no such kind or field
     */
    String explain(String path);

    /** {@return as {@link #explain}, with the fields of the fields} */
    String explainRecursively(String path);

    /** {@return the objects of any kind} */
    <R extends Resource> Resources<R, ObjectHandle<R>> resources(ResourceType<R> type);

    /** {@return the pods} */
    Resources<Pod, PodHandle> pods();

    /** {@return the deployments} */
    Resources<Deployment, DeploymentHandle> deployments();

    /** {@return the replica sets} */
    Resources<ReplicaSet, WorkloadHandle<ReplicaSet>> replicaSets();

    /** {@return the stateful sets} */
    Resources<StatefulSet, StatefulSetHandle> statefulSets();

    /** {@return the daemon sets} */
    Resources<DaemonSet, DaemonSetHandle> daemonSets();

    /** {@return the replication controllers} */
    Resources<ReplicationController, WorkloadHandle<ReplicationController>> replicationControllers();

    /** {@return the services} */
    Resources<Service, ServiceHandle> services();

    /** {@return the nodes} */
    Resources<Node, NodeHandle> nodes();

    /** {@return the events} */
    default Resources<Event, ObjectHandle<Event>> events() {
        return resources(ResourceTypes.EVENT);
    }

    /** {@return the config maps} */
    default Resources<ConfigMap, ObjectHandle<ConfigMap>> configMaps() {
        return resources(ResourceTypes.CONFIG_MAP);
    }

    /** {@return the secrets} */
    default Resources<Secret, ObjectHandle<Secret>> secrets() {
        return resources(ResourceTypes.SECRET);
    }

    /** {@return the namespaces} */
    default Resources<Namespace, ObjectHandle<Namespace>> namespaces() {
        return resources(ResourceTypes.NAMESPACE);
    }

    /** {@return the disruption budgets} */
    default Resources<PodDisruptionBudget, ObjectHandle<PodDisruptionBudget>> podDisruptionBudgets() {
        return resources(ResourceTypes.POD_DISRUPTION_BUDGET);
    }

    /** {@return the autoscalers} */
    default Resources<HorizontalPodAutoscaler, ObjectHandle<HorizontalPodAutoscaler>> horizontalPodAutoscalers() {
        return resources(ResourceTypes.HORIZONTAL_POD_AUTOSCALER);
    }

    /** {@return the service accounts} */
    default Resources<ServiceAccount, ObjectHandle<ServiceAccount>> serviceAccounts() {
        return resources(ResourceTypes.SERVICE_ACCOUNT);
    }

    /** {@return the jobs} */
    Resources<Job, JobHandle> jobs();

    /** {@return the cron jobs} */
    Resources<CronJob, CronJobHandle> cronJobs();

    /** {@return the endpoints of services} */
    default Resources<Endpoints, ObjectHandle<Endpoints>> endpoints() {
        return resources(ResourceTypes.ENDPOINTS);
    }

    /** {@return the endpoint slices of services} */
    default Resources<EndpointSlice, ObjectHandle<EndpointSlice>> endpointSlices() {
        return resources(ResourceTypes.ENDPOINT_SLICE);
    }

    /** {@return the ingresses} */
    default Resources<Ingress, ObjectHandle<Ingress>> ingresses() {
        return resources(ResourceTypes.INGRESS);
    }

    /** {@return the claims on persistent volumes} */
    default Resources<PersistentVolumeClaim, ObjectHandle<PersistentVolumeClaim>> persistentVolumeClaims() {
        return resources(ResourceTypes.PERSISTENT_VOLUME_CLAIM);
    }
}
