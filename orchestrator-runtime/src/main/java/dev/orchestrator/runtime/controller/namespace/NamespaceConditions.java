package dev.orchestrator.runtime.controller.namespace;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.NamespaceCondition;
import dev.orchestrator.api.model.core.NamespaceStatus;

/** The conditions by which a namespace says what its deletion waits for. */
final class NamespaceConditions {

    private NamespaceConditions() {}

    private record Wanted(String type, boolean value, String reason, String message) {}

    /**
     * {@return the status of a namespace that is being deleted; the same instance when nothing has changed}
     *
     * @param failures what went wrong when its contents were deleted
     */
    static NamespaceStatus of(Namespace namespace, NamespaceContents contents, List<String> failures, Instant now) {
        var wanted = List.of(
                new Wanted(
                        "NamespaceDeletionDiscoveryFailure",
                        false,
                        "ResourcesDiscovered",
                        "All resources successfully discovered"),
                new Wanted(
                        "NamespaceDeletionGroupVersionParsingFailure",
                        false,
                        "ParsedGroupVersions",
                        "All legacy kube types successfully parsed"),
                deletion(failures),
                remaining(contents),
                finalizers(contents));
        var conditions = new ArrayList<>(namespace.status().conditions());
        for (Wanted condition : wanted) {
            put(conditions, condition, now.truncatedTo(ChronoUnit.SECONDS));
        }
        boolean same = conditions.equals(namespace.status().conditions())
                && "Terminating".equals(namespace.status().phase());
        return same ? namespace.status() : new NamespaceStatus(conditions, "Terminating");
    }

    private static Wanted deletion(List<String> failures) {
        if (failures.isEmpty()) {
            return new Wanted(
                    "NamespaceDeletionContentFailure",
                    false,
                    "ContentDeleted",
                    "All content successfully deleted, may be waiting on finalization");
        }
        String message = "Failed to delete all resource types, " + failures.size() + " remaining: "
                + String.join(", ", failures.stream().sorted().toList());
        return new Wanted("NamespaceDeletionContentFailure", true, "ContentDeletionFailed", message);
    }

    private static Wanted remaining(NamespaceContents contents) {
        return contents.isEmpty()
                ? new Wanted("NamespaceContentRemaining", false, "ContentRemoved", "All content successfully removed")
                : new Wanted("NamespaceContentRemaining", true, "SomeResourcesRemain", contents.remainingText());
    }

    private static Wanted finalizers(NamespaceContents contents) {
        return contents.finalizers().isEmpty()
                ? new Wanted(
                        "NamespaceFinalizersRemaining",
                        false,
                        "ContentHasNoFinalizers",
                        "All content-preserving finalizers finished")
                : new Wanted("NamespaceFinalizersRemaining", true, "SomeFinalizersRemain", contents.finalizersText());
    }

    private static void put(List<NamespaceCondition> conditions, Wanted wanted, Instant now) {
        String value = wanted.value ? "True" : "False";
        for (int i = 0; i < conditions.size(); i++) {
            NamespaceCondition old = conditions.get(i);
            if (old.type().equals(wanted.type)) {
                boolean sameValue = old.status().equals(value);
                boolean sameText =
                        Objects.equals(old.reason(), wanted.reason) && Objects.equals(old.message(), wanted.message);
                if (!sameValue || !sameText) {
                    Instant since = sameValue && old.lastTransitionTime() != null ? old.lastTransitionTime() : now;
                    conditions.set(i, new NamespaceCondition(since, wanted.message, wanted.reason, value, wanted.type));
                }
                return;
            }
        }
        conditions.add(new NamespaceCondition(now, wanted.message, wanted.reason, value, wanted.type));
    }
}
