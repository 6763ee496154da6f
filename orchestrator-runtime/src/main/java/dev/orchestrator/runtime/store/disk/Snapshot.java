package dev.orchestrator.runtime.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

import dev.orchestrator.runtime.store.StoredState;
import dev.orchestrator.runtime.store.StoredState.StoredObject;

/** The beginning of a state file: whose it is, and all there is. */
record Snapshot(ObjectFormat format, String id, String name) {

    private static final int FRAME = 1 << 20;

    /** An open file and how long it is. */
    record Begun(Disk.Output output, long size) {}

    /** Makes a file that begins with a state. {@return the file, safe and open for what comes next} */
    Begun write(Disk disk, Path file, StoredState state) throws IOException {
        Disk.Output output = disk.open(file, 0);
        boolean isWhole = false;
        try {
            var lines = new Lines(format);
            long size = 0;
            lines.header(id, name);
            for (StoredObject stored : state.objects()) {
                lines.object(Lines.ADD, stored.sequence(), stored.object());
                if (lines.size() >= FRAME) {
                    size += put(output, lines);
                }
            }
            lines.mark(Lines.SNAPSHOT, state.revision(), state.objects().size());
            size += put(output, lines);
            output.force();
            isWhole = true;
            return new Begun(output, size);
        } finally {
            if (!isWhole) {
                output.close();
            }
        }
    }

    private static long put(Disk.Output output, Lines lines) throws IOException {
        ByteBuffer frame = lines.frame();
        long size = frame.remaining();
        output.write(frame);
        return size;
    }
}
