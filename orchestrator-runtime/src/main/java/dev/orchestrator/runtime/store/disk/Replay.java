package dev.orchestrator.runtime.store.disk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.StateException;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.runtime.store.StoredState.StoredObject;

/** Makes the state again from the lines of a file, and refuses what can not have been written so. */
final class Replay {

    private static final int COLUMNS_OF_IDENTITY = 4;

    private final Frames frames;
    private final Map<String, Kept> objects = new LinkedHashMap<>();
    private String id = "";
    private String name = "";
    private long revision;
    private boolean isSnapshotWhole;
    private boolean isClosed;

    /** The last form of an object; most are replaced before anybody looks at them. */
    private static final class Kept {

        final long sequence;
        final byte[] form;

        Kept(long sequence, byte[] form) {
            this.sequence = sequence;
            this.form = form;
        }
    }

    Replay(Frames frames) {
        this.frames = frames;
    }

    /** Takes in the text of one frame. */
    void read(byte[] text) {
        int start = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                line(text, start, i);
                start = i + 1;
            }
        }
        if (start != text.length) {
            throw frames.damaged("a line has no end");
        }
    }

    private void line(byte[] text, int start, int end) {
        int afterWord = after(text, start, end);
        String word = string(text, start, afterWord);
        if (id.isEmpty() != word.equals(Lines.HEADER)) {
            throw frames.damaged(id.isEmpty() ? "it is no state file" : "it begins again");
        }
        int afterNumber = after(text, afterWord, end);
        long number = number(string(text, afterWord, afterNumber));
        isClosed = word.equals(Lines.CLOSE);
        switch (word) {
            case Lines.HEADER -> header(number, string(text, afterNumber, end));
            case Lines.ADD, Lines.SET, Lines.DELETE -> object(word, number, text, afterNumber, end);
            case Lines.SNAPSHOT -> snapshot(number, number(string(text, afterNumber, end)));
            case Lines.OPEN, Lines.CLOSE -> {
                if (number < revision) {
                    throw frames.damaged("revision " + number + " follows " + revision);
                }
                revision = number;
            }
            default -> throw frames.damaged("a line begins with \"" + word + "\"");
        }
    }

    private static int after(byte[] text, int from, int end) {
        for (int i = from; i < end; i++) {
            if (text[i] == ' ') {
                return i + 1;
            }
        }
        return end;
    }

    private static String string(byte[] text, int from, int to) {
        int end = to > from && text[to - 1] == ' ' ? to - 1 : to;
        return new String(text, from, end - from, StandardCharsets.UTF_8);
    }

    private long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw frames.damaged("\"" + text + "\" is no number", e);
        }
    }

    private void header(long version, String rest) {
        if (version != Lines.VERSION) {
            throw new StateException(
                    StateException.Reason.OTHER_VERSION,
                    "state file " + frames.file() + " is of version " + version
                            + " of its format, this program knows version " + Lines.VERSION,
                    null);
        }
        int blank = rest.indexOf(' ');
        if (blank < 1) {
            throw frames.damaged("it does not say whose state it is");
        }
        id = rest.substring(0, blank);
        name = rest.substring(blank + 1);
    }

    private void object(String word, long number, byte[] text, int from, int end) {
        int form = from;
        for (int i = 0; i < COLUMNS_OF_IDENTITY; i++) {
            form = after(text, form, end);
        }
        String identity = string(text, from, form);
        if (isSnapshotWhole) {
            if (number <= revision) {
                // It was written while the snapshot was.
                return;
            }
            if (number != revision + 1) {
                throw frames.damaged("revision " + number + " follows " + revision);
            }
            revision = number;
        }
        Kept before = objects.get(identity);
        if (word.equals(Lines.ADD) != (before == null)) {
            throw frames.damaged(identity + (before == null ? " changes before it is there" : " is there twice"));
        }
        if (word.equals(Lines.DELETE)) {
            objects.remove(identity);
        } else {
            objects.put(
                    identity, new Kept(before == null ? number : before.sequence, Arrays.copyOfRange(text, form, end)));
        }
    }

    private void snapshot(long at, long count) {
        if (isSnapshotWhole || count != objects.size()) {
            throw frames.damaged("a snapshot of " + count + " objects has " + objects.size());
        }
        isSnapshotWhole = true;
        revision = at;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    long revision() {
        return revision;
    }

    /** {@return whether the store has ended in order} */
    boolean isClosed() {
        return isClosed;
    }

    /** {@return all objects as they were last} */
    List<StoredObject> objects(ObjectFormat format) {
        if (!isSnapshotWhole) {
            throw frames.damaged("its beginning is not whole");
        }
        var found = new ArrayList<StoredObject>(objects.size());
        objects.forEach((identity, kept) -> {
            Resource object;
            try {
                object = format.read(kept.form);
            } catch (RuntimeException e) {
                throw frames.damaged(identity + " can not be read: " + e.getMessage(), e);
            }
            if (!identity.equals(Lines.identity(object))) {
                throw frames.damaged(identity + " reads as " + Lines.identity(object));
            }
            found.add(new StoredObject(kept.sequence, object));
        });
        return found;
    }
}
