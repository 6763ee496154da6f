package dev.orchestrator.runtime.admission.pod;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;

import dev.orchestrator.runtime.admission.field.GoSyntax;
import org.jspecify.annotations.Nullable;

/** Shows what differs between two specs, field by field: a minus before what was, a plus before what is wanted. */
public final class SpecDifference {

    private final StringBuilder text = new StringBuilder();

    private SpecDifference() {}

    /** {@return the difference, line by line} */
    public static String of(Record old, Record updated) {
        var difference = new SpecDifference();
        difference.record("", old, updated, 0);
        return difference.text.toString();
    }

    private void line(char mark, int depth, String content) {
        text.append(mark).append(' ').append("\t".repeat(depth)).append(content).append('\n');
    }

    private void record(String label, Record old, Record updated, int depth) {
        line(' ', depth, label + typeName(old) + "{");
        int identical = 0;
        for (RecordComponent component : old.getClass().getRecordComponents()) {
            Object before = read(component, old);
            Object after = read(component, updated);
            if (Objects.equals(before, after)) {
                identical++;
            } else {
                value(fieldName(component) + ": ", before, after, depth + 1);
            }
        }
        if (identical > 0) {
            line(' ', depth + 1, "... // " + identical + " identical fields");
        }
        line(' ', depth, depth == 0 ? "}" : "},");
    }

    private void value(String label, @Nullable Object before, @Nullable Object after, int depth) {
        if (before instanceof Record old && after instanceof Record updated) {
            record(label, old, updated, depth);
        } else if (before instanceof List<?> old && after instanceof List<?> updated && old.size() == updated.size()) {
            list(label, old, updated, depth);
        } else {
            line('-', depth, label + GoSyntax.literal(before) + ",");
            line('+', depth, label + GoSyntax.literal(after) + ",");
        }
    }

    private void list(String label, List<?> old, List<?> updated, int depth) {
        line(' ', depth, label + "{");
        int identical = 0;
        for (int i = 0; i < old.size(); i++) {
            if (Objects.equals(old.get(i), updated.get(i))) {
                identical++;
            } else {
                value("", old.get(i), updated.get(i), depth + 1);
            }
        }
        if (identical > 0) {
            line(' ', depth + 1, "... // " + identical + " identical elements");
        }
        line(' ', depth, "},");
    }

    private static String typeName(Record value) {
        return "core." + value.getClass().getSimpleName();
    }

    private static String fieldName(RecordComponent component) {
        String name = component.getName();
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static @Nullable Object read(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException notReadable) {
            throw new IllegalStateException(component + " cannot be read", notReadable);
        }
    }
}
