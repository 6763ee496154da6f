package dev.orchestrator.runtime.controller.deployment;

import java.time.InstantSource;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentStatusBuilder;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.runtime.claim.Claimer;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.store.ObjectStore;

/** Brings the replica sets of one deployment a step closer to what it wants. */
final class DeploymentReconciler implements Reconciler<ObjectKey> {

    private final ObjectStore store;
    private final InstantSource time;
    private final DeploymentWriter writer;
    private final Claimer<ReplicaSet> claimer;

    DeploymentReconciler(ObjectStore store, InstantSource time, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.writer = new DeploymentWriter(store, events);
        this.claimer = new Claimer<>(store, ResourceTypes.REPLICA_SET, writer.request());
    }

    // Nothing depends on the yield but how often the same thing is computed.
    @SuppressWarnings("ThreadPriorityCheck")
    @Override
    public Outcome reconcile(ObjectKey key) {
        // Under load more replica sets report first, and one pass takes all of that into account.
        Thread.yield();
        Optional<Deployment> found = store.find(ResourceTypes.DEPLOYMENT, key);
        if (found.isEmpty()) {
            // Its replica sets are the garbage collector's.
            return Outcome.done();
        }
        Deployment deployment = found.get();
        Selector selector = Selector.of(deployment.spec().selector());
        if (selector.requirements().isEmpty()) {
            return refuseEverything(deployment);
        }
        try {
            return new RolloutPass(store, writer, deployment, claimer.claim(deployment, selector), time.instant())
                    .run();
        } catch (ApiException e) {
            if (e.reason() == ApiException.Reason.NOT_FOUND && !isStored(deployment)) {
                // It went while it was looked at; whoever has its name now is looked at next.
                return Outcome.done();
            }
            throw e;
        }
    }

    private boolean isStored(Deployment deployment) {
        return store.find(ResourceTypes.DEPLOYMENT, deployment.key())
                .filter(stored -> stored.metadata()
                        .uidOrEmpty()
                        .equals(deployment.metadata().uidOrEmpty()))
                .isPresent();
    }

    private Outcome refuseEverything(Deployment deployment) {
        writer.tell(
                deployment,
                "Warning",
                "SelectingAll",
                "This deployment is selecting all pods. A non-empty selector is required.");
        if (!deployment.isObserved()) {
            writer.report(
                    deployment,
                    DeploymentStatusBuilder.builder(deployment.status())
                            .observedGeneration(deployment.metadata().generation())
                            .build());
        }
        return Outcome.done();
    }
}
