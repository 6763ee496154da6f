package dev.orchestrator.runtime.controller.deployment;

import java.time.InstantSource;
import java.util.Optional;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentStatusBuilder;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.store.ObjectStore;

/** Brings the replica sets of one deployment a step closer to what it wants. */
final class DeploymentReconciler implements Reconciler<ObjectKey> {

    private final ObjectStore store;
    private final InstantSource time;
    private final DeploymentWriter writer;
    private final ReplicaSetClaimer claimer;

    DeploymentReconciler(ObjectStore store, InstantSource time, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.writer = new DeploymentWriter(store, events);
        this.claimer = new ReplicaSetClaimer(store, writer.request());
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
        return new RolloutPass(store, writer, deployment, claimer.claim(deployment, selector), time.instant()).run();
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
