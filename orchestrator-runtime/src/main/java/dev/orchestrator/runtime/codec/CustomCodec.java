package dev.orchestrator.runtime.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.meta.ObjectMeta;

/** Custom objects as trees: their metadata is a record of the model, all else is kept as it is. */
final class CustomCodec {

    private static final String API_VERSION = "apiVersion";
    private static final String KIND = "kind";
    private static final String METADATA = "metadata";

    private CustomCodec() {}

    static void write(CustomObject object, NodeWriter out) {
        out.beginObject();
        var all = new TreeMap<String, Object>(object.content());
        all.put(API_VERSION, object.resourceType().apiVersion());
        all.put(KIND, object.resourceType().kind());
        all.put(METADATA, object.metadata());
        all.forEach((name, value) -> {
            out.name(name);
            if (value instanceof ObjectMeta metadata) {
                RecordCodec.of(ObjectMeta.class).write(metadata, out);
            } else {
                TreeWalk.write(value, out);
            }
        });
        out.endObject();
    }

    static void writeDifference(CustomObject old, CustomObject now, NodeWriter before, NodeWriter after) {
        before.beginObject();
        after.beginObject();
        if (!old.metadata().equals(now.metadata())) {
            before.name(METADATA);
            after.name(METADATA);
            RecordCodec.of(ObjectMeta.class).writeDifference(old.metadata(), now.metadata(), before, after);
        }
        writeOther(old.content(), now.content(), before);
        writeOther(now.content(), old.content(), after);
        before.endObject();
        after.endObject();
    }

    private static void writeOther(Map<String, Object> these, Map<String, Object> those, NodeWriter out) {
        these.forEach((name, value) -> {
            if (!Objects.equals(value, those.get(name))) {
                out.name(name);
                TreeWalk.write(value, out);
            }
        });
    }

    /** {@return the object that a tree stands for}; what is wrong with its metadata is noted */
    static CustomObject decode(ResourceType<CustomObject> type, Map<String, Object> tree, Decoding decoding) {
        decoding.duplicatesOf(tree);
        var content = new LinkedHashMap<String, Object>();
        var metadata = ObjectMeta.EMPTY;
        for (Map.Entry<String, Object> entry : tree.entrySet()) {
            String name = entry.getKey();
            int mark = decoding.mark();
            if (name.equals(METADATA)) {
                String outer = decoding.enterField(type.kind(), METADATA);
                if (entry.getValue() != JsonNull.NULL
                        && RecordCodec.of(ObjectMeta.class).decode(entry.getValue(), decoding)
                                instanceof ObjectMeta decoded) {
                    metadata = decoded;
                }
                decoding.leaveField(outer, mark);
            } else if (!name.equals(API_VERSION) && !name.equals(KIND)) {
                decoding.appendKey(name);
                duplicates(entry.getValue(), decoding);
                decoding.back(mark);
                content.put(name, entry.getValue());
            }
        }
        return CustomObject.of(type, metadata, content);
    }

    @SuppressWarnings("unchecked") // the keys of a tree are texts
    private static void duplicates(Object value, Decoding decoding) {
        int mark = decoding.mark();
        if (value instanceof Map<?, ?> map) {
            decoding.duplicatesOf((Map<String, Object>) map);
            map.forEach((key, each) -> {
                decoding.appendKey((String) key);
                duplicates(each, decoding);
                decoding.back(mark);
            });
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                decoding.appendIndex(i);
                duplicates(list.get(i), decoding);
                decoding.back(mark);
            }
        }
    }
}
