package dev.orchestrator.runtime.handle;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.ControllerRevision;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ReplicationController;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.runtime.revision.Revisions;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/** Decides from an object's status whether its pods are available as wanted. */
final class Availability {

    private Availability() {}

    /** {@return whether as many pods as wanted are available; impossible if one of the newest can never be} */
    static Verdict of(ObjectStore store, Resource owner) {
        if (isAvailable(owner)) {
            return Verdict.DONE;
        }
        if (owner instanceof Deployment deployment && deployment.hasTimedOut()) {
            return new Verdict.Impossible(Rollouts.deadlineExceeded(deployment));
        }
        return hopeless(store, owner).<Verdict>map(Verdict.Impossible::new).orElse(Verdict.PENDING);
    }

    private static boolean isAvailable(Resource owner) {
        return switch (owner) {
            case Deployment it -> it.isObserved() && it.status().availableReplicas() >= it.desiredReplicas();
            case ReplicaSet it -> it.isObserved() && it.status().availableReplicas() >= it.desiredReplicas();
            case StatefulSet it -> it.isObserved() && it.status().availableReplicas() >= it.desiredReplicas();
            case ReplicationController it ->
                isObserved(it, it.status().observedGeneration())
                        && it.status().availableReplicas() >= wanted(it.spec().replicas());
            case DaemonSet it ->
                it.isObserved() && it.status().numberAvailable() >= it.status().desiredNumberScheduled();
            default -> throw new IllegalArgumentException(owner.resourceType() + " keeps no pods");
        };
    }

    private static boolean isObserved(Resource object, @Nullable Long observed) {
        return observed != null && observed >= object.metadata().generation();
    }

    private static int wanted(@Nullable Integer replicas) {
        return replicas == null ? 1 : replicas;
    }

    /** {@return why a pod of the newest template can never become ready, if so} */
    static Optional<String> hopeless(ObjectStore store, Resource owner) {
        return newestPods(store, owner).stream()
                .filter(pod -> !pod.isStopping() && !pod.isFinished()) // those are replaced
                .flatMap(pod -> Hopeless.why(pod).stream())
                .findFirst();
    }

    /** What blocks an older version matters only where pods are not replaced before those before them are well. */
    private static List<Pod> newestPods(ObjectStore store, Resource owner) {
        return switch (owner) {
            case Deployment it ->
                Rollouts.newest(store, it)
                        .map(set -> store.podsControlledBy(set.metadata().uidOrEmpty()))
                        .orElse(List.of());
            case StatefulSet it when "Parallel".equals(it.spec().podManagementPolicy()) -> newest(store, it);
            case DaemonSet it -> newest(store, it);
            default -> PodOwners.pods(store, owner);
        };
    }

    private static List<Pod> newest(ObjectStore store, Resource owner) {
        String uid = owner.metadata().uidOrEmpty();
        Set<String> names = store.controlledBy(ResourceTypes.CONTROLLER_REVISION, uid).stream()
                .max(Comparator.comparingLong(ControllerRevision::revision))
                .map(newest -> Set.of(
                        newest.metadata().nameOrEmpty(),
                        newest.metadata().labels().getOrDefault(Revisions.POD_LABEL, "")))
                .orElse(Set.of());
        return store.podsControlledBy(uid).stream()
                .filter(pod -> names.contains(pod.metadata().labels().getOrDefault(Revisions.POD_LABEL, "")))
                .toList();
    }

    /** {@return the labels that an object selects its pods by} */
    static Map<String, String> selectorLabels(Resource owner) {
        LabelSelector selector = switch (owner) {
            case Deployment it -> it.spec().selector();
            case ReplicaSet it -> it.spec().selector();
            case StatefulSet it -> it.spec().selector();
            case DaemonSet it -> it.spec().selector();
            case ReplicationController it ->
                new LabelSelector(List.of(), it.spec().selector());
            default -> throw new IllegalArgumentException(owner.resourceType() + " keeps no pods");
        };
        if (selector == null
                || selector.matchLabels().isEmpty()
                || !selector.matchExpressions().isEmpty()) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    "couldn't convert expressions - \"" + selector + "\" to map-based selector format");
        }
        return selector.matchLabels();
    }
}
