package dev.orchestrator.runtime.store.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Where files are written: the way to see a full or broken one in tests. */
interface Disk {

    /** {@return a file that is written from a position on, made if need be; what was behind is cut off} */
    Output open(Path file, long position) throws IOException;

    /** A file that grows. */
    interface Output extends Closeable {

        /** Writes all that remains in the buffer. */
        void write(ByteBuffer bytes) throws IOException;

        /** Returns when all that was written outlives the machine's end. */
        void force() throws IOException;
    }
}
