package dev.orchestrator.api.draft;

import java.util.Map;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

/**
 * An object in the making that keeps pods which it selects by label.
 *
 * @param <R> the kind of object
 * @param <D> the draft itself
 */
public abstract class WorkloadDraft<R extends Resource, D extends WorkloadDraft<R, D>> extends PodTemplateDraft<R, D> {

    WorkloadDraft(R object) {
        super(object);
    }

    static ObjectMeta labelled(ObjectMeta metadata) {
        return metadata.labels().isEmpty()
                ? ObjectMetaBuilder.builder(metadata)
                        .labels(Map.of("app", metadata.nameOrEmpty()))
                        .build()
                : metadata;
    }

    // The labels of the pods: their own, else those of the object, else app=<name>.
    static PodTemplateSpec labelled(ObjectMeta owner, PodTemplateSpec template) {
        if (!template.metadata().labels().isEmpty()) {
            return template;
        }
        return new PodTemplateSpec(
                ObjectMetaBuilder.builder(template.metadata())
                        .labels(labelled(owner).labels())
                        .build(),
                template.spec());
    }
}
