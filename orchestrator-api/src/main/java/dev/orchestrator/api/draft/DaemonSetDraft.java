package dev.orchestrator.api.draft;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.DaemonSetBuilder;
import dev.orchestrator.api.model.apps.DaemonSetSpecBuilder;
import dev.orchestrator.api.model.apps.DaemonSetUpdateStrategy;
import dev.orchestrator.api.model.apps.RollingUpdateDaemonSet;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.LabelSelector;

/**
 * A daemon set in the making; without a selector of its own it selects the labels of its pods, {@code app=<name>}
 * unless told otherwise.
 */
public final class DaemonSetDraft extends WorkloadDraft<DaemonSet, DaemonSetDraft> {

    DaemonSetDraft(DaemonSet object) {
        super(object);
    }

    @Override
    DaemonSetDraft self() {
        return this;
    }

    /** Changes the spec through the builder of its record: for fields that no other method sets. */
    public DaemonSetDraft spec(UnaryOperator<DaemonSetSpecBuilder> change) {
        return change(object -> DaemonSetBuilder.builder(object)
                .spec(change.apply(DaemonSetSpecBuilder.builder(object.spec())).build())
                .build());
    }

    /** Sets how long a pod must be ready to count as available, in whole seconds. */
    public DaemonSetDraft minReady(Duration duration) {
        return spec(spec -> spec.minReadySeconds((int) duration.toSeconds()));
    }

    /**
     * Has pods replaced by themselves when the template changes; one of the bounds must be zero.
     *
     * @param maxSurge how many nodes may have an old and a new pod, as a number or in percent
     * @param maxUnavailable how many nodes may be without an available pod, as a number or in percent
     */
    public DaemonSetDraft rollingUpdate(String maxSurge, String maxUnavailable) {
        var rolling = new RollingUpdateDaemonSet(IntOrString.parse(maxSurge), IntOrString.parse(maxUnavailable));
        return spec(spec -> spec.updateStrategy(new DaemonSetUpdateStrategy(rolling, "RollingUpdate")));
    }

    /** Has pods get a new template only when somebody deletes them. */
    public DaemonSetDraft updateOnDelete() {
        return spec(spec -> spec.updateStrategy(new DaemonSetUpdateStrategy(null, "OnDelete")));
    }

    @Override
    PodTemplateSpec template(DaemonSet object) {
        return object.spec().template();
    }

    @Override
    DaemonSet withTemplate(DaemonSet object, PodTemplateSpec template) {
        return DaemonSetBuilder.builder(object)
                .spec(DaemonSetSpecBuilder.builder(object.spec())
                        .template(template)
                        .build())
                .build();
    }

    /** {@return the object; without labels and selector of its own its pods carry and select {@code app=<name>}} */
    @Override
    public DaemonSet build() {
        DaemonSet object = object();
        PodTemplateSpec template = labelled(object.metadata(), object.spec().template());
        var spec = DaemonSetSpecBuilder.builder(object.spec()).template(template);
        if (object.spec().selector() == null) {
            spec.selector(new LabelSelector(List.of(), template.metadata().labels()));
        }
        return DaemonSetBuilder.builder(object)
                .metadata(labelled(object.metadata()))
                .spec(spec.build())
                .build();
    }
}
