package dev.orchestrator.runtime.controller.deployment;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.revision.TemplateHash;

/** The rollback that a deployment of the old extensions API asks for with an annotation. */
final class RollbackRequest {

    private RollbackRequest() {}

    /** {@return the revision asked for, 0 for the last one; empty when none is} */
    static OptionalLong of(Deployment deployment) {
        String text = deployment.metadata().annotations().get(RolloutAnnotations.ROLLBACK_TO);
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }

    /** Grants or refuses the request, and takes it away in any case. */
    static void answer(DeploymentWriter writer, Deployment deployment, List<ReplicaSet> sets, long asked) {
        long revision = asked == 0 ? RolloutAnnotations.lastRevision(sets) : asked;
        Optional<ReplicaSet> version = sets.stream()
                .filter(set -> revision > 0 && set.revision().orElse(0) == revision)
                .findFirst();
        if (version.isEmpty()) {
            writer.tell(
                    deployment,
                    "Warning",
                    "DeploymentRollbackRevisionNotFound",
                    revision == 0 ? "Unable to find last revision." : "Unable to find the revision to rollback to.");
        } else if (TemplateHash.sameTemplate(
                version.get().spec().template(), deployment.spec().template())) {
            writer.tell(
                    deployment,
                    "Warning",
                    "DeploymentRollbackTemplateUnchanged",
                    "The rollback revision contains the same template as current deployment \""
                            + deployment.metadata().nameOrEmpty() + "\"");
        } else {
            writer.edit(deployment, writer.request(), stored -> without(stored.rolledBackTo(version.get())));
            writer.tell(
                    deployment,
                    "Normal",
                    "DeploymentRollback",
                    "Rolled back deployment \"" + deployment.metadata().nameOrEmpty() + "\" to revision " + revision);
            return;
        }
        writer.edit(deployment, writer.request(), RollbackRequest::without);
    }

    private static Deployment without(Deployment deployment) {
        var annotations = new HashMap<>(deployment.metadata().annotations());
        annotations.remove(RolloutAnnotations.ROLLBACK_TO);
        return deployment.withMetadata(ObjectMetaBuilder.builder(deployment.metadata())
                .annotations(annotations)
                .build());
    }
}
