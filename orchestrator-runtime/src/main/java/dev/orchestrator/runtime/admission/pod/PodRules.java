package dev.orchestrator.runtime.admission.pod;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodTemplate;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.Validator;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** The rules of the kinds that are a pod or a template of one. */
public final class PodRules {

    private PodRules() {}

    /** {@return the rules of a kind if it is one of pods and pod templates; each call makes them anew} */
    public static @Nullable KindRules<?> of(ResourceType<?> type, PodSpecs specs) {
        return switch (type.kind()) {
            case "Pod" ->
                new KindRules<>(
                        ResourceTypes.POD,
                        pod -> withDefaults(pod, specs),
                        new PodPreparation(specs),
                        new PodValidation(specs));
            case "PodTemplate" ->
                KindRules.of(
                        ResourceTypes.POD_TEMPLATE,
                        template -> withDefaults(template, specs),
                        new PodTemplateValidation(specs));
            default -> null;
        };
    }

    private static Pod withDefaults(Pod pod, PodSpecs specs) {
        PodSpec spec = specs.withDefaults(pod.spec(), SpecKind.POD);
        return same(spec, pod.spec()) ? pod : new Pod(pod.metadata(), spec, pod.status());
    }

    private static PodTemplate withDefaults(PodTemplate template, PodSpecs specs) {
        PodTemplateSpec spec = specs.withDefaults(template.template());
        return same(spec, template.template()) ? template : new PodTemplate(template.metadata(), spec);
    }

    private record PodTemplateValidation(PodSpecs specs) implements Validator<PodTemplate> {

        @Override
        public void validateCreate(PodTemplate template, FieldErrors errors) {
            specs.validateTemplate(template.template(), FieldPath.of("template"), errors);
        }

        @Override
        public void validateUpdate(PodTemplate old, PodTemplate updated, FieldErrors errors) {
            validateCreate(updated, errors);
        }
    }
}
