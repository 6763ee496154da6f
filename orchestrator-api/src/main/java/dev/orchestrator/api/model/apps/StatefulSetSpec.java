package dev.orchestrator.api.model.apps;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What a stateful set should be. */
@Model
public record StatefulSetSpec(
        int minReadySeconds,
        @Nullable StatefulSetOrdinals ordinals,
        @Nullable StatefulSetPersistentVolumeClaimRetentionPolicy persistentVolumeClaimRetentionPolicy,
        @Nullable String podManagementPolicy,
        @Nullable Integer replicas,
        @Nullable Integer revisionHistoryLimit,
        @Required @Nullable LabelSelector selector,
        @Nullable String serviceName,
        @Required PodTemplateSpec template,
        StatefulSetUpdateStrategy updateStrategy,
        List<PersistentVolumeClaim> volumeClaimTemplates) {

    /** With nothing set. */
    public static final StatefulSetSpec EMPTY = StatefulSetSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public StatefulSetSpec {
        template = requireNonNullElse(template, PodTemplateSpec.EMPTY);
        updateStrategy = requireNonNullElse(updateStrategy, StatefulSetUpdateStrategy.EMPTY);
        volumeClaimTemplates = Immutables.list(volumeClaimTemplates);
    }
}
