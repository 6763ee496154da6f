package dev.orchestrator.runtime.scheduler.topology;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.NodeScope;

/** The values that nodes have of one label, as small numbers, and which of the nodes count. */
final class Domains {

    /** The number of a node without the label. */
    static final int NONE = -1;

    private final String key;
    private final Predicate<NodeInfo> condition;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final BitSet taken = new BitSet();
    private final BitSet counting = new BitSet();
    private int[] bySlot = new int[16];
    private int[] nodes = new int[16];
    private int[] countingNodes = new int[16];
    private int present;
    private int users;

    Domains(String key, NodeScope scope) {
        this.key = key;
        this.condition = scope.condition();
        Arrays.fill(bySlot, NONE);
    }

    void arrive(NodeInfo node) {
        int slot = node.slot();
        if (slot >= bySlot.length) {
            int old = bySlot.length;
            bySlot = Arrays.copyOf(bySlot, Math.max(slot + 1, old * 2));
            Arrays.fill(bySlot, old, bySlot.length, NONE);
        }
        String value = node.node().metadata().labels().get(key);
        if (value == null) {
            return;
        }
        int number = numbers.computeIfAbsent(value, missing -> free());
        bySlot[slot] = number;
        nodes[number]++;
        if (condition.test(node)) {
            counting.set(slot);
            if (countingNodes[number]++ == 0) {
                present++;
            }
        }
    }

    private int free() {
        int number = taken.nextClearBit(0);
        taken.set(number);
        if (number >= nodes.length) {
            nodes = Arrays.copyOf(nodes, number * 2);
            countingNodes = Arrays.copyOf(countingNodes, number * 2);
        }
        return number;
    }

    /** Forgets a node that still has the labels it came with; its pods must have left before. */
    void leave(NodeInfo node) {
        int slot = node.slot();
        int number = numberOf(slot);
        if (number == NONE) {
            return;
        }
        bySlot[slot] = NONE;
        if (counting.get(slot)) {
            counting.clear(slot);
            if (--countingNodes[number] == 0) {
                present--;
            }
        }
        if (--nodes[number] == 0) {
            taken.clear(number);
            numbers.values().remove(number);
        }
    }

    int numberOf(int slot) {
        return slot < bySlot.length ? bySlot[slot] : NONE;
    }

    /** {@return the number under which pods on the node count; {@link #NONE} when they do not} */
    int countedAs(int slot) {
        return counting.get(slot) ? bySlot[slot] : NONE;
    }

    /** {@return how many values there are among the nodes that count} */
    int present() {
        return present;
    }

    void use() {
        users++;
    }

    /** {@return whether nobody needs it any more} */
    boolean drop() {
        return --users == 0;
    }
}
