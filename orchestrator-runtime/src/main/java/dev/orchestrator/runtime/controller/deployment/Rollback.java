package dev.orchestrator.runtime.controller.deployment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

/** Brings a deployment back to an earlier version, as {@code kubectl rollout undo} does. */
public final class Rollback {

    private Rollback() {}

    /**
     * {@return the deployment with the template and annotations of an earlier version; the very deployment given when
     * its template is that one already}
     *
     * @param sets the replica sets that the deployment controls
     * @param revision the version to go back to; 0 for the one before the present one
     * @throws ApiException if there is no such version, or with {@link Reason#BAD_REQUEST} if the deployment is paused
     */
    public static Deployment to(Deployment deployment, List<ReplicaSet> sets, long revision) {
        ReplicaSet target = target(deployment, sets, revision);
        if (deployment.spec().paused()) {
            throw ApiException.of(
                    Reason.BAD_REQUEST,
                    "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try"
                            + " again");
        }
        if (TemplateHash.sameTemplate(
                target.spec().template(), deployment.spec().template())) {
            return deployment;
        }
        return withVersion(deployment, target);
    }

    private static ReplicaSet target(Deployment deployment, List<ReplicaSet> sets, long revision) {
        if (revision < 0) {
            throw unknownRevision(revision);
        }
        if (revision > 0) {
            return find(sets, revision).orElseThrow(() -> unknownRevision(revision));
        }
        long previous = RolloutAnnotations.lastRevision(sets);
        return (previous == 0 ? Optional.<ReplicaSet>empty() : find(sets, previous))
                .orElseThrow(() -> ApiException.of(
                        Reason.NOT_FOUND,
                        "no rollout history found for deployment \""
                                + deployment.metadata().nameOrEmpty() + "\""));
    }

    private static ApiException unknownRevision(long revision) {
        return ApiException.of(Reason.NOT_FOUND, "unable to find specified revision " + revision + " in history");
    }

    static Optional<ReplicaSet> find(List<ReplicaSet> sets, long revision) {
        return sets.stream().filter(set -> set.revision().orElse(0) == revision).findFirst();
    }

    /** {@return the deployment with the template of a replica set, and the annotations that described that version} */
    static Deployment withVersion(Deployment deployment, ReplicaSet version) {
        Map<String, String> annotations = new HashMap<>();
        deployment.metadata().annotations().forEach((name, value) -> {
            if (RolloutAnnotations.NOT_COPIED.contains(name)) {
                annotations.put(name, value);
            }
        });
        version.metadata().annotations().forEach((name, value) -> {
            if (!RolloutAnnotations.NOT_COPIED.contains(name)) {
                annotations.put(name, value);
            }
        });
        PodTemplateSpec template = TemplateHash.without(version.spec().template());
        return DeploymentBuilder.builder(deployment)
                .metadata(ObjectMetaBuilder.builder(deployment.metadata())
                        .annotations(annotations)
                        .build())
                .spec(DeploymentSpecBuilder.builder(deployment.spec())
                        .template(template)
                        .build())
                .build();
    }
}
