package dev.orchestrator.api.draft;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.apps.RollingUpdateStatefulSetStrategy;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.apps.StatefulSetBuilder;
import dev.orchestrator.api.model.apps.StatefulSetSpecBuilder;
import dev.orchestrator.api.model.apps.StatefulSetUpdateStrategy;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.LabelSelector;

/**
 * A stateful set in the making; without a selector of its own it selects the labels of its pods, {@code app=<name>}
 * unless told otherwise.
 */
public final class StatefulSetDraft extends WorkloadDraft<StatefulSet, StatefulSetDraft> {

    StatefulSetDraft(StatefulSet object) {
        super(object);
    }

    @Override
    StatefulSetDraft self() {
        return this;
    }

    /** Changes the spec through the builder of its record: for fields that no other method sets. */
    public StatefulSetDraft spec(UnaryOperator<StatefulSetSpecBuilder> change) {
        return change(object -> StatefulSetBuilder.builder(object)
                .spec(change.apply(StatefulSetSpecBuilder.builder(object.spec()))
                        .build())
                .build());
    }

    /** Sets how many pods there are to be. */
    public StatefulSetDraft replicas(int count) {
        return spec(spec -> spec.replicas(count));
    }

    /** Sets how long a pod must be ready to count as available, in whole seconds. */
    public StatefulSetDraft minReady(Duration duration) {
        return spec(spec -> spec.minReadySeconds((int) duration.toSeconds()));
    }

    /** Sets the headless service that names the pods. */
    public StatefulSetDraft serviceName(String name) {
        return spec(spec -> spec.serviceName(name));
    }

    /** Has pods come and go all at once, not one after the other. */
    public StatefulSetDraft parallel() {
        return spec(spec -> spec.podManagementPolicy("Parallel"));
    }

    /**
     * Has pods replaced by themselves when the template changes.
     *
     * @param partition how many of the first pods keep their version
     * @param maxUnavailable how many may be out of service, as a number or in percent
     */
    public StatefulSetDraft rollingUpdate(int partition, String maxUnavailable) {
        var rolling = new RollingUpdateStatefulSetStrategy(IntOrString.parse(maxUnavailable), partition);
        return spec(spec -> spec.updateStrategy(new StatefulSetUpdateStrategy(rolling, "RollingUpdate")));
    }

    /** Has pods get a new template only when somebody deletes them. */
    public StatefulSetDraft updateOnDelete() {
        return spec(spec -> spec.updateStrategy(new StatefulSetUpdateStrategy(null, "OnDelete")));
    }

    /** Gives each pod a volume of its own. */
    public StatefulSetDraft volumeClaim(PersistentVolumeClaim claim) {
        return spec(spec ->
                spec.volumeClaimTemplates(ContainerDraft.added(object().spec().volumeClaimTemplates(), claim)));
    }

    @Override
    PodTemplateSpec template(StatefulSet object) {
        return object.spec().template();
    }

    @Override
    StatefulSet withTemplate(StatefulSet object, PodTemplateSpec template) {
        return StatefulSetBuilder.builder(object)
                .spec(StatefulSetSpecBuilder.builder(object.spec())
                        .template(template)
                        .build())
                .build();
    }

    /** {@return the object; without labels and selector of its own its pods carry and select {@code app=<name>}} */
    @Override
    public StatefulSet build() {
        StatefulSet object = object();
        PodTemplateSpec template = labelled(object.metadata(), object.spec().template());
        var spec = StatefulSetSpecBuilder.builder(object.spec()).template(template);
        if (object.spec().selector() == null) {
            spec.selector(new LabelSelector(List.of(), template.metadata().labels()));
        }
        return StatefulSetBuilder.builder(object)
                .metadata(labelled(object.metadata()))
                .spec(spec.build())
                .build();
    }
}
