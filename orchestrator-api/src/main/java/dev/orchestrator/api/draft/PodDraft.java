package dev.orchestrator.api.draft;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;

/** A pod in the making. */
public final class PodDraft extends PodTemplateDraft<Pod, PodDraft> {

    PodDraft(Pod pod) {
        super(pod);
    }

    @Override
    PodDraft self() {
        return this;
    }

    @Override
    PodTemplateSpec template(Pod pod) {
        return new PodTemplateSpec(pod.metadata(), pod.spec());
    }

    @Override
    Pod withTemplate(Pod pod, PodTemplateSpec template) {
        return PodBuilder.builder(pod)
                .metadata(template.metadata())
                .spec(template.spec())
                .build();
    }
}
