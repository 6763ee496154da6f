package dev.orchestrator.memory;

/** A node of an {@link InMemoryDriver}, for making it fail. */
public final class SimulatedNode {

    private final Cluster cluster;
    private final String name;

    SimulatedNode(Cluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
        cluster.node(name);
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** Switches it off: what runs there dies, and nothing can be done there. Its pods are listed as unknown. */
    public void down() {
        cluster.nodeDown(cluster.node(name));
    }

    /** Switches it on again, its pods stopped; or ends its partition, its pods as they are. */
    public void up() {
        cluster.nodeUp(cluster.node(name));
    }

    /**
     * Cuts it off: what runs there goes on, but its connections stand still and nothing can be done there. Its pods are
     * listed as unknown.
     */
    public void partition() {
        cluster.nodePartitioned(cluster.node(name));
    }

    /** Takes it away with all that is on it. */
    public void remove() {
        cluster.removeNode(cluster.node(name));
    }
}
