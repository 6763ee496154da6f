package dev.orchestrator.runtime.store;

/**
 * How an object is written.
 *
 * @param subresource the part that is written
 * @param dryRun whether everything is checked and nothing stored
 * @param manager who writes, such as {@code kubectl} or {@code deployment-controller}; kept with the managed fields
 *     later
 */
public record WriteRequest(Subresource subresource, boolean dryRun, String manager) {

    /** The parts of an object that are written apart from the rest. */
    public enum Subresource {
        /** All but status. */
        MAIN,
        /** Status only. */
        STATUS,
        /** The node of a pod, set once by a scheduler. */
        BINDING,
        /** The ephemeral containers of a pod. */
        EPHEMERAL_CONTAINERS,
        /** The resources of a pod's containers. */
        RESIZE,
        /** The finalizers in the spec of a namespace. */
        FINALIZE
    }

    /** {@return a plain write of everything but status} */
    public static WriteRequest by(String manager) {
        return new WriteRequest(Subresource.MAIN, false, manager);
    }

    /** {@return the same request for another part} */
    public WriteRequest on(Subresource part) {
        return new WriteRequest(part, dryRun, manager);
    }

    /** {@return the same request that stores nothing} */
    public WriteRequest asDryRun() {
        return new WriteRequest(subresource, true, manager);
    }
}
