package dev.orchestrator.server.resource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.runtime.ownership.ManagedFields;
import dev.orchestrator.runtime.store.Page;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.MediaTypes;
import dev.orchestrator.server.http.TypedTree;
import dev.orchestrator.server.table.Included;
import dev.orchestrator.server.table.Tables;
import org.jspecify.annotations.Nullable;

/** Writes objects and lists of them in the form that a client wants. */
final class Answers {

    private static final byte[] LIST_END = bytes("]}\n");

    private final TimeSource time;
    private final EncodedObjects encoded = new EncodedObjects();

    Answers(TimeSource time) {
        this.time = time;
    }

    /** Answers with an object. */
    void object(Call call, int code, Resource object) {
        Rendering rendering = Rendering.of(call.headers("Accept"));
        if (rendering.yaml()) {
            yaml(call, code, tree(call, rendering, object));
        } else {
            call.bytes(code, MediaTypes.JSON, json(call, rendering, object, true));
        }
    }

    /**
     * {@return an object as JSON with a line end, in the form that is wanted; not to be changed}
     *
     * @param withColumns whether a table says what its columns are
     */
    byte[] json(Call call, Rendering rendering, Resource object, boolean withColumns) {
        if (rendering.form() == Rendering.Form.OBJECT) {
            return encoded.line(object);
        }
        Map<String, Object> tree = rendering.form() == Rendering.Form.TABLE
                ? table(call, rendering, object.resourceType(), List.of(object), withColumns)
                : tree(call, rendering, object);
        return (JsonText.write(tree) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, Object> tree(Call call, Rendering rendering, Resource object) {
        return switch (rendering.form()) {
            case OBJECT -> Codec.toTree(ManagedFields.shown(object));
            case METADATA -> metadataOnly(rendering, object);
            case TABLE -> {
                var table = table(call, rendering, object.resourceType(), List.of(object), true);
                table.put("metadata", resourceVersion(object.metadata().resourceVersion()));
                yield table;
            }
        };
    }

    private static Map<String, Object> metadataOnly(Rendering rendering, Resource object) {
        var tree = TypedTree.of("PartialObjectMetadata", rendering.apiVersion());
        tree.put("metadata", Codec.toTree(ManagedFields.shown(object).metadata()));
        return tree;
    }

    private Map<String, Object> table(
            Call call,
            Rendering rendering,
            ResourceType<?> type,
            List<? extends Resource> objects,
            boolean withColumns) {
        var tree = TypedTree.of("Table", rendering.apiVersion());
        tree.put("metadata", Map.of());
        Tables.of(type)
                .fill(tree, objects, time.instant(), Included.of(call.parameterOrEmpty("includeObject")), withColumns);
        return tree;
    }

    private static Map<String, Object> resourceVersion(@Nullable String version) {
        return version == null ? Map.of() : Map.of("resourceVersion", version);
    }

    /** Answers with a page of a list. */
    <R extends Resource> void list(Call call, ResourceType<R> type, Page<R> page) {
        Rendering rendering = Rendering.of(call.headers("Accept"));
        Map<String, Object> metadata = metadata(page);
        if (rendering.form() == Rendering.Form.TABLE) {
            var tree = table(call, rendering, type, page.items(), true);
            tree.put("metadata", metadata);
            send(call, rendering, tree);
        } else if (rendering.form() == Rendering.Form.METADATA) {
            var tree = TypedTree.of("PartialObjectMetadataList", rendering.apiVersion());
            tree.put("metadata", metadata);
            tree.put(
                    "items",
                    page.items().stream()
                            .map(item -> metadataOnly(rendering, item))
                            .toList());
            send(call, rendering, tree);
        } else if (rendering.yaml()) {
            var tree = TypedTree.of(type.listKind(), type.apiVersion());
            tree.put("metadata", metadata);
            var items = new ArrayList<Object>(page.items().size());
            page.items().forEach(item -> items.add(Codec.toTree(ManagedFields.shown(item))));
            tree.put("items", items);
            yaml(call, 200, tree);
        } else {
            json(call, type, metadata, page.items());
        }
    }

    private static void send(Call call, Rendering rendering, Map<String, Object> tree) {
        if (rendering.yaml()) {
            yaml(call, 200, tree);
        } else {
            call.json(200, tree);
        }
    }

    private static void yaml(Call call, int code, Map<String, Object> tree) {
        call.bytes(code, MediaTypes.YAML, Codec.toYaml(tree).getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a list object by object: ten thousand of them in one piece would be held for nothing. */
    private void json(Call call, ResourceType<?> type, Map<String, Object> metadata, List<? extends Resource> items) {
        byte[] begin = bytes("{\"kind\":\"" + type.listKind() + "\",\"apiVersion\":\"" + type.apiVersion()
                + "\",\"metadata\":" + JsonText.write(metadata) + ",\"items\":[");
        var lines = new ArrayList<byte[]>(items.size());
        long length = (long) begin.length + LIST_END.length;
        for (Resource item : items) {
            byte[] line = encoded.line(item);
            lines.add(line);
            length += line.length;
        }
        // The end of each line becomes a comma, but for the last.
        call.pieces(200, MediaTypes.JSON, items.isEmpty() ? length : length - 1, out -> {
            out.write(begin);
            for (int i = 0; i < lines.size(); i++) {
                if (i > 0) {
                    out.write(',');
                }
                byte[] line = lines.get(i);
                out.write(line, 0, line.length - 1);
            }
            out.write(LIST_END);
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> metadata(Page<?> page) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("resourceVersion", page.resourceVersion());
        String next = page.continueToken();
        if (next != null) {
            metadata.put("continue", next);
        }
        Long remaining = page.remaining();
        if (remaining != null) {
            metadata.put("remainingItemCount", remaining);
        }
        return metadata;
    }
}
