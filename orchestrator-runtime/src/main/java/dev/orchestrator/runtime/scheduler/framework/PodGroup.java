package dev.orchestrator.runtime.scheduler.framework;

/** Pods that should be spread from each other, and how many of them are on each node. Not thread-safe. */
public final class PodGroup {

    private final Tally bySlot = new Tally();

    /** Creates a group without pods. */
    public PodGroup() {}

    void add(int slot) {
        bySlot.add(slot);
    }

    void remove(int slot) {
        bySlot.remove(slot);
    }

    /** {@return whether no pod of the group is on any node} */
    public boolean isEmpty() {
        return bySlot.total() == 0;
    }

    /** {@return how many pods of the group are on the node} */
    public int countOn(NodeInfo node) {
        return bySlot.count(node.slot());
    }
}
