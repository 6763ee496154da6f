package dev.orchestrator.runtime.ownership;

/** Which fields of an object nobody can own, whatever is written. */
final class ManagedParts {

    /** What the server keeps for itself in every object. */
    static final FieldSet NEVER_OWNED = FieldSet.ofFields(
            "apiVersion",
            "kind",
            "metadata",
            "metadata.name",
            "metadata.namespace",
            "metadata.creationTimestamp",
            "metadata.selfLink",
            "metadata.uid",
            "metadata.generation",
            "metadata.managedFields",
            "metadata.resourceVersion");

    private ManagedParts() {}
}
