package dev.orchestrator.runtime.controller.deployment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.LabelSelectorBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.claim.Claimer;
import dev.orchestrator.runtime.revision.TemplateHash;

import static java.util.Objects.requireNonNullElse;

/** The replica set that a deployment's template needs. */
final class NewReplicaSet {

    private static final int NAME_LIMIT = 253;

    private NewReplicaSet() {}

    static ReplicaSet of(Deployment deployment, int replicas, long revision) {
        PodTemplateSpec wanted = deployment.spec().template();
        String hash = TemplateHash.of(wanted, deployment.status().collisionCount());
        PodTemplateSpec template = TemplateHash.with(wanted, hash);
        Map<String, String> annotations = RolloutAnnotations.sized(
                RolloutAnnotations.current(deployment, Map.of(), revision), RollingBounds.of(deployment));
        var metadata = ObjectMetaBuilder.builder()
                .name(name(deployment.metadata().nameOrEmpty(), hash))
                .namespace(deployment.metadata().namespace())
                .labels(template.metadata().labels())
                .annotations(annotations)
                .ownerReferences(List.of(Claimer.reference(deployment)))
                .build();
        return ReplicaSetBuilder.builder()
                .metadata(metadata)
                .spec(ReplicaSetSpecBuilder.builder()
                        .replicas(replicas)
                        .minReadySeconds(deployment.spec().minReadySeconds())
                        .selector(selector(deployment, hash))
                        .template(template)
                        .build())
                .build();
    }

    private static String name(String deployment, String hash) {
        int longest = NAME_LIMIT - hash.length() - 1;
        return (deployment.length() > longest ? deployment.substring(0, longest) : deployment) + "-" + hash;
    }

    private static LabelSelector selector(Deployment deployment, String hash) {
        LabelSelector wanted = requireNonNullElse(
                deployment.spec().selector(), LabelSelectorBuilder.builder().build());
        var labels = new HashMap<>(wanted.matchLabels());
        labels.put(PodTemplateSpec.HASH_LABEL, hash);
        return LabelSelectorBuilder.builder(wanted).matchLabels(labels).build();
    }
}
