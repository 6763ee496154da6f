package dev.orchestrator.runtime.store.disk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.runtime.store.StoreEvent;

/**
 * The lines that the texts of a state file are made of: a word for what has happened, a number, and for objects their
 * type, namespace ({@code -} for none), name and form.
 *
 * <pre>
 * orchestrator-state 1 6c1f5c8a7b3e4d52 sidecars
 * add 17 apps/v1 Deployment default web {...}
 * set 18 apps/v1 Deployment default web {...}
 * del 19 apps/v1 Deployment default web
 * snapshot 19 4
 * </pre>
 */
final class Lines {

    /** The version of the whole format; a file of another is refused. */
    static final int VERSION = 1;

    /** The first line: the version, the state's id, and the name of the orchestrator up to the end of the line. */
    static final String HEADER = "orchestrator-state";

    /** An object was created at that revision. */
    static final String ADD = "add";

    /** An object was changed at that revision. */
    static final String SET = "set";

    /** An object came to its end at that revision. */
    static final String DELETE = "del";

    /** All objects at that revision have been listed, each by {@link #ADD}; and how many they are. */
    static final String SNAPSHOT = "snapshot";

    /** The store begins again at that revision. */
    static final String OPEN = "open";

    /** The store has ended in order at that revision. */
    static final String CLOSE = "close";

    private static final String NO_NAMESPACE = "-";

    private final ObjectFormat format;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    Lines(ObjectFormat format) {
        this.format = format;
    }

    void header(String id, String name) {
        line(HEADER + " " + VERSION + " " + id + " " + name);
    }

    void commit(StoreEvent commit) {
        switch (commit.kind()) {
            case ADDED -> object(ADD, commit.revision(), commit.object());
            case MODIFIED -> object(SET, commit.revision(), commit.object());
            case DELETED -> line(DELETE + " " + commit.revision() + " " + identity(commit.object()));
            case BOOKMARK -> throw new IllegalArgumentException("a bookmark is no commit");
        }
    }

    void object(String word, long number, Resource object) {
        text.writeBytes((word + " " + number + " " + identity(object) + " ").getBytes(StandardCharsets.UTF_8));
        text.writeBytes(format.write(object));
        text.write('\n');
    }

    void mark(String word, long... numbers) {
        var line = new StringBuilder(word);
        for (long number : numbers) {
            line.append(' ').append(number);
        }
        line(line.toString());
    }

    private void line(String line) {
        text.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        text.write('\n');
    }

    int size() {
        return text.size();
    }

    /** {@return a frame of all lines so far, which are forgotten} */
    ByteBuffer frame() {
        ByteBuffer frame = Frames.of(ByteBuffer.wrap(text.toByteArray()));
        text.reset();
        return frame;
    }

    /** {@return an object's type, namespace and name as one text} */
    static String identity(Resource object) {
        ResourceType<?> type = object.resourceType();
        ObjectKey key = object.key();
        String namespace = key.namespace().isEmpty() ? NO_NAMESPACE : key.namespace();
        // An object of a custom kind is one object in all versions.
        String version = type.isCustom() ? type.group() : type.apiVersion();
        return version + " " + type.kind() + " " + namespace + " " + key.name();
    }
}
