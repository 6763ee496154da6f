package dev.orchestrator.runtime.ownership;

import dev.orchestrator.api.model.meta.ManagedFieldsEntry;

import static java.util.Objects.requireNonNullElse;

/**
 * Who owns fields: a writer, and how it writes.
 *
 * @param name what the writer calls itself
 * @param applies whether it applies what it wants, and owns just that, or updates the object
 * @param apiVersion the version in which it knows the object
 * @param subresource the part of the object that it writes through; empty for the object itself
 */
record Manager(String name, boolean applies, String apiVersion, String subresource) {

    private static final String APPLY = "Apply";
    private static final String UPDATE = "Update";

    static Manager of(ManagedFieldsEntry entry) {
        String operation = requireNonNullElse(entry.operation(), "");
        if (!operation.equals(APPLY) && !operation.equals(UPDATE)) {
            throw new IllegalArgumentException("operation must be Apply or Update: " + operation);
        }
        return new Manager(
                requireNonNullElse(entry.manager(), ""),
                operation.equals(APPLY),
                requireNonNullElse(entry.apiVersion(), ""),
                requireNonNullElse(entry.subresource(), ""));
    }

    String operation() {
        return applies ? APPLY : UPDATE;
    }

    /** {@return whether an entry is of the same writer: whoever applies is the same in every version} */
    boolean isSame(Manager other) {
        return name.equals(other.name)
                && applies == other.applies
                && subresource.equals(other.subresource)
                && (applies || apiVersion.equals(other.apiVersion));
    }

    /** {@return how conflicts call it} */
    @Override
    public String toString() {
        String who = "\"" + name + "\"" + (subresource.isEmpty() ? "" : " with subresource \"" + subresource + "\"");
        return applies ? who : who + " using " + apiVersion;
    }
}
