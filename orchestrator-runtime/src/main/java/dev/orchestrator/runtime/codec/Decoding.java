package dev.orchestrator.runtime.codec;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Where one object is being read, and what is wrong with it so far.
 *
 * <p>Kubernetes reports two sorts of faults in two notations: unknown and duplicate fields, all of them, with a full
 * path ({@code spec.containers[0].foo}); and the first value of a wrong type, with the record that holds it and the
 * names of the fields alone ({@code Container.spec.containers.image}).
 */
final class Decoding {

    private static final int MAX_STRICT_FAULTS = 100;

    private final Document document;
    private final StringBuilder path = new StringBuilder();
    private final List<String> fields = new ArrayList<>();
    private final Set<String> strictFaults = new LinkedHashSet<>();
    private String record = "";
    private @Nullable String failure;

    Decoding(Document document) {
        this.document = document;
    }

    /** {@return the first value of a wrong type, if there is one} */
    @Nullable
    String failure() {
        return failure;
    }

    /** {@return the unknown and duplicate fields} */
    List<String> strictFaults() {
        return List.copyOf(strictFaults);
    }

    /** Steps into a field of a record; gives the record outside it, which {@link #leaveField} takes back. */
    String enterField(String recordName, String field) {
        String outer = record;
        record = recordName;
        fields.add(field);
        appendKey(field);
        return outer;
    }

    void leaveField(String outer, int mark) {
        record = outer;
        fields.removeLast();
        path.setLength(mark);
    }

    int mark() {
        return path.length();
    }

    void back(int mark) {
        path.setLength(mark);
    }

    void appendKey(String key) {
        if (!path.isEmpty()) {
            path.append('.');
        }
        path.append(key);
    }

    void appendIndex(int index) {
        path.append('[').append(index).append(']');
    }

    void unknownField(String name) {
        strict("unknown field", name);
    }

    void duplicatesOf(Map<String, Object> map) {
        for (String name : document.duplicatesIn(map)) {
            strict("duplicate field", name);
        }
    }

    private void strict(String what, String name) {
        if (strictFaults.size() < MAX_STRICT_FAULTS) {
            int mark = mark();
            appendKey(name);
            strictFaults.add(what + " \"" + path + "\"");
            back(mark);
        }
    }

    /** Notes that a value is not of the type that its place needs. */
    void mismatch(Object node, String goType) {
        boolean whole = goType.startsWith("int") && node instanceof Number;
        fail(unmarshal(whole ? "number " + YamlScalars.numberText((Number) node) : kindOf(node), goType));
    }

    /** {@return Go's sentence about a value of the wrong type at this place} */
    private String unmarshal(String what, String goType) {
        String into = fields.isEmpty() ? "Go value" : "Go struct field " + record + "." + String.join(".", fields);
        return "json: cannot unmarshal " + what + " into " + into + " of type " + goType;
    }

    void fail(String message) {
        if (failure == null) {
            failure = message;
        }
    }

    private static String kindOf(Object node) {
        if (node instanceof String) {
            return "string";
        }
        if (node instanceof Boolean) {
            return "bool";
        }
        if (node instanceof Long || node instanceof Double || node instanceof BigInteger) {
            return "number";
        }
        return node instanceof Map ? "object" : "array";
    }
}
