package dev.orchestrator.runtime.admission.field;

import org.jspecify.annotations.Nullable;

/** Where a field is: {@code spec.containers[0].env[1].name}. Rendered only when an error needs it. */
public final class FieldPath {

    private static final int NO_INDEX = -1;

    private final @Nullable FieldPath parent;
    private final @Nullable String name;
    private final int index;

    private FieldPath(@Nullable FieldPath parent, @Nullable String name, int index) {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    /** {@return the path of a field of the object itself} */
    public static FieldPath of(String name) {
        return new FieldPath(null, name, NO_INDEX);
    }

    /** {@return the path of a field of this one} */
    public FieldPath child(String field) {
        return new FieldPath(this, field, NO_INDEX);
    }

    /** {@return the path of a field two levels down} */
    public FieldPath child(String field, String below) {
        return child(field).child(below);
    }

    /** {@return the path of an element of this list} */
    public FieldPath index(int position) {
        return new FieldPath(this, null, position);
    }

    /** {@return the path of an entry of this map} */
    public FieldPath key(String key) {
        return new FieldPath(this, "[" + key + "]", NO_INDEX);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        write(text);
        return text.toString();
    }

    private void write(StringBuilder text) {
        if (parent != null) {
            parent.write(text);
        }
        if (name == null) {
            text.append('[').append(index).append(']');
        } else if (name.startsWith("[") || text.isEmpty()) {
            text.append(name);
        } else {
            text.append('.').append(name);
        }
    }
}
