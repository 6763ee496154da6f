package dev.orchestrator.runtime.revision;

import java.util.HashMap;
import java.util.Map;

import dev.orchestrator.api.FieldValidation;
import dev.orchestrator.api.model.apps.ControllerRevision;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.codec.Document;

/**
 * A pod template as controller revisions keep it: a strategic merge patch of the owner that puts it back, which is what
 * {@code kubectl rollout undo} sends.
 */
public final class KeptTemplate {

    private static final String SPEC = "spec";
    private static final String TEMPLATE = "template";
    private static final String DIRECTIVE = "$patch";

    private KeptTemplate() {}

    /** {@return the content of a revision that keeps a template} */
    static Map<String, Object> of(PodTemplateSpec template) {
        var tree = Codec.toTree(template);
        tree.put(DIRECTIVE, "replace");
        return Map.of(SPEC, Map.of(TEMPLATE, tree));
    }

    /**
     * {@return the template that a revision keeps}
     *
     * @throws IllegalArgumentException if it keeps something else
     */
    public static PodTemplateSpec in(ControllerRevision revision) {
        if (revision.data().get(SPEC) instanceof Map<?, ?> spec && spec.get(TEMPLATE) instanceof Map<?, ?> kept) {
            var tree = new HashMap<Object, Object>(kept);
            tree.remove(DIRECTIVE);
            return Codec.decode(PodTemplateSpec.class, Document.of(tree), FieldValidation.WARN)
                    .value();
        }
        throw new IllegalArgumentException("controller revision " + revision.key() + " keeps no pod template");
    }

    /** {@return whether a revision keeps this template} */
    static boolean isIn(ControllerRevision revision, PodTemplateSpec template) {
        try {
            return in(revision).equals(template);
        } catch (IllegalArgumentException somethingElse) {
            return false;
        }
    }
}
