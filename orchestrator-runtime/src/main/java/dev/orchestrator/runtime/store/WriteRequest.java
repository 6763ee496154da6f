package dev.orchestrator.runtime.store;

import org.jspecify.annotations.Nullable;

/**
 * How an object is written.
 *
 * @param subresource the part that is written
 * @param dryRun whether everything is checked and nothing stored
 * @param manager who writes, such as {@code kubectl} or {@code deployment-controller}
 * @param basis what the write was decided on; it is refused when that no longer holds. Null when it always holds
 * @param owner under which name the writer owns what it writes: the manager, but for our own controllers, which are one
 *     program in Kubernetes
 * @param withOwners whether the object says already who owns its fields, as one that has been applied does
 */
public record WriteRequest(
        Subresource subresource,
        boolean dryRun,
        String manager,
        @Nullable Basis basis,
        String owner,
        boolean withOwners) {

    private static final String CONTROLLERS = "kube-controller-manager";

    /** The parts of an object that are written apart from the rest. */
    public enum Subresource {
        /** All but status. */
        MAIN,
        /** Status only. */
        STATUS,
        /** The number of replicas; written like the rest of the object, but owned apart. */
        SCALE,
        /** The node of a pod, set once by a scheduler. */
        BINDING,
        /** The ephemeral containers of a pod. */
        EPHEMERAL_CONTAINERS,
        /** The resources of a pod's containers. */
        RESIZE,
        /** The finalizers in the spec of a namespace. */
        FINALIZE;

        /** {@return the name in paths; empty for the object itself} */
        public String path() {
            return switch (this) {
                case MAIN -> "";
                case STATUS -> "status";
                case SCALE -> "scale";
                case BINDING -> "binding";
                case EPHEMERAL_CONTAINERS -> "ephemeralcontainers";
                case RESIZE -> "resize";
                case FINALIZE -> "finalize";
            };
        }
    }

    /** {@return a plain write of everything but status} */
    public static WriteRequest by(String manager) {
        return new WriteRequest(Subresource.MAIN, false, manager, null, manager, false);
    }

    /** {@return a plain write of one of our own controllers} */
    public static WriteRequest ofController(String name) {
        return by(name).ownedBy(CONTROLLERS);
    }

    /** {@return the same request by a writer that owns what it writes under another name} */
    public WriteRequest ownedBy(String name) {
        return new WriteRequest(subresource, dryRun, manager, basis, name, withOwners);
    }

    /** {@return the same request for another part} */
    public WriteRequest on(Subresource part) {
        return new WriteRequest(part, dryRun, manager, basis, owner, withOwners);
    }

    /** {@return the same request that stores nothing} */
    public WriteRequest asDryRun() {
        return new WriteRequest(subresource, true, manager, basis, owner, withOwners);
    }

    /**
     * {@return the same request, refused with {@link SupersededException} when the basis has changed by the time of the
     * commit}
     */
    public WriteRequest decidedOn(Basis decisive) {
        return new WriteRequest(subresource, dryRun, manager, decisive, owner, withOwners);
    }

    /** {@return the same request for an object that says who owns its fields} */
    public WriteRequest withItsOwners() {
        return new WriteRequest(subresource, dryRun, manager, basis, owner, true);
    }
}
