package dev.orchestrator.runtime.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.FieldValidation;
import dev.orchestrator.api.ManifestFormat;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Reads and writes manifests: YAML and JSON, several documents, lists; refuses with the words of kubectl. */
public final class ManifestText implements ManifestFormat {

    /** Called by the service loader. */
    public ManifestText() {}

    @Override
    public List<Resource> read(String text, String source, FieldValidation validation, Consumer<String> warnings) {
        var objects = new ArrayList<Resource>();
        var errors = new ArrayList<String>();
        for (Document document : documents(text, source)) {
            for (Document object : items(document)) {
                read(object, source, validation, warnings, objects, errors);
            }
        }
        if (!errors.isEmpty()) {
            throw ApiException.of(ApiException.Reason.BAD_REQUEST, String.join("\n", errors));
        }
        return List.copyOf(objects);
    }

    private static void read(
            Document document,
            String source,
            FieldValidation validation,
            Consumer<String> warnings,
            List<Resource> objects,
            List<String> errors) {
        try {
            Decoded<Resource> decoded = Codec.decode(document, validation);
            objects.add(decoded.value());
            decoded.warnings().forEach(warning -> warnings.accept(source + ": " + warning));
        } catch (ApiException refused) {
            errors.add(explain(document.root(), source, String.valueOf(refused.getMessage())));
        }
    }

    private static String explain(Object root, String source, String message) {
        if (message.startsWith("no matches for kind")) {
            return "resource mapping not found for name: \"" + metadata(root, "name") + "\" namespace: \""
                    + metadata(root, "namespace") + "\" from \"" + source + "\": " + message
                    + "\nensure CRDs are installed first";
        }
        if (message.startsWith("Object '")) {
            return "unable to decode \"" + source + "\": " + message;
        }
        return "error when creating \"" + source + "\": " + message;
    }

    private static String metadata(Object root, String field) {
        Object metadata = root instanceof Map<?, ?> map ? map.get("metadata") : null;
        return metadata == null ? "" : requireNonNullElse(Codec.text(metadata, field), "");
    }

    private static List<Document> documents(String text, String source) {
        if (!text.stripLeading().startsWith("{")) {
            return yaml(text, source);
        }
        try {
            return JsonText.parse(text);
        } catch (IllegalArgumentException notJson) {
            return yaml(text, source); // YAML may start with a brace, too
        }
    }

    private static List<Document> yaml(String text, String source) {
        try {
            return YamlText.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    "error parsing " + source + ": error converting YAML to JSON: " + malformed.getMessage(),
                    null,
                    malformed);
        }
    }

    /** {@return what a document holds: itself, or the items of a list} */
    private static List<Document> items(Document document) {
        String kind = Codec.text(document.root(), "kind");
        if (kind == null || !kind.endsWith("List") || !(document.root() instanceof Map<?, ?> list)) {
            return List.of(document);
        }
        Object items = list.get("items");
        if (!(items instanceof List<?> elements)) {
            return items == null || items == JsonNull.NULL ? List.of() : List.of(document);
        }
        Optional<String> itemKind = itemKind(document.root(), kind);
        var documents = new ArrayList<Document>();
        for (Object element : elements) {
            var part =
                    document.part(itemKind.isPresent() ? withKind(element, document.root(), itemKind.get()) : element);
            documents.addAll(items(part));
        }
        return documents;
    }

    // The items of a PodList need not say that they are pods; those of a plain List must.
    private static Optional<String> itemKind(Object list, String kind) {
        String apiVersion = requireNonNullElse(Codec.text(list, "apiVersion"), "");
        String item = kind.substring(0, kind.length() - "List".length());
        return ResourceTypes.find(apiVersion, item).map(type -> item);
    }

    private static Object withKind(Object item, Object list, String kind) {
        if (!(item instanceof Map<?, ?> map) || map.containsKey("kind")) {
            return item;
        }
        var typed = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> typed.put((String) key, value));
        typed.put("kind", kind);
        String apiVersion = text(list);
        if (apiVersion != null) {
            typed.putIfAbsent("apiVersion", apiVersion);
        }
        return typed;
    }

    private static @Nullable String text(Object list) {
        return Codec.text(list, "apiVersion");
    }

    @Override
    public String toYaml(List<? extends Resource> objects) {
        return objects.stream()
                .map(object -> YamlWriter.write(Codec.toTree(object)))
                .collect(Collectors.joining("---\n"));
    }

    @Override
    public String toJson(List<? extends Resource> objects) {
        if (objects.size() == 1) {
            return JsonText.writeIndented(Codec.toTree(objects.getFirst()));
        }
        var list = new LinkedHashMap<String, Object>();
        list.put("apiVersion", "v1");
        list.put("kind", "List");
        list.put("items", objects.stream().<Object>map(Codec::toTree).toList());
        return JsonText.writeIndented(list);
    }
}
