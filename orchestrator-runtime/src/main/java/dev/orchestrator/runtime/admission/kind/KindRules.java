package dev.orchestrator.runtime.admission.kind;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;

/**
 * All rules of one kind.
 *
 * @param type the kind
 * @param defaulter fills in what is missing
 * @param preparation sets what is not the user's
 * @param validator finds what is wrong
 */
public record KindRules<R extends Resource>(
        ResourceType<R> type, Defaulter<R> defaulter, Preparation<R> preparation, Validator<R> validator) {

    /** {@return rules without a preparation} */
    public static <R extends Resource> KindRules<R> of(
            ResourceType<R> type, Defaulter<R> defaulter, Validator<R> validator) {
        return new KindRules<>(type, defaulter, Preparation.none(), validator);
    }
}
