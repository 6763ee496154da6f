package dev.orchestrator.runtime.ownership;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.SerializableString;
import dev.orchestrator.runtime.codec.NodeWriter;
import org.jspecify.annotations.Nullable;

/**
 * Collects the paths that an object has more, or otherwise, than one of its kind in which nothing is set; the object is
 * written into it as it would be written as JSON, so that no tree of it is made.
 */
final class FieldsWriter implements NodeWriter {

    /** A map, struct or list that is being written. */
    private static final class Frame {

        final @Nullable Frame outer;
        final Schema schema;
        final FieldSet.Growing place;
        /** What the same place holds when nothing is set; null when it does not exist then. */
        final @Nullable Map<String, Object> zero;
        /** In an element of a list, the fields that tell it from the others. */
        final @Nullable TreeMap<String, Object> key;

        Frame(
                @Nullable Frame outer,
                Schema schema,
                FieldSet.Growing place,
                @Nullable Map<String, Object> zero,
                @Nullable TreeMap<String, Object> key) {
            this.outer = outer;
            this.schema = schema;
            this.place = place;
            this.zero = zero;
            this.key = key;
        }
    }

    private final FieldSet.Growing root = new FieldSet.Growing();
    private final Schema.Struct schema;
    private @Nullable Frame frame;
    private String name = "";
    /** How deep inside something is written that can only be owned as a whole. */
    private int depth;

    FieldsWriter(Schema.Struct schema) {
        this.schema = schema;
    }

    FieldSet fields() {
        return root.build();
    }

    @Override
    public void beginObject() {
        begin(Map.of());
    }

    @Override
    public void beginArray() {
        begin(List.of());
    }

    private void begin(Object sample) {
        if (depth > 0) {
            depth++;
            return;
        }
        Frame in = frame;
        if (in == null) {
            frame = new Frame(null, schema, root, schema.zero(), null);
        } else if (in.schema instanceof Schema.ListOf list) {
            // The place is known when all of the element is: only then are its keys.
            frame = new Frame(in, list.element().of(sample), new FieldSet.Growing(), null, new TreeMap<>());
        } else {
            beginField(in, sample);
        }
    }

    private void beginField(Frame in, Object sample) {
        if (in.schema.isLeaf()) {
            depth = 1; // inside an element that can only be owned as a whole
            return;
        }
        var step = new PathElement.Field(name);
        Schema actual = in.schema.inside(step).of(sample);
        FieldSet.Growing place = in.place.child(step);
        Object unset = in.zero == null ? null : in.zero.get(name);
        if (unset == null || actual.isLeaf()) {
            place.add();
        }
        if (actual.isLeaf()) {
            depth = 1;
        } else {
            frame = new Frame(in, actual, place, unset == null ? null : Trees.map(unset), null);
        }
    }

    @Override
    public void endObject() {
        end();
    }

    @Override
    public void endArray() {
        end();
    }

    private void end() {
        if (depth > 0) {
            depth--;
            return;
        }
        Frame ended = frame;
        Frame outer = ended == null ? null : ended.outer;
        if (ended != null && outer != null && ended.key != null && outer.schema instanceof Schema.ListOf list) {
            try {
                PathElement step = list.stepTo(ended.key);
                ended.place.add();
                outer.place.attach(step, ended.place);
            } catch (IllegalArgumentException keyless) {
                frame = outer; // what can not be named has no owner
                return;
            }
        }
        frame = outer;
    }

    @Override
    public void name(SerializableString written) {
        name = written.getValue();
    }

    @Override
    public void name(String written) {
        name = written;
    }

    @Override
    public void text(String value) {
        scalar(value);
    }

    @Override
    public void number(long value) {
        scalar(value);
    }

    @Override
    public void truth(boolean value) {
        scalar(value);
    }

    private void scalar(Object value) {
        Frame in = frame;
        if (depth > 0 || in == null) {
            return;
        }
        if (in.schema instanceof Schema.ListOf) {
            in.place.child(new PathElement.Value(value)).add();
            return;
        }
        if (in.key != null
                && in.outer != null
                && in.outer.schema instanceof Schema.ListOf list
                && list.keys().contains(name)) {
            in.key.put(name, value);
        }
        Object unset = in.zero == null ? null : in.zero.get(name);
        if (!in.schema.isLeaf() && !value.equals(unset)) {
            in.place.child(new PathElement.Field(name)).add();
        }
    }

    @Override
    public void tree(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            beginObject();
            map.forEach((key, value) -> {
                name((String) key);
                tree(value);
            });
            endObject();
        } else if (tree instanceof List<?> list) {
            beginArray();
            list.forEach(this::tree);
            endArray();
        } else {
            scalar(tree);
        }
    }
}
