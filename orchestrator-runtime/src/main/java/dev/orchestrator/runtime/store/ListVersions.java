package dev.orchestrator.runtime.store;

import dev.orchestrator.api.ApiException;
import org.jspecify.annotations.Nullable;

/** Decides at which revision a list is to be read, and refuses combinations that Kubernetes refuses. */
final class ListVersions {

    private static final String KIND = "ListOptions";
    private static final String MATCH = "resourceVersionMatch";

    private ListVersions() {}

    /** {@return the exact revision to read at; 0 for the newest} */
    static long check(ListQuery query, Journal journal) {
        String version = query.resourceVersion();
        boolean continued =
                query.continueToken() != null && !query.continueToken().isEmpty();
        if (query.match() != null) {
            checkMatch(version, query.match(), continued);
        }
        long revision = parsed(version);
        if (continued && revision != 0) {
            throw StoreErrors.versionWithContinue();
        }
        long current = journal.published();
        if (revision > current) {
            throw StoreErrors.tooLarge(revision, current);
        }
        // With a limit and no word on the match, a revision has always meant exactly that one.
        boolean exact = query.match() == ListQuery.VersionMatch.EXACT || (query.match() == null && query.limit() > 0);
        return exact ? revision : 0;
    }

    private static void checkMatch(@Nullable String version, ListQuery.VersionMatch match, boolean continued) {
        if (version == null || version.isEmpty()) {
            throw forbidden("resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
        if (continued) {
            throw forbidden("resourceVersionMatch is forbidden when continue is provided");
        }
        if (match == ListQuery.VersionMatch.EXACT && version.equals("0")) {
            throw forbidden("resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
        }
    }

    private static RuntimeException forbidden(String what) {
        return ApiException.invalidOptions(KIND, MATCH, "FieldValueForbidden", "Forbidden: " + what);
    }

    private static long parsed(@Nullable String version) {
        if (version == null || version.isEmpty()) {
            return 0;
        }
        try {
            long revision = Long.parseLong(version);
            if (revision >= 0 && Character.isDigit(version.charAt(0))) {
                return revision;
            }
        } catch (NumberFormatException e) {
            throw StoreErrors.badListVersion(version);
        }
        throw StoreErrors.badListVersion(version);
    }
}
