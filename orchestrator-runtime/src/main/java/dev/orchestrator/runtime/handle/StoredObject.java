package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.Propagation;
import dev.orchestrator.api.ResourceHandle;
import dev.orchestrator.api.model.Definition;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.core.Event;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.codec.Document;
import dev.orchestrator.runtime.codec.JsonPatch;
import dev.orchestrator.runtime.codec.Patches;
import dev.orchestrator.runtime.codec.YamlText;
import org.jspecify.annotations.Nullable;

/** The verbs that every kind has. */
abstract class StoredObject<R extends Resource, H extends ResourceHandle<R, H>> implements ResourceHandle<R, H> {

    final HandleContext context;
    private final ResourceType<R> type;
    private final ObjectKey key;

    StoredObject(HandleContext context, ResourceType<R> type, ObjectKey key) {
        this.context = context;
        this.type = type;
        this.key = key;
    }

    abstract H self();

    @Override
    public final ResourceType<R> type() {
        return type;
    }

    @Override
    public final ObjectKey key() {
        return key;
    }

    @Override
    public final R get() {
        return context.store().get(type, key);
    }

    @Override
    public final Optional<R> find() {
        return context.store().find(type, key);
    }

    @Override
    public final H edit(UnaryOperator<R> change) {
        context.store().edit(type, key, HandleContext.WRITE, change);
        return self();
    }

    @Override
    public final H replace(Definition definition) {
        R object = Namespaces.in(key.namespace(), type.cast(definition.toResource()));
        if (!object.key().equals(key)) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    "the name of the object (" + object.key().name() + ") does not match the name on the URL ("
                            + key.name() + ")");
        }
        context.store().update(object, HandleContext.WRITE);
        return self();
    }

    @Override
    public final H patchMerge(String patch) {
        Map<String, Object> tree = map(patch);
        return patched(current -> Patches.merge(current, tree));
    }

    @Override
    public final H patch(String patch) {
        Map<String, Object> tree = map(patch);
        return patched(current -> Patches.strategic(type.javaType(), current, tree));
    }

    @Override
    public final H patchJson(String patch) {
        Object steps = tree(patch);
        return patched(current -> JsonPatch.apply(current, steps));
    }

    private H patched(UnaryOperator<Map<String, Object>> change) {
        return edit(current -> Codec.decodeStrictly(type, change.apply(Codec.toTree(current))));
    }

    private static Object tree(String patch) {
        try {
            List<Document> documents = YamlText.parse(patch);
            if (documents.size() == 1) {
                return documents.getFirst().root();
            }
            throw new IllegalArgumentException("a patch is one document, not " + documents.size());
        } catch (IllegalArgumentException malformed) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    "unable to parse \"" + patch + "\": " + malformed.getMessage(),
                    null,
                    malformed);
        }
    }

    @SuppressWarnings("unchecked") // the keys of a tree are texts
    private static Map<String, Object> map(String patch) {
        if (tree(patch) instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw ApiException.of(ApiException.Reason.BAD_REQUEST, "a patch is a map: " + patch);
    }

    @SuppressWarnings("unchecked") // withMetadata gives an object of the same record
    final H metadata(UnaryOperator<ObjectMeta> change) {
        return edit(object -> (R) object.withMetadata(change.apply(object.metadata())));
    }

    @Override
    public final H label(String name, String value) {
        return metadata(metadata -> ObjectMetaBuilder.builder(metadata)
                .labels(with(metadata.labels(), name, value))
                .build());
    }

    @Override
    public final H unlabel(String name) {
        return metadata(metadata -> ObjectMetaBuilder.builder(metadata)
                .labels(with(metadata.labels(), name, null))
                .build());
    }

    @Override
    public final H annotate(String name, String value) {
        return metadata(metadata -> ObjectMetaBuilder.builder(metadata)
                .annotations(with(metadata.annotations(), name, value))
                .build());
    }

    @Override
    public final H unannotate(String name) {
        return metadata(metadata -> ObjectMetaBuilder.builder(metadata)
                .annotations(with(metadata.annotations(), name, null))
                .build());
    }

    static Map<String, String> with(Map<String, String> map, String name, @Nullable String value) {
        var changed = new HashMap<>(map);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return changed;
    }

    @Override
    public final H delete(Propagation propagation) {
        return delete(DeleteOptionsBuilder.builder().propagationPolicy(propagation.text()));
    }

    @Override
    public final H delete(Propagation propagation, Duration gracePeriod) {
        return delete(DeleteOptionsBuilder.builder()
                .propagationPolicy(propagation.text())
                .gracePeriodSeconds(gracePeriod.toSeconds()));
    }

    private H delete(DeleteOptionsBuilder options) {
        context.store().delete(type, key, options.build(), HandleContext.WRITE);
        return self();
    }

    @Override
    public final List<Event> events() {
        return Events.about(context.store(), get());
    }

    @Override
    public String describe() {
        return Descriptions.generic(context, get());
    }

    @Override
    public final R await(String what, Predicate<R> condition, Duration timeout) throws InterruptedException {
        return wait(what, object -> condition.test(object) ? Verdict.DONE : Verdict.PENDING, timeout);
    }

    @Override
    public final R awaitCondition(String condition, Duration timeout) throws InterruptedException {
        return await(
                "to have condition " + condition,
                object -> Conditions.of(object).stream().anyMatch(each -> each.isTrue(condition)),
                timeout);
    }

    final R wait(String what, Waiter.Judge<R> judge, Duration timeout) throws InterruptedException {
        return new Waiter<>(context, type, key).await(what, judge, timeout);
    }

    @Override
    public final void awaitDeleted(Duration timeout) throws InterruptedException {
        new Waiter<>(context, type, key).awaitDeleted(timeout);
    }

    @Override
    public final String toString() {
        return type.singular() + " " + key;
    }
}
