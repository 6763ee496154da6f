package dev.orchestrator.runtime.codec;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.FieldValidation;
import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of the model into trees and JSON, and back, as Kubernetes' API server does.
 *
 * <p>Fields are written in the order of their names; what is unset is left out. All methods may be called from any
 * thread.
 */
public final class Codec {

    private Codec() {}

    /** {@return an object or any record of the model as a tree that the caller may change} */
    @SuppressWarnings("unchecked") // a record is an object in JSON
    public static Map<String, Object> toTree(Object value) {
        var writer = new TreeWriter();
        write(value, writer);
        return (Map<String, Object>) writer.root();
    }

    /** Two states of an object, without what they have in common. */
    public record Difference(Map<String, Object> old, Map<String, Object> now) {}

    /**
     * {@return what two records of one class have otherwise than the other, as trees}
     *
     * <p>Lists and maps that differ are there as a whole. What the records share is not looked at.
     */
    @SuppressWarnings("unchecked") // a record is an object in JSON
    public static Difference difference(Object old, Object now) {
        var before = new TreeWriter();
        var after = new TreeWriter();
        if (old instanceof CustomObject custom) {
            CustomCodec.writeDifference(custom, (CustomObject) now, before, after);
        } else {
            RecordCodec.of(old.getClass()).writeDifference(old, now, before, after);
        }
        return new Difference((Map<String, Object>) before.root(), (Map<String, Object>) after.root());
    }

    /** Writes an object or any record of the model, token by token. */
    public static void write(Object value, NodeWriter target) {
        if (value instanceof CustomObject custom) {
            CustomCodec.write(custom, target);
        } else {
            RecordCodec.of(value.getClass()).write(value, target);
        }
    }

    /** {@return a tree as YAML} */
    public static String toYaml(Object tree) {
        return YamlWriter.write(tree);
    }

    /** {@return an object or any record of the model as JSON in UTF-8} */
    public static byte[] toJson(Object value) {
        return JsonText.bytes(writer -> write(value, writer));
    }

    /** Writes an object or any record of the model as JSON in UTF-8, without closing the stream. */
    public static void writeJson(Object value, OutputStream target) {
        JsonText.bytes(writer -> write(value, writer), target);
    }

    /**
     * {@return the record of the model that a tree stands for}
     *
     * @throws IllegalArgumentException if a value has the wrong type or, in strict mode, a field is unknown or given
     *     twice; the message is the API server's
     */
    public static <T> Decoded<T> decode(Class<T> type, Document document, FieldValidation validation) {
        var decoding = new Decoding(document);
        Object value = RecordCodec.of(type).decode(document.root(), decoding);
        String failure = decoding.failure();
        List<String> strictFaults = decoding.strictFaults();
        if (failure != null || value == null) {
            throw new IllegalArgumentException(failure);
        }
        if (validation == FieldValidation.STRICT && !strictFaults.isEmpty()) {
            throw new IllegalArgumentException("strict decoding error: " + String.join(", ", strictFaults));
        }
        return new Decoded<>(type.cast(value), strictFaults);
    }

    private static Decoded<CustomObject> decodeCustom(
            ResourceType<?> type, Document document, FieldValidation validation) {
        @SuppressWarnings("unchecked") // a custom type is one of custom objects, and a tree has texts for keys
        var custom = (ResourceType<CustomObject>) type;
        if (!(document.root() instanceof Map<?, ?>)) {
            throw missing("Kind", document.root());
        }
        @SuppressWarnings("unchecked")
        var tree = (Map<String, Object>) document.root();
        String apiVersion = text(tree, "apiVersion");
        String kind = text(tree, "kind");
        if (kind != null && !kind.equals(type.kind())) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    "the kind in the data (" + kind + ") does not match the expected kind (" + type.kind() + ")");
        }
        if (apiVersion != null && !apiVersion.equals(type.apiVersion())) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    "the API version in the data (" + apiVersion + ") does not match the expected API version ("
                            + type.apiVersion() + ")");
        }
        var decoding = new Decoding(document);
        CustomObject object = CustomCodec.decode(custom, tree, decoding);
        String failure = decoding.failure();
        if (failure == null
                && validation == FieldValidation.STRICT
                && !decoding.strictFaults().isEmpty()) {
            failure = "strict decoding error: " + String.join(", ", decoding.strictFaults());
        }
        if (failure != null) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    type.kind() + " in version \"" + type.version() + "\" cannot be handled as a " + type.kind() + ": "
                            + failure);
        }
        return new Decoded<>(object, decoding.strictFaults());
    }

    /**
     * {@return the object of a known kind that a tree stands for, whether or not the tree names the kind}
     *
     * @throws ApiException with reason {@code BAD_REQUEST} if the tree names another kind, a value has the wrong type
     *     or, in strict mode, a field is unknown or given twice
     */
    public static <R extends Resource> Decoded<R> decode(
            ResourceType<R> type, Document document, FieldValidation validation) {
        if (type.isCustom()) {
            Decoded<CustomObject> custom = decodeCustom(type, document, validation);
            return new Decoded<>(type.javaType().cast(custom.value()), custom.warnings());
        }
        String kind = text(document.root(), "kind");
        String apiVersion = text(document.root(), "apiVersion");
        String named = kind == null ? type.kind() : kind;
        String version = apiVersion == null ? type.version() : version(apiVersion);
        try {
            if (!named.equals(type.kind()) || (apiVersion != null && !apiVersion.equals(type.apiVersion()))) {
                throw new IllegalArgumentException(
                        otherKind(type, named, apiVersion == null ? type.apiVersion() : apiVersion));
            }
            return decode(type.javaType(), document, validation);
        } catch (IllegalArgumentException refused) {
            String message = named + " in version \"" + version + "\" cannot be handled as a " + type.kind() + ": "
                    + refused.getMessage();
            throw ApiException.of(ApiException.Reason.BAD_REQUEST, message, null, refused);
        }
    }

    private static String otherKind(ResourceType<?> type, String kind, String apiVersion) {
        if (ResourceTypes.find(apiVersion, kind).isEmpty()) {
            return "no kind \"" + kind + "\" is registered for version \"" + apiVersion
                    + "\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"";
        }
        String group = type.group().isEmpty() ? "core" : type.group().replaceAll("\\..*", "");
        return "converting (" + version(apiVersion) + "." + kind + ") to (" + group + "." + type.kind()
                + "): unknown conversion";
    }

    /** {@return the object of a known kind that a tree without faults stands for, such as one made by a patch} */
    public static <R extends Resource> R decodeStrictly(ResourceType<R> type, Map<String, Object> tree) {
        return decode(type, Document.of(tree), FieldValidation.STRICT).value();
    }

    /**
     * {@return the object that a tree stands for, by the kind it names}
     *
     * @throws ApiException with reason {@code BAD_REQUEST} if it names no kind or one that is unknown, or as
     *     {@link #decode(ResourceType, Document, FieldValidation)} does
     */
    public static Decoded<Resource> decode(Document document, FieldValidation validation) {
        String kind = text(document.root(), "kind");
        String apiVersion = text(document.root(), "apiVersion");
        if (kind == null || kind.isEmpty()) {
            throw missing("Kind", document.root());
        }
        if (apiVersion == null || apiVersion.isEmpty()) {
            throw missing("apiVersion", document.root());
        }
        Optional<ResourceType<?>> type = ResourceTypes.find(apiVersion, kind)
                .or(() -> CustomGroups.mayBeOf(apiVersion)
                        ? Optional.of(CustomObject.type(apiVersion, kind))
                        : Optional.empty());
        if (type.isEmpty()) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    "no matches for kind \"" + kind + "\" in version \"" + apiVersion + "\"");
        }
        Decoded<? extends Resource> decoded = decode(type.get(), document, validation);
        return new Decoded<>(decoded.value(), decoded.warnings());
    }

    private static ApiException missing(String what, Object root) {
        return ApiException.of(
                ApiException.Reason.BAD_REQUEST,
                "Object '" + what + "' is missing in '" + JsonText.write(JsonText.sorted(root)) + "'");
    }

    private static String version(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    /** {@return the text under a key of a tree, if the tree is a map and has one there} */
    static @Nullable String text(Object tree, String key) {
        return tree instanceof Map<?, ?> map && map.get(key) instanceof String text ? text : null;
    }
}
