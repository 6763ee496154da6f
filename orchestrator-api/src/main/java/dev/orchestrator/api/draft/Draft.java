package dev.orchestrator.api.draft;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.Definition;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

/**
 * An object in the making. Each method changes this draft and returns it; {@link #build()} gives the object as it is
 * then. Not for use by several threads at once.
 *
 * @param <R> the kind of object
 * @param <D> the draft itself
 */
public abstract class Draft<R extends Resource, D extends Draft<R, D>> implements Definition {

    private R object;

    Draft(R object) {
        this.object = object;
    }

    abstract D self();

    final R object() {
        return object;
    }

    /** Puts the object in a namespace; without, it goes to the one it is applied in. */
    public D namespace(String namespace) {
        return metadata(metadata ->
                ObjectMetaBuilder.builder(metadata).namespace(namespace).build());
    }

    /** Adds a label, replacing the one of that key. */
    public D label(String key, String value) {
        return metadata(metadata -> ObjectMetaBuilder.builder(metadata)
                .labels(with(metadata.labels(), key, value))
                .build());
    }

    /** Adds an annotation, replacing the one of that key. */
    public D annotation(String key, String value) {
        return metadata(metadata -> ObjectMetaBuilder.builder(metadata)
                .annotations(with(metadata.annotations(), key, value))
                .build());
    }

    /** Changes the metadata in any way. */
    @SuppressWarnings("unchecked") // withMetadata gives an object of the same record
    public D metadata(UnaryOperator<ObjectMeta> change) {
        return change(same -> (R) same.withMetadata(change.apply(same.metadata())));
    }

    /** Changes the object in any way: for fields that no other method sets. */
    public D change(UnaryOperator<R> change) {
        object = change.apply(object);
        return self();
    }

    /** {@return the object as it is now drafted} */
    public R build() {
        return object;
    }

    @Override
    public final Resource toResource() {
        return build();
    }

    static Map<String, String> with(Map<String, String> map, String key, String value) {
        var copy = new HashMap<>(map);
        copy.put(key, value);
        return copy;
    }
}
