package dev.orchestrator.api.draft;

import java.time.Duration;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.ReplicationController;
import dev.orchestrator.api.model.core.ReplicationControllerBuilder;
import dev.orchestrator.api.model.core.ReplicationControllerSpecBuilder;

import static java.util.Objects.requireNonNullElse;

/**
 * A replication controller in the making; without a selector of its own it selects the labels of its pods,
 * {@code app=<name>} unless told otherwise.
 */
public final class ReplicationControllerDraft extends WorkloadDraft<ReplicationController, ReplicationControllerDraft> {

    ReplicationControllerDraft(ReplicationController object) {
        super(object);
    }

    @Override
    ReplicationControllerDraft self() {
        return this;
    }

    /** Changes the spec through the builder of its record: for fields that no other method sets. */
    public ReplicationControllerDraft spec(UnaryOperator<ReplicationControllerSpecBuilder> change) {
        return change(object -> ReplicationControllerBuilder.builder(object)
                .spec(change.apply(ReplicationControllerSpecBuilder.builder(object.spec()))
                        .build())
                .build());
    }

    /** Sets how many pods there are to be. */
    public ReplicationControllerDraft replicas(int count) {
        return spec(spec -> spec.replicas(count));
    }

    /** Sets how long a pod must be ready to count as available, in whole seconds. */
    public ReplicationControllerDraft minReady(Duration duration) {
        return spec(spec -> spec.minReadySeconds((int) duration.toSeconds()));
    }

    @Override
    PodTemplateSpec template(ReplicationController object) {
        return requireNonNullElse(object.spec().template(), PodTemplateSpec.EMPTY);
    }

    @Override
    ReplicationController withTemplate(ReplicationController object, PodTemplateSpec template) {
        return ReplicationControllerBuilder.builder(object)
                .spec(ReplicationControllerSpecBuilder.builder(object.spec())
                        .template(template)
                        .build())
                .build();
    }

    /** {@return the object; without labels and selector of its own its pods carry and select {@code app=<name>}} */
    @Override
    public ReplicationController build() {
        ReplicationController object = object();
        PodTemplateSpec template = labelled(object.metadata(), template(object));
        var spec = ReplicationControllerSpecBuilder.builder(object.spec()).template(template);
        if (object.spec().selector().isEmpty()) {
            spec.selector(template.metadata().labels());
        }
        return ReplicationControllerBuilder.builder(object)
                .metadata(labelled(object.metadata()))
                .spec(spec.build())
                .build();
    }
}
