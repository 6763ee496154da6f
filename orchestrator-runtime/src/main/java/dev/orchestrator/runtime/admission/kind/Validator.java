package dev.orchestrator.runtime.admission.kind;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.NameRule;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;

/**
 * Finds everything that is wrong with an object, in the order Kubernetes reports it.
 *
 * <p>Metadata has been checked before, see {@link MetadataRules}.
 */
public interface Validator<R extends Resource> {

    /** {@return the grammar of this kind's names} */
    default NameRule nameRule() {
        return NameRule.SUBDOMAIN;
    }

    /** Checks a new object. */
    void validateCreate(R object, FieldErrors errors);

    /** Checks what an update may not change and what the new object must be. */
    void validateUpdate(R old, R updated, FieldErrors errors);

    /** Checks a write of the status. */
    default void validateStatusUpdate(R old, R updated, FieldErrors errors) {}

    /** Checks a write of another subresource. */
    default void validateSubresource(Subresource part, R old, R updated, FieldErrors errors) {
        validateUpdate(old, updated, errors);
    }

    /** {@return a validator of a kind whose every object is valid} */
    static <R extends Resource> Validator<R> none() {
        return new Validator<>() {
            @Override
            public void validateCreate(R object, FieldErrors errors) {}

            @Override
            public void validateUpdate(R old, R updated, FieldErrors errors) {}
        };
    }
}
