package dev.orchestrator.server.resource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.runtime.store.StoreEvent;
import dev.orchestrator.server.http.Call;

/** Turns the events of one watch into lines. */
final class EventLines {

    private final Call call;
    private final ResourceType<?> type;
    private final Answers answers;
    private final Rendering rendering;
    private boolean marksEndOfInitial;
    private boolean hasColumns;

    EventLines(Call call, ResourceType<?> type, Answers answers, Rendering rendering, boolean marksEndOfInitial) {
        this.call = call;
        this.type = type;
        this.answers = answers;
        this.rendering = rendering;
        this.marksEndOfInitial = marksEndOfInitial;
    }

    byte[] line(StoreEvent event) {
        var out = new ByteArrayOutputStream(2048);
        text(out, "{\"type\":\"" + event.kind() + "\",\"object\":");
        if (event.kind() == StoreEvent.Kind.BOOKMARK) {
            out.writeBytes(bookmark(type.cast(event.object())));
        } else {
            byte[] line = answers.json(call, rendering, type.cast(event.object()), !hasColumns);
            hasColumns = true;
            out.write(line, 0, line.length - 1);
        }
        text(out, "}\n");
        return out.toByteArray();
    }

    private byte[] bookmark(Resource empty) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("resourceVersion", String.valueOf(empty.metadata().resourceVersion()));
        if (marksEndOfInitial) {
            marksEndOfInitial = false;
            metadata.put("annotations", Map.of("k8s.io/initial-events-end", "true"));
        }
        var tree = new LinkedHashMap<String, Object>();
        switch (rendering.form()) {
            case OBJECT -> {
                tree.put("kind", empty.resourceType().kind());
                tree.put("apiVersion", empty.resourceType().apiVersion());
            }
            case METADATA -> {
                tree.put("kind", "PartialObjectMetadata");
                tree.put("apiVersion", rendering.apiVersion());
            }
            case TABLE -> {
                tree.put("kind", "Table");
                tree.put("apiVersion", rendering.apiVersion());
            }
        }
        tree.put("metadata", metadata);
        return JsonText.write(tree).getBytes(StandardCharsets.UTF_8);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
