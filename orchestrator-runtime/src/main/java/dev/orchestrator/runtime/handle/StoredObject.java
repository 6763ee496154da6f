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
import dev.orchestrator.api.model.meta.ManagedFieldsEntry;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.codec.Document;
import dev.orchestrator.runtime.codec.JsonPatch;
import dev.orchestrator.runtime.codec.JsonPath;
import dev.orchestrator.runtime.codec.Patches;
import dev.orchestrator.runtime.codec.YamlText;
import dev.orchestrator.runtime.ownership.ManagedFields;

import static java.util.Objects.requireNonNull;

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
        requireNonNull(change, "change is null");
        context.store()
                .edit(
                        type,
                        key,
                        HandleContext.WRITE,
                        object -> named(
                                requireNonNull(change.apply(object), () -> "the change of " + this + " gave null")));
        return self();
    }

    @Override
    public final H replace(Definition definition) {
        R object = Namespaces.in(key.namespace(), as(type, definition));
        context.store().update(named(object), HandleContext.WRITE);
        return self();
    }

    static <R extends Resource> R as(ResourceType<R> type, Definition definition) {
        Resource object = requireNonNull(definition, "object is null").toResource();
        if (!object.resourceType().equals(type)) {
            throw new IllegalArgumentException("a " + object.resourceType().kind() + " is no " + type.kind());
        }
        return type.cast(object);
    }

    // An object that was given another name would be another object.
    private R named(R object) {
        if (!object.key().name().equals(key.name())) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    "the name of the object (" + object.key().name() + ") does not match the name on the URL ("
                            + key.name() + ")");
        }
        if (!object.key().namespace().equals(key.namespace())) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        return object;
    }

    @Override
    public final H patchMerge(String patch) {
        Map<String, Object> tree = map(patch);
        return patched(current -> Patches.merge(current, tree));
    }

    @Override
    public final H patch(String patch) {
        if (type.isCustom()) {
            throw ApiException.of(
                    ApiException.Reason.UNSUPPORTED_MEDIA_TYPE,
                    "objects of custom kinds can not be patched strategically: use a merge patch or a JSON patch");
        }
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
        return label(Map.of(name(name), value(name, value)));
    }

    @Override
    public final H label(Map<String, String> labels) {
        return labels(present -> with(present, labels));
    }

    @Override
    public final H addLabel(String name, String value) {
        return labels(present -> withNew(present, name(name), value(name, value)));
    }

    @Override
    public final H unlabel(String name) {
        return labels(present -> without(present, name(name)));
    }

    private H labels(UnaryOperator<Map<String, String>> change) {
        return metadata(metadata -> ObjectMetaBuilder.builder(metadata)
                .labels(change.apply(metadata.labels()))
                .build());
    }

    @Override
    public final H annotate(String name, String value) {
        return annotate(Map.of(name(name), value(name, value)));
    }

    @Override
    public final H annotate(Map<String, String> annotations) {
        return annotations(present -> with(present, annotations));
    }

    @Override
    public final H addAnnotation(String name, String value) {
        return annotations(present -> withNew(present, name(name), value(name, value)));
    }

    @Override
    public final H unannotate(String name) {
        return annotations(present -> without(present, name(name)));
    }

    private H annotations(UnaryOperator<Map<String, String>> change) {
        return metadata(metadata -> ObjectMetaBuilder.builder(metadata)
                .annotations(change.apply(metadata.annotations()))
                .build());
    }

    private static String name(String key) {
        return requireNonNull(key, "key is null");
    }

    private static String value(String key, String value) {
        return requireNonNull(value, () -> "the value of " + key + " is null");
    }

    static Map<String, String> with(Map<String, String> map, Map<String, String> more) {
        var changed = new HashMap<>(map);
        changed.putAll(more);
        return changed;
    }

    private static Map<String, String> without(Map<String, String> map, String name) {
        var changed = new HashMap<>(map);
        changed.remove(name);
        return changed;
    }

    private static Map<String, String> withNew(Map<String, String> map, String name, String value) {
        String present = map.get(name);
        if (present != null && !present.equals(value)) {
            throw ApiException.of(
                    ApiException.Reason.CONFLICT,
                    "'" + name + "' already has a value (" + present + "), and --overwrite is false");
        }
        return with(map, Map.of(name, value));
    }

    @Override
    public final H delete(Propagation propagation) {
        return delete(DeleteOptionsBuilder.builder().propagationPolicy(propagation.text()));
    }

    @Override
    public final H delete(Propagation propagation, Duration gracePeriod) {
        if (gracePeriod.isNegative()) {
            throw new IllegalArgumentException(this + ": gracePeriod is negative: " + gracePeriod);
        }
        return delete(DeleteOptionsBuilder.builder()
                .propagationPolicy(propagation.text())
                .gracePeriodSeconds(gracePeriod.toSeconds()));
    }

    private H delete(DeleteOptionsBuilder options) {
        context.store().delete(type, key, options.build(), HandleContext.WRITE);
        return self();
    }

    @Override
    public final List<ManagedFieldsEntry> managedFields() {
        return ManagedFields.shown(get()).metadata().managedFields();
    }

    @Override
    public final List<Event> events() {
        return Events.about(context.store(), get());
    }

    @Override
    public final String describe() {
        return Descriptions.of(context, get());
    }

    @Override
    public final R await(String what, Predicate<R> condition, Duration timeout) throws InterruptedException {
        return wait(what, object -> condition.test(object) ? Verdict.DONE : Verdict.PENDING, timeout);
    }

    @Override
    public final R awaitCondition(String condition, String status, Duration timeout) throws InterruptedException {
        return await(
                "to have condition " + condition + (status.equals("True") ? "" : "=" + status),
                object -> Conditions.of(object).stream().anyMatch(each -> each.is(condition, status)),
                timeout);
    }

    @Override
    public final R awaitField(String path, String value, Duration timeout) throws InterruptedException {
        var fields = JsonPath.parse(path);
        return await(
                "for " + path + " to be " + value,
                object -> fields.read(Codec.toTree(object)).stream()
                        .anyMatch(each -> each.toString().equals(value)),
                timeout);
    }

    @Override
    public final List<Object> field(String path) {
        return JsonPath.parse(path).read(Codec.toTree(get()));
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
