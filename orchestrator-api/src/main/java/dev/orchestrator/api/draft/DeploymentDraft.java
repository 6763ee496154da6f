package dev.orchestrator.api.draft;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.apps.DeploymentStrategy;
import dev.orchestrator.api.model.apps.RollingUpdateDeployment;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.LabelSelector;

/**
 * A deployment in the making; without a selector of its own it selects the labels of its pods, {@code app=<name>}
 * unless told otherwise.
 */
public final class DeploymentDraft extends WorkloadDraft<Deployment, DeploymentDraft> {

    DeploymentDraft(Deployment object) {
        super(object);
    }

    @Override
    DeploymentDraft self() {
        return this;
    }

    /** Changes the spec through the builder of its record: for fields that no other method sets. */
    public DeploymentDraft spec(UnaryOperator<DeploymentSpecBuilder> change) {
        return change(object -> DeploymentBuilder.builder(object)
                .spec(change.apply(DeploymentSpecBuilder.builder(object.spec())).build())
                .build());
    }

    /** Sets how many pods there are to be. */
    public DeploymentDraft replicas(int count) {
        return spec(spec -> spec.replicas(count));
    }

    /** Sets how long a pod must be ready to count as available, in whole seconds. */
    public DeploymentDraft minReady(Duration duration) {
        return spec(spec -> spec.minReadySeconds((int) duration.toSeconds()));
    }

    /** Replaces pods at most so many at a time: counts such as {@code 1} or shares such as {@code 25%}. */
    public DeploymentDraft rollingUpdate(String maxSurge, String maxUnavailable) {
        return spec(spec -> spec.strategy(new DeploymentStrategy(
                new RollingUpdateDeployment(IntOrString.parse(maxSurge), IntOrString.parse(maxUnavailable)),
                "RollingUpdate")));
    }

    /** Ends all old pods before the first new one starts. */
    public DeploymentDraft recreate() {
        return spec(spec -> spec.strategy(new DeploymentStrategy(null, "Recreate")));
    }

    /** Sets after how long without progress a rollout counts as failed, in whole seconds. */
    public DeploymentDraft progressDeadline(Duration deadline) {
        return spec(spec -> spec.progressDeadlineSeconds((int) deadline.toSeconds()));
    }

    /** Sets how many old revisions can be gone back to. */
    public DeploymentDraft revisionHistoryLimit(int revisions) {
        return spec(spec -> spec.revisionHistoryLimit(revisions));
    }

    @Override
    PodTemplateSpec template(Deployment object) {
        return object.spec().template();
    }

    @Override
    Deployment withTemplate(Deployment object, PodTemplateSpec template) {
        return DeploymentBuilder.builder(object)
                .spec(DeploymentSpecBuilder.builder(object.spec())
                        .template(template)
                        .build())
                .build();
    }

    /** {@return the object; without labels and selector of its own its pods carry and select {@code app=<name>}} */
    @Override
    public Deployment build() {
        Deployment object = object();
        PodTemplateSpec template = labelled(object.metadata(), object.spec().template());
        var spec = DeploymentSpecBuilder.builder(object.spec()).template(template);
        if (object.spec().selector() == null) {
            spec.selector(new LabelSelector(List.of(), template.metadata().labels()));
        }
        return DeploymentBuilder.builder(object)
                .metadata(labelled(object.metadata()))
                .spec(spec.build())
                .build();
    }
}
