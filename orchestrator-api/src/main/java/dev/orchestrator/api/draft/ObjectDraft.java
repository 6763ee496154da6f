package dev.orchestrator.api.draft;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.Resource;

/**
 * An object whose kind has no methods of its own here: its spec is written with the record's builder.
 *
 * @param <R> the kind of object
 * @param <S> its spec; the object itself where the kind has none
 */
public final class ObjectDraft<R extends Resource, S> extends Draft<R, ObjectDraft<R, S>> {

    private final Function<R, S> getter;
    private final BiFunction<R, S, R> setter;

    ObjectDraft(R object, Function<R, S> getter, BiFunction<R, S, R> setter) {
        super(object);
        this.getter = getter;
        this.setter = setter;
    }

    @Override
    ObjectDraft<R, S> self() {
        return this;
    }

    /** Changes the spec. */
    public ObjectDraft<R, S> spec(UnaryOperator<S> change) {
        return change(object -> setter.apply(object, change.apply(getter.apply(object))));
    }
}
