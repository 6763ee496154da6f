package dev.orchestrator.api.model;

import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * Names one object among those of its type.
 *
 * @param namespace the namespace; empty for a cluster-scoped object
 * @param name the name
 */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

    /** Refuses null parts. */
    public ObjectKey {
        requireNonNull(namespace, "namespace is null");
        requireNonNull(name, "name is null");
    }

    /** {@return the key of a cluster-scoped object} */
    public static ObjectKey cluster(String name) {
        return new ObjectKey("", name);
    }

    /** Orders by namespace, then by name, as lists are ordered. */
    @Override
    public int compareTo(ObjectKey other) {
        // Most keys that are compared share the very namespace string, which equals sees at once.
        return namespace.equals(other.namespace) ? name.compareTo(other.name) : namespace.compareTo(other.namespace);
    }

    // Written out, as these two are the start's first; a record's own are linked at run time.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectKey key && name.equals(key.name) && namespace.equals(key.namespace);
    }

    @Override
    public int hashCode() {
        return namespace.hashCode() * 31 + name.hashCode();
    }

    /** {@return {@code namespace/name}, or the name alone for a cluster-scoped object} */
    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
