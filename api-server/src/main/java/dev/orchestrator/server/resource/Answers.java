package dev.orchestrator.server.resource;

import java.io.ByteArrayOutputStream;
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

    private static final byte[] LINE_END = {'\n'};
    private final TimeSource time;

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
     * {@return an object as JSON with a line end, in the form that is wanted}
     *
     * @param withColumns whether a table says what its columns are
     */
    byte[] json(Call call, Rendering rendering, Resource object, boolean withColumns) {
        if (rendering.form() == Rendering.Form.OBJECT) {
            var out = new ByteArrayOutputStream(4096);
            Codec.writeJson(ManagedFields.shown(object), out);
            out.writeBytes(LINE_END);
            return out.toByteArray();
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
            var tree = TypedTree.of(type.kind() + "List", type.apiVersion());
            tree.put("metadata", metadata);
            var items = new ArrayList<Object>(page.items().size());
            page.items().forEach(item -> items.add(Codec.toTree(ManagedFields.shown(item))));
            tree.put("items", items);
            yaml(call, 200, tree);
        } else {
            call.bytes(200, MediaTypes.JSON, json(type, metadata, page.items()));
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

    // Written piece by piece: a tree of ten thousand objects would be held for nothing.
    private static byte[] json(ResourceType<?> type, Map<String, Object> metadata, List<? extends Resource> items) {
        var out = new ByteArrayOutputStream(256 + items.size() * 1024);
        text(
                out,
                "{\"kind\":\"" + type.kind() + "List\",\"apiVersion\":\"" + type.apiVersion() + "\",\"metadata\":"
                        + JsonText.write(metadata) + ",\"items\":[");
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            Codec.writeJson(ManagedFields.shown(items.get(i)), out);
        }
        text(out, "]}\n");
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
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
