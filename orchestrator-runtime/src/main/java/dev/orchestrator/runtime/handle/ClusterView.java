package dev.orchestrator.runtime.handle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.Cluster;
import dev.orchestrator.api.CronJobHandle;
import dev.orchestrator.api.DaemonSetHandle;
import dev.orchestrator.api.DeploymentHandle;
import dev.orchestrator.api.JobHandle;
import dev.orchestrator.api.NodeHandle;
import dev.orchestrator.api.ObjectHandle;
import dev.orchestrator.api.PodHandle;
import dev.orchestrator.api.Resources;
import dev.orchestrator.api.ServiceHandle;
import dev.orchestrator.api.StatefulSetHandle;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.WorkloadHandle;
import dev.orchestrator.api.model.Definition;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.batch.CronJob;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ReplicationController;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;

import static java.util.Objects.requireNonNull;

/** A cluster seen from one namespace; the composition root extends it. */
public class ClusterView implements Cluster {

    private final HandleContext context;
    private final String namespace;
    private final CustomKinds kinds;

    /** Makes a view. */
    public ClusterView(HandleContext context, String namespace) {
        this.context = requireNonNull(context, "context is null");
        this.namespace = requireNonNull(namespace, "namespace is null");
        this.kinds = new CustomKinds(context);
    }

    @Override
    public final String namespace() {
        return namespace;
    }

    @Override
    public final Cluster inNamespace(String other) {
        return new ClusterView(context, other);
    }

    @Override
    public final TimeSource time() {
        return context.time();
    }

    @Override
    public final List<Resource> apply(Iterable<? extends Definition> objects) {
        List<Resource> wanted = resources(objects);
        var trial = new Applier(context.store(), HandleContext.WRITE.asDryRun());
        tryAll(wanted, object -> placed(kinds.ifKnown(object)).ifPresent(trial::apply));
        var applier = new Applier(context.store(), HandleContext.WRITE);
        return wanted.stream().map(object -> applier.apply(known(object))).toList();
    }

    @Override
    public final List<Resource> create(Iterable<? extends Definition> objects) {
        List<Resource> wanted = resources(objects);
        tryAll(
                wanted,
                object -> placed(kinds.ifKnown(object))
                        .ifPresent(known -> context.store().create(known, HandleContext.WRITE.asDryRun())));
        return wanted.stream()
                .map(object -> context.store().create(known(object), HandleContext.WRITE))
                .toList();
    }

    /**
     * Finds what is wrong with any of several objects before the first of them is written. What one object lacks may be
     * what another one brings, such as its namespace: only faults of the objects themselves count.
     */
    private static void tryAll(List<Resource> objects, Consumer<Resource> trial) {
        if (objects.size() < 2) {
            return;
        }
        for (Resource object : objects) {
            try {
                trial.accept(object);
            } catch (ApiException refused) {
                boolean isItsOwnFault = refused.reason() == ApiException.Reason.INVALID
                        || refused.reason() == ApiException.Reason.BAD_REQUEST;
                if (isItsOwnFault) {
                    throw refused;
                }
            }
        }
    }

    @Override
    public final void delete(Iterable<? extends Definition> objects) {
        var options =
                DeleteOptionsBuilder.builder().propagationPolicy("Background").build();
        for (Resource named : resources(objects)) {
            Optional<Resource> known = placed(kinds.ifKnown(named));
            if (known.isEmpty()) {
                continue;
            }
            Resource object = known.get();
            try {
                context.store().delete(object.resourceType(), object.key(), options, HandleContext.WRITE);
            } catch (ApiException refused) {
                if (refused.reason() != ApiException.Reason.NOT_FOUND) {
                    throw refused;
                }
            }
        }
    }

    private List<Resource> resources(Iterable<? extends Definition> definitions) {
        var resources = new ArrayList<Resource>();
        requireNonNull(definitions, "objects is null").forEach(definition -> {
            requireNonNull(definition, "object is null");
            resources.add(definition.toResource());
        });
        return resources;
    }

    private Resource known(Resource object) {
        return Namespaces.in(namespace, kinds.known(object));
    }

    private Optional<Resource> placed(Optional<Resource> object) {
        return object.map(known -> Namespaces.in(namespace, known));
    }

    @Override
    public final String explain(String path) {
        return FieldTable.of(requireNonNull(path, "path is null"), false);
    }

    @Override
    public final String explainRecursively(String path) {
        return FieldTable.of(requireNonNull(path, "path is null"), true);
    }

    @Override
    public final <R extends Resource> Resources<R, ObjectHandle<R>> resources(ResourceType<R> type) {
        ResourceType<R> known = kinds.known(type);
        return new ResourceList<>(context, known, namespace, key -> new PlainObject<>(context, known, key));
    }

    @Override
    public final Resources<Pod, PodHandle> pods() {
        return new ResourceList<>(context, ResourceTypes.POD, namespace, key -> new StoredPod(context, key));
    }

    @Override
    public final Resources<Deployment, DeploymentHandle> deployments() {
        return new ResourceList<>(
                context, ResourceTypes.DEPLOYMENT, namespace, key -> new StoredDeployment(context, key));
    }

    @Override
    public final Resources<ReplicaSet, WorkloadHandle<ReplicaSet>> replicaSets() {
        return workloads(ResourceTypes.REPLICA_SET);
    }

    @Override
    public final Resources<StatefulSet, StatefulSetHandle> statefulSets() {
        return new ResourceList<>(
                context, ResourceTypes.STATEFUL_SET, namespace, key -> new StoredStatefulSet(context, key));
    }

    @Override
    public final Resources<DaemonSet, DaemonSetHandle> daemonSets() {
        return new ResourceList<>(
                context, ResourceTypes.DAEMON_SET, namespace, key -> new StoredDaemonSet(context, key));
    }

    @Override
    public final Resources<ReplicationController, WorkloadHandle<ReplicationController>> replicationControllers() {
        return workloads(ResourceTypes.REPLICATION_CONTROLLER);
    }

    private <R extends Resource> Resources<R, WorkloadHandle<R>> workloads(ResourceType<R> type) {
        return new ResourceList<>(context, type, namespace, key -> new StoredWorkload<>(context, type, key));
    }

    @Override
    public final Resources<Service, ServiceHandle> services() {
        return new ResourceList<>(context, ResourceTypes.SERVICE, namespace, key -> new StoredService(context, key));
    }

    @Override
    public final Resources<Job, JobHandle> jobs() {
        return new ResourceList<>(context, ResourceTypes.JOB, namespace, key -> new StoredJob(context, key));
    }

    @Override
    public final Resources<CronJob, CronJobHandle> cronJobs() {
        return new ResourceList<>(context, ResourceTypes.CRON_JOB, namespace, key -> new StoredCronJob(context, key));
    }

    @Override
    public final Resources<Node, NodeHandle> nodes() {
        return new ResourceList<>(
                context, ResourceTypes.NODE, namespace, (ObjectKey key) -> new StoredNode(context, key));
    }
}
