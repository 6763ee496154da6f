package dev.orchestrator.runtime.store;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * The cursors that sleep until something of one interest happens: a type, one object, or anything at all.
 *
 * <p>A cursor enqueues itself without a lock, with a node that it owns, so waiting allocates nothing. Only a thread
 * that holds the store's lock takes nodes out; an interest nobody waits for costs a commit one read.
 */
final class Waiters {

    /** The place of one cursor in one list; in use at most once at a time. */
    static final class Node {

        final WatchCursor cursor;
        private @Nullable Node next;
        private volatile boolean queued;

        Node(WatchCursor cursor) {
            this.cursor = cursor;
        }
    }

    private final AtomicReference<@Nullable Node> head = new AtomicReference<>();

    boolean isEmpty() {
        return head.get() == null;
    }

    /** Called by the cursor's own thread; does nothing while the cursor still waits here. */
    void enqueue(Node node) {
        if (node.queued) {
            return;
        }
        node.queued = true;
        push(node);
    }

    private void push(Node node) {
        Node first = head.get();
        node.next = first;
        while (!head.compareAndSet(first, node)) {
            first = head.get();
            node.next = first;
        }
    }

    /**
     * Takes all cursors out, tells each which revision woke it and collects them to be woken after the lock is freed.
     */
    void wake(long revision, Woken woken) {
        Node node = head.getAndSet(null);
        while (node != null) {
            Node next = node.next;
            node.next = null;
            WatchCursor cursor = node.cursor;
            node.queued = false;
            cursor.wokenBy(revision);
            woken.add(cursor);
            node = next;
        }
    }

    /** Takes one cursor out, with the store's lock held. */
    void remove(Node gone) {
        if (!gone.queued) {
            return;
        }
        Node node = head.getAndSet(null);
        while (node != null) {
            Node next = node.next;
            if (node == gone) {
                node.next = null;
                node.queued = false;
            } else {
                push(node);
            }
            node = next;
        }
    }
}
