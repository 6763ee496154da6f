package dev.orchestrator.api.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

import static java.util.Objects.requireNonNull;

/**
 * An object of a custom kind: everything but its metadata is a tree of maps, lists, texts, numbers and truth values.
 *
 * <pre>{@code
 * var backup = CustomObject.of("example.com/v1", "Backup", "nightly").with("0 3 * * *", "spec", "schedule");
 * cluster.apply(backup);
 * }</pre>
 *
 * <p>The tree never changes; its keys are sorted, whole numbers are {@link Long} unless they are too large.
 */
public final class CustomObject implements Resource {

    private static final String STATUS = "status";

    private final ResourceType<CustomObject> type;
    private final ObjectMeta metadata;
    private final Map<String, Object> content;

    private CustomObject(ResourceType<CustomObject> type, ObjectMeta metadata, Map<String, Object> content) {
        this.type = requireNonNull(type, "type is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.content = content;
    }

    /** {@return a custom object of a known type, with what it holds besides apiVersion, kind and metadata} */
    public static CustomObject of(
            ResourceType<CustomObject> type, ObjectMeta metadata, Map<String, ? extends Object> content) {
        return new CustomObject(type, metadata, frozenMap(content));
    }

    /**
     * {@return a custom object with nothing but a name}
     *
     * @param apiVersion its group and version, such as {@code example.com/v1}
     */
    public static CustomObject of(String apiVersion, String kind, String name) {
        return new CustomObject(
                type(apiVersion, kind), ObjectMetaBuilder.builder().name(name).build(), Map.of());
    }

    /**
     * {@return a custom kind known by its name only: a cluster that it is given to looks up the rest}
     *
     * @param apiVersion its group and version, such as {@code example.com/v1}
     */
    public static ResourceType<CustomObject> type(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        if (slash <= 0 || slash == apiVersion.length() - 1) {
            throw new IllegalArgumentException("the apiVersion of a custom kind is group/version: found " + apiVersion);
        }
        return new ResourceType<>(
                apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1),
                kind,
                kind.toLowerCase(Locale.ROOT) + "s",
                List.of(),
                List.of(),
                ResourceType.Scope.NAMESPACED,
                false,
                CustomObject.class,
                null);
    }

    @Override
    public ResourceType<CustomObject> resourceType() {
        return type;
    }

    @Override
    public ObjectMeta metadata() {
        return metadata;
    }

    @Override
    public CustomObject withMetadata(ObjectMeta changed) {
        return new CustomObject(type, changed, content);
    }

    /** {@return all but apiVersion, kind and metadata; never changes} */
    public Map<String, Object> content() {
        return content;
    }

    /** {@return this object with other content} */
    public CustomObject withContent(Map<String, ? extends Object> changed) {
        return new CustomObject(type, metadata, frozenMap(changed));
    }

    /** {@return this object as one of another type of its kind, such as another version} */
    @SuppressWarnings("ReferenceEquality") // equal types may have different definitions
    public CustomObject as(ResourceType<CustomObject> other) {
        return other == type ? this : new CustomObject(other, metadata, content);
    }

    /** {@return this object as one of a known type of its kind; this very object when it is of that version already} */
    @SuppressWarnings("unchecked") // a custom type is one of custom objects
    CustomObject ofType(ResourceType<?> wanted) {
        boolean isOfIt = type.definition() != null && type.version().equals(wanted.version());
        return isOfIt ? this : as((ResourceType<CustomObject>) wanted);
    }

    /** {@return the value at a path of keys, such as {@code find("spec", "size")}} */
    public Optional<Object> find(String... path) {
        Object found = content;
        for (String key : path) {
            found = found instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return Optional.ofNullable(found);
    }

    /** {@return this object with a value at a path of keys; maps on the way are made when they are missing} */
    public CustomObject with(Object value, String... path) {
        if (path.length == 0) {
            throw new IllegalArgumentException("the path has no steps");
        }
        return withContent(put(content, value, List.of(path)));
    }

    private static Map<String, Object> put(Map<?, ?> map, Object value, List<String> path) {
        var changed = new LinkedHashMap<String, Object>();
        map.forEach((key, each) -> changed.put((String) key, each));
        String first = path.getFirst();
        if (path.size() == 1) {
            changed.put(first, value);
        } else {
            Map<?, ?> inside = changed.get(first) instanceof Map<?, ?> present ? present : Map.of();
            changed.put(first, put(inside, value, path.subList(1, path.size())));
        }
        return changed;
    }

    /** {@return the status; empty when there is none} */
    public Optional<Object> status() {
        return Optional.ofNullable(content.get(STATUS));
    }

    private static Map<String, Object> frozenMap(Map<?, ?> map) {
        var sorted = new TreeMap<String, Object>();
        map.forEach((key, value) -> sorted.put((String) key, frozen(value)));
        return Collections.unmodifiableMap(new LinkedHashMap<>(sorted));
    }

    private static Object frozen(Object value) {
        return switch (requireNonNull(value, "a value of a custom object is null")) {
            case Map<?, ?> map -> frozenMap(map);
            case List<?> list -> {
                var copy = new ArrayList<Object>(list.size());
                list.forEach(each -> copy.add(frozen(each)));
                yield Collections.unmodifiableList(copy);
            }
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Byte number -> number.longValue();
            case Float number -> number.doubleValue();
            default -> value;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CustomObject that
                && type.equals(that.type)
                && metadata.equals(that.metadata)
                && content.equals(that.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, metadata, content);
    }

    @Override
    public String toString() {
        return type + " " + key() + " " + content;
    }
}
