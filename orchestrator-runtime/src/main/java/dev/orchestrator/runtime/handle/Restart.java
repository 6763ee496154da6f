package dev.orchestrator.runtime.handle;

import java.time.Instant;
import java.util.HashMap;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

/** The change of a pod template that has all its pods replaced, as {@code kubectl rollout restart} makes it. */
final class Restart {

    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

    private Restart() {}

    /** Two restarts within one second must differ, so that each replaces the pods: the time is in full precision. */
    static <R extends Resource> R of(R owner, Instant now) {
        return PodTemplates.template(owner, template -> {
            var annotations = new HashMap<>(template.metadata().annotations());
            annotations.put(RESTARTED_AT, now.toString());
            return new PodTemplateSpec(
                    ObjectMetaBuilder.builder(template.metadata())
                            .annotations(annotations)
                            .build(),
                    template.spec());
        });
    }
}
