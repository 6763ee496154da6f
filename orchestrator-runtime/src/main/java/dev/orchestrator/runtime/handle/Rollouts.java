package dev.orchestrator.runtime.handle;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.DeploymentHandle.Revision;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.runtime.store.ObjectStore;

import static java.util.Objects.requireNonNullElse;

/** What a deployment's replica sets tell about its rollouts. */
final class Rollouts {

    private static final String CHANGE_CAUSE = "kubernetes.io/change-cause";

    private Rollouts() {}

    /** {@return the revisions, oldest first} */
    static List<Revision> history(ObjectStore store, Deployment deployment) {
        return store
                .controlledBy(ResourceTypes.REPLICA_SET, deployment.metadata().uidOrEmpty())
                .stream()
                .map(Rollouts::revision)
                .filter(revision -> revision.number() > 0)
                .sorted(Comparator.comparingLong(Revision::number))
                .toList();
    }

    private static Revision revision(ReplicaSet set) {
        return new Revision(
                set.revision().orElse(0), set.metadata().annotations().getOrDefault(CHANGE_CAUSE, ""), set);
    }

    /** {@return the replica set of the present template, if the controller has made it already} */
    static Optional<ReplicaSet> newest(ObjectStore store, Deployment deployment) {
        PodTemplateSpec wanted = deployment.spec().template();
        return store
                .controlledBy(ResourceTypes.REPLICA_SET, deployment.metadata().uidOrEmpty())
                .stream()
                .filter(set -> set.spec().template().withoutHash().equals(wanted))
                .findFirst();
    }

    /**
     * {@return the revision to go back to}
     *
     * @param number zero for the one before the present
     */
    static Revision target(ObjectStore store, Deployment deployment, long number) {
        List<Revision> history = history(store, deployment);
        if (number == 0) {
            if (history.size() < 2) {
                throw notFound("no rollout history found for deployment \""
                        + deployment.key().name() + "\"");
            }
            return history.get(history.size() - 2);
        }
        return history.stream()
                .filter(revision -> revision.number() == number)
                .findFirst()
                .orElseThrow(() -> notFound("unable to find specified revision " + number + " in history"));
    }

    private static ApiException notFound(String message) {
        return ApiException.of(ApiException.Reason.NOT_FOUND, message);
    }

    static String counts(Deployment deployment) {
        var status = deployment.status();
        return deployment.desiredReplicas() + " desired | " + status.updatedReplicas() + " updated | "
                + status.replicas() + " total | " + status.availableReplicas() + " available | "
                + status.unavailableReplicas() + " unavailable";
    }

    static String deadlineExceeded(Deployment deployment) {
        String why = deployment
                .condition("Progressing")
                .map(condition -> ": " + requireNonNullElse(condition.message(), ""))
                .orElse("");
        return "deployment \"" + deployment.key().name() + "\" exceeded its progress deadline" + why;
    }

    /** {@return how far the rollout is, in the words of {@code kubectl rollout status}} */
    static String status(Deployment deployment) {
        String name = "deployment \"" + deployment.key().name() + "\"";
        var status = deployment.status();
        if (!deployment.isObserved()) {
            return "Waiting for deployment spec update to be observed...";
        }
        if (deployment.hasTimedOut()) {
            return "error: " + name + " exceeded its progress deadline";
        }
        if (status.updatedReplicas() < deployment.desiredReplicas()) {
            return "Waiting for " + name + " rollout to finish: " + status.updatedReplicas() + " out of "
                    + deployment.desiredReplicas() + " new replicas have been updated...";
        }
        if (status.replicas() > status.updatedReplicas()) {
            return "Waiting for " + name + " rollout to finish: " + (status.replicas() - status.updatedReplicas())
                    + " old replicas are pending termination...";
        }
        if (status.availableReplicas() < status.updatedReplicas()) {
            return "Waiting for " + name + " rollout to finish: " + status.availableReplicas() + " of "
                    + status.updatedReplicas() + " updated replicas are available...";
        }
        return name + " successfully rolled out";
    }
}
