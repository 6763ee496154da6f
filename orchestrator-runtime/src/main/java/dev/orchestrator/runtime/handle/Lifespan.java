package dev.orchestrator.runtime.handle;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.runtime.store.WatchCursor;

/** Whether the orchestrator behind the handles is still open; safe for any thread. */
public final class Lifespan {

    private final String name;
    private final Set<WatchCursor> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    /** Begins to live. */
    public Lifespan(String name) {
        this.name = name;
    }

    /** Ends all waits and watches of handles; from now on handles refuse to do anything. */
    public void end() {
        over = true;
        waiting.forEach(WatchCursor::close);
    }

    boolean isOver() {
        return over;
    }

    void requireOpen() {
        if (over) {
            throw new IllegalStateException("orchestrator " + name + " is closed");
        }
    }

    /** {@return the cursor, which ends with the orchestrator unless it is released before} */
    WatchCursor with(WatchCursor cursor) {
        waiting.add(cursor);
        if (over) {
            cursor.close();
        }
        return cursor;
    }

    /** Closes a cursor that the orchestrator need not close any more. */
    void release(WatchCursor cursor) {
        waiting.remove(cursor);
        cursor.close();
    }
}
