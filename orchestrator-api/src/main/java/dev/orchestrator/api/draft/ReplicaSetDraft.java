package dev.orchestrator.api.draft;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.LabelSelector;

/**
 * A replica set in the making; without a selector of its own it selects the labels of its pods, {@code app=<name>}
 * unless told otherwise.
 */
public final class ReplicaSetDraft extends WorkloadDraft<ReplicaSet, ReplicaSetDraft> {

    ReplicaSetDraft(ReplicaSet object) {
        super(object);
    }

    @Override
    ReplicaSetDraft self() {
        return this;
    }

    /** Changes the spec through the builder of its record: for fields that no other method sets. */
    public ReplicaSetDraft spec(UnaryOperator<ReplicaSetSpecBuilder> change) {
        return change(object -> ReplicaSetBuilder.builder(object)
                .spec(change.apply(ReplicaSetSpecBuilder.builder(object.spec())).build())
                .build());
    }

    /** Sets how many pods there are to be. */
    public ReplicaSetDraft replicas(int count) {
        return spec(spec -> spec.replicas(count));
    }

    /** Sets how long a pod must be ready to count as available, in whole seconds. */
    public ReplicaSetDraft minReady(Duration duration) {
        return spec(spec -> spec.minReadySeconds((int) duration.toSeconds()));
    }

    @Override
    PodTemplateSpec template(ReplicaSet object) {
        return object.spec().template();
    }

    @Override
    ReplicaSet withTemplate(ReplicaSet object, PodTemplateSpec template) {
        return ReplicaSetBuilder.builder(object)
                .spec(ReplicaSetSpecBuilder.builder(object.spec())
                        .template(template)
                        .build())
                .build();
    }

    /** {@return the object; without labels and selector of its own its pods carry and select {@code app=<name>}} */
    @Override
    public ReplicaSet build() {
        ReplicaSet object = object();
        PodTemplateSpec template = labelled(object.metadata(), object.spec().template());
        var spec = ReplicaSetSpecBuilder.builder(object.spec()).template(template);
        if (object.spec().selector() == null) {
            spec.selector(new LabelSelector(List.of(), template.metadata().labels()));
        }
        return ReplicaSetBuilder.builder(object)
                .metadata(labelled(object.metadata()))
                .spec(spec.build())
                .build();
    }
}
