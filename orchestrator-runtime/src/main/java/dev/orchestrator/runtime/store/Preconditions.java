package dev.orchestrator.runtime.store;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.ObjectMeta;

/** Refuses requests to delete that make no sense, or that are for another object than the one stored. */
final class Preconditions {

    private static final String KIND = "DeleteOptions";

    private Preconditions() {}

    static void checkOptions(DeleteOptions options) {
        String policy = options.propagationPolicy();
        if (policy != null && options.orphanDependents() != null) {
            throw ApiException.invalidOptions(
                    KIND,
                    "propagationPolicy",
                    "FieldValueInvalid",
                    "Invalid value: \"" + policy + "\": orphanDependents and deletionPropagation cannot be both set");
        }
        if (policy != null
                && !policy.equals("Background")
                && !policy.equals("Foreground")
                && !policy.equals("Orphan")) {
            throw ApiException.invalidOptions(
                    KIND,
                    "propagationPolicy",
                    "FieldValueNotSupported",
                    "Unsupported value: \"" + policy
                            + "\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"");
        }
        if (!options.dryRun().isEmpty() && !options.dryRun().stream().allMatch("All"::equals)) {
            throw ApiException.invalidOptions(
                    KIND,
                    "dryRun",
                    "FieldValueNotSupported",
                    "Unsupported value: []string{\"" + String.join("\", \"", options.dryRun())
                            + "\"}: supported values: \"All\"");
        }
    }

    static void check(ResourceType<?> type, ObjectKey key, ObjectMeta stored, DeleteOptions options) {
        var wanted = options.preconditions();
        if (wanted == null) {
            return;
        }
        if (wanted.uid() != null && !wanted.uid().equals(stored.uid())) {
            throw StoreErrors.otherUidOnDelete(type, key, wanted.uid(), stored.uidOrEmpty());
        }
        if (wanted.resourceVersion() != null && !wanted.resourceVersion().equals(stored.resourceVersion())) {
            throw StoreErrors.otherVersionOnDelete(type, key, wanted.resourceVersion(), stored.resourceVersion());
        }
    }
}
