package dev.orchestrator.runtime.controller.deployment;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.apps.DeploymentStrategy;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetStatusBuilder;
import dev.orchestrator.api.model.apps.RollingUpdateDeployment;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.PodTemplateSpecBuilder;
import dev.orchestrator.api.model.meta.LabelSelectorBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.revision.TemplateHash;

/** Deployments and replica sets of the plan tests: versions are image tags. */
final class Rollouts {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Map<String, String> LABELS = Map.of("app", "web");

    private Rollouts() {}

    static PodTemplateSpec template(int version) {
        return PodTemplateSpecBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().labels(LABELS).build())
                .spec(PodSpecBuilder.builder()
                        .containers(List.of(ContainerBuilder.builder()
                                .name("app")
                                .image("app:" + version)
                                .build()))
                        .build())
                .build();
    }

    /** Version 2 of {@code web}, rolling. */
    static Deployment deployment(int replicas, String maxSurge, String maxUnavailable) {
        var rolling = new RollingUpdateDeployment(IntOrString.parse(maxSurge), IntOrString.parse(maxUnavailable));
        return DeploymentBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("web")
                        .namespace("default")
                        .uid("deployment-uid")
                        .generation(1)
                        .build())
                .spec(DeploymentSpecBuilder.builder()
                        .replicas(replicas)
                        .selector(LabelSelectorBuilder.builder()
                                .matchLabels(LABELS)
                                .build())
                        .strategy(new DeploymentStrategy(rolling, "RollingUpdate"))
                        .progressDeadlineSeconds(600)
                        .revisionHistoryLimit(10)
                        .template(template(2))
                        .build())
                .build();
    }

    /** The same from a text: {@code 10 +3 -25%} is ten replicas, three more, a quarter fewer. */
    static Deployment bounded(String text) {
        String[] parts = text.split(" [+-]", -1);
        return deployment(Integer.parseInt(parts[0]), parts[1], parts[2]);
    }

    /**
     * A settled replica set of a version, sized for a deployment, from a text: {@code 8/5} is eight pods, five
     * available.
     */
    static ReplicaSet set(int version, String text, Deployment deployment) {
        String[] parts = text.split("/", -1);
        RollingBounds bounds = RollingBounds.of(deployment);
        return set(
                version, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), bounds.replicas(), bounds.maxPods());
    }

    /** A settled replica set of a version, sized for a deployment of that many replicas and pods. */
    static ReplicaSet set(int version, int wanted, int available, int desired, int max) {
        return ReplicaSetBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("web-" + version)
                        .namespace("default")
                        .uid("set-uid-" + version)
                        .creationTimestamp(NOW.minusSeconds(1000).plusSeconds(version))
                        .generation(1)
                        .annotations(Map.of(
                                RolloutAnnotations.REVISION, Integer.toString(version),
                                RolloutAnnotations.DESIRED_REPLICAS, Integer.toString(desired),
                                RolloutAnnotations.MAX_REPLICAS, Integer.toString(max)))
                        .build())
                .spec(ReplicaSetSpecBuilder.builder()
                        .replicas(wanted)
                        .template(TemplateHash.with(template(version), "hash" + version))
                        .build())
                .status(ReplicaSetStatusBuilder.builder()
                        .observedGeneration(1)
                        .replicas(wanted)
                        .readyReplicas(available)
                        .availableReplicas(available)
                        .build())
                .build();
    }

    static RolloutState state(Deployment deployment, ReplicaSet... sets) {
        return RolloutState.of(deployment, List.of(sets), ReplicaSetState::reported);
    }

    /** {@return the plan as text: {@code web-1=8 web-2=5}} */
    static String text(List<Resize> resizes) {
        var text = new StringBuilder();
        for (Resize resize : resizes) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(resize.set().metadata().nameOrEmpty())
                    .append('=')
                    .append(resize.replicas());
        }
        return text.toString();
    }
}
