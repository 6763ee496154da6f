package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.DeploymentHandle;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;

/** A stored deployment. */
final class StoredDeployment extends PodsOwner<Deployment, DeploymentHandle> implements DeploymentHandle {

    StoredDeployment(HandleContext context, ObjectKey key) {
        super(context, ResourceTypes.DEPLOYMENT, key);
    }

    @Override
    DeploymentHandle self() {
        return this;
    }

    @Override
    public DeploymentHandle awaitRollout(Duration timeout) throws InterruptedException {
        waitWithPods("for its rollout", this::rolledOut, timeout);
        return this;
    }

    private Verdict rolledOut(Deployment deployment) {
        if (deployment.isComplete()) {
            return Verdict.DONE;
        }
        if (deployment.hasTimedOut()) {
            return new Verdict.Impossible(Rollouts.deadlineExceeded(deployment));
        }
        return Availability.hopeless(context.store(), deployment)
                .<Verdict>map(Verdict.Impossible::new)
                .orElse(Verdict.PENDING);
    }

    @Override
    public String rolloutStatus() {
        return Rollouts.status(get());
    }

    @Override
    public List<Revision> rolloutHistory() {
        return Rollouts.history(context.store(), get());
    }

    @Override
    public DeploymentHandle undoRollout() {
        return undo(0);
    }

    @Override
    public DeploymentHandle undoRollout(long revision) {
        if (revision < 1) {
            throw new IllegalArgumentException("revisions count from 1: " + revision);
        }
        return undo(revision);
    }

    private DeploymentHandle undo(long revision) {
        return edit(deployment -> {
            Revision target = Rollouts.target(context.store(), deployment, revision);
            if (deployment.spec().paused()) {
                throw refused("you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume'"
                        + " and try again");
            }
            return deployment.rolledBackTo(target.replicaSet());
        });
    }

    @Override
    public DeploymentHandle pauseRollout() {
        return edit(deployment -> {
            if (deployment.spec().paused()) {
                throw refused("deployments.apps \"" + name() + "\" is already paused");
            }
            return paused(deployment, true);
        });
    }

    @Override
    public DeploymentHandle resumeRollout() {
        return edit(deployment -> {
            if (!deployment.spec().paused()) {
                throw refused("deployments.apps \"" + name() + "\" is not paused");
            }
            return paused(deployment, false);
        });
    }

    private static Deployment paused(Deployment deployment, boolean paused) {
        return DeploymentBuilder.builder(deployment)
                .spec(DeploymentSpecBuilder.builder(deployment.spec())
                        .paused(paused)
                        .build())
                .build();
    }

    @Override
    public DeploymentHandle restartRollout() {
        Instant now = context.time().instant();
        return edit(deployment -> {
            if (deployment.spec().paused()) {
                throw refused("can't restart paused deployment (run rollout resume first)");
            }
            return Restart.of(deployment, now);
        });
    }

    private static ApiException refused(String why) {
        return ApiException.of(ApiException.Reason.BAD_REQUEST, why);
    }
}
