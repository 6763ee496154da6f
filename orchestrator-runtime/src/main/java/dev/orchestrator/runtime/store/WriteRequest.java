package dev.orchestrator.runtime.store;

import org.jspecify.annotations.Nullable;

/**
 * How an object is written.
 *
 * @param subresource the part that is written
 * @param dryRun whether everything is checked and nothing stored
 * @param manager who writes, such as {@code kubectl} or {@code deployment-controller}; kept with the managed fields
 *     later
 * @param basis what the write was decided on; it is refused when that no longer holds. Null when it always holds
 */
public record WriteRequest(
        Subresource subresource,
        boolean dryRun,
        String manager,
        @Nullable Basis basis) {

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
        return new WriteRequest(Subresource.MAIN, false, manager, null);
    }

    /** {@return the same request for another part} */
    public WriteRequest on(Subresource part) {
        return new WriteRequest(part, dryRun, manager, basis);
    }

    /** {@return the same request that stores nothing} */
    public WriteRequest asDryRun() {
        return new WriteRequest(subresource, true, manager, basis);
    }

    /**
     * {@return the same request, refused with {@link SupersededException} when the basis has changed by the time of the
     * commit}
     */
    public WriteRequest decidedOn(Basis decisive) {
        return new WriteRequest(subresource, dryRun, manager, decisive);
    }
}
