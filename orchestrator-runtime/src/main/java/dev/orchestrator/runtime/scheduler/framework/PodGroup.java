package dev.orchestrator.runtime.scheduler.framework;

import java.util.Arrays;

/**
 * Pods that should be spread from each other, and how many of them are on each node.
 *
 * <p>A hash table of numbers by the slot of the node. A decision asks a hundred neighbouring nodes, which are
 * neighbours in the table too. Not thread-safe.
 */
public final class PodGroup {

    private static final int INITIAL_CAPACITY = 8;
    private static final int FREE = -1;

    private int[] slots = new int[INITIAL_CAPACITY];
    private int[] counts = new int[INITIAL_CAPACITY];
    private int used;
    private int pods;

    /** Creates a group without pods. */
    public PodGroup() {
        Arrays.fill(slots, FREE);
    }

    void add(int slot) {
        int index = indexOf(slot);
        if (slots[index] == FREE) {
            slots[index] = slot;
            used++;
        }
        counts[index]++;
        pods++;
        if (used * 2 > slots.length) {
            rehash();
        }
    }

    void remove(int slot) {
        int index = indexOf(slot);
        if (slots[index] == slot && counts[index] > 0) {
            counts[index]--;
            pods--;
        }
    }

    /** {@return whether no pod of the group is on any node} */
    public boolean isEmpty() {
        return pods == 0;
    }

    /** {@return how many pods of the group are on the node} */
    public int countOn(NodeInfo node) {
        return counts[indexOf(node.slot())];
    }

    private int indexOf(int slot) {
        int mask = slots.length - 1;
        int index = slot & mask;
        while (slots[index] != slot && slots[index] != FREE) {
            index = (index + 1) & mask;
        }
        return index;
    }

    /** Makes room, without the nodes that have no pod of the group any more. */
    private void rehash() {
        int[] oldSlots = slots;
        int[] oldCounts = counts;
        int live = 0;
        for (int count : oldCounts) {
            live += count > 0 ? 1 : 0;
        }
        int capacity = Math.max(INITIAL_CAPACITY, Integer.highestOneBit(Math.max(1, live)) * 4);
        slots = new int[capacity];
        counts = new int[capacity];
        Arrays.fill(slots, FREE);
        used = live;
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldCounts[i] > 0) {
                int index = indexOf(oldSlots[i]);
                slots[index] = oldSlots[i];
                counts[index] = oldCounts[i];
            }
        }
    }
}
