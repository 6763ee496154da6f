package dev.orchestrator.runtime.revision;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.PodTemplateSpecBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Names a pod template by its content, so that every version of a deployment finds its replica set again.
 *
 * <p>The hash is FNV-1a over a form of the template that leaves out what is not set: it is the same in every process,
 * whatever the order of labels, and a field that the model gains later changes no name.
 */
public final class TemplateHash {

    // No vowels and no digits that look like them: no hash spells a word.
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private TemplateHash() {}

    /**
     * {@return the name of a template}
     *
     * @param collisions how often that name turned out to be taken by another template
     */
    public static String of(PodTemplateSpec template, @Nullable Integer collisions) {
        var canonical = new StringBuilder(512);
        writeRecord(canonical, template);
        int hash = fnv(FNV_OFFSET, canonical.toString().getBytes(StandardCharsets.UTF_8));
        if (collisions != null) {
            var salt = new byte[8];
            for (int i = 0; i < Integer.BYTES; i++) {
                salt[i] = (byte) (collisions >>> (8 * i));
            }
            hash = fnv(hash, salt);
        }
        return encode(Integer.toUnsignedString(hash));
    }

    /** {@return the text with each character replaced by one that is safe in a name} */
    static String encode(String text) {
        var safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            safe.append(ALPHABET.charAt(text.charAt(i) % ALPHABET.length()));
        }
        return safe.toString();
    }

    /** {@return whether two templates make the same pods, their hash labels aside} */
    public static boolean sameTemplate(PodTemplateSpec left, PodTemplateSpec right) {
        return left.spec().equals(right.spec())
                && left.withoutHash().metadata().equals(right.withoutHash().metadata());
    }

    /** {@return the template with its hash label} */
    public static PodTemplateSpec with(PodTemplateSpec template, String hash) {
        var labels = new HashMap<>(template.metadata().labels());
        labels.put(PodTemplateSpec.HASH_LABEL, hash);
        return PodTemplateSpecBuilder.builder(template)
                .metadata(ObjectMetaBuilder.builder(template.metadata())
                        .labels(labels)
                        .build())
                .build();
    }

    private static int fnv(int start, byte[] bytes) {
        int hash = start;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    private static void write(StringBuilder out, Object value) {
        switch (value) {
            case Record nested -> writeRecord(out, nested);
            case List<?> list -> {
                out.append('[');
                list.forEach(element -> {
                    write(out, element);
                    out.append(',');
                });
                out.append(']');
            }
            case Map<?, ?> map -> {
                out.append('{');
                var sorted = new TreeMap<String, Object>();
                map.forEach((key, element) -> sorted.put(String.valueOf(key), element));
                sorted.forEach((key, element) -> {
                    text(out, key);
                    out.append(':');
                    write(out, element);
                    out.append(',');
                });
                out.append('}');
            }
            case Bytes bytes -> text(out, bytes.toBase64());
            default -> text(out, value.toString());
        }
    }

    private static void writeRecord(StringBuilder out, Record value) {
        out.append('(');
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object content = read(component, value);
            if (content != null && !isUnset(component, content)) {
                out.append(component.getName()).append('=');
                write(out, content);
                out.append(';');
            }
        }
        out.append(')');
    }

    private static @Nullable Object read(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(value.getClass().getName() + ": " + component + " cannot be read", e);
        }
    }

    private static boolean isUnset(RecordComponent component, Object content) {
        return switch (content) {
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            case Number number -> component.getType().isPrimitive() && number.doubleValue() == 0;
            case Boolean flag -> component.getType().isPrimitive() && !flag;
            default -> false;
        };
    }

    /** The length comes first, so that no two different templates are written alike. */
    private static void text(StringBuilder out, String text) {
        out.append(text.length()).append('"').append(text);
    }
}
