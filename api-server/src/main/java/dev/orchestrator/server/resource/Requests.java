package dev.orchestrator.server.resource;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.runtime.store.FieldSelector;
import dev.orchestrator.runtime.store.ListQuery;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.text.GoText;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Statuses;
import org.jspecify.annotations.Nullable;

/** Reads the query parameters that the store understands. */
final class Requests {

    private static final int LONGEST_MANAGER = 128;
    private static final String PATCH_OPTIONS = "PatchOptions";

    private Requests() {}

    /** {@return how a write is meant, by the options of a request} */
    static WriteRequest write(Call call, String optionsKind) {
        List<String> dryRun = call.parameters("dryRun");
        if (dryRun.stream().anyMatch(value -> !value.equals("All"))) {
            throw ApiException.invalidOptions(
                    optionsKind,
                    "dryRun",
                    "FieldValueNotSupported",
                    "Unsupported value: " + GoText.texts("string", dryRun) + ": supported values: \"All\"");
        }
        String validation = call.parameterOrEmpty("fieldValidation");
        if (!List.of("", "Strict", "Warn", "Ignore").contains(validation)) {
            throw ApiException.invalidOptions(
                    optionsKind,
                    "fieldValidation",
                    "FieldValueNotSupported",
                    "Unsupported value: \"" + validation + "\": supported values: \"Ignore\", \"Strict\", \"Warn\"");
        }
        String manager = call.parameterOrEmpty("fieldManager");
        checkManager(manager, optionsKind);
        WriteRequest request = WriteRequest.by(manager.isEmpty() ? call.agent() : manager);
        return dryRun.isEmpty() ? request : request.asDryRun();
    }

    private static void checkManager(String manager, String optionsKind) {
        if (manager.getBytes(StandardCharsets.UTF_8).length > LONGEST_MANAGER) {
            throw ApiException.invalidOptions(
                    optionsKind,
                    "fieldManager",
                    "FieldValueTooLong",
                    "Too long: may not be more than " + LONGEST_MANAGER + " bytes");
        }
        for (int i = 0; i < manager.length(); i++) {
            char c = manager.charAt(i);
            if (Character.isISOControl(c)) {
                throw ApiException.invalidOptions(
                        optionsKind,
                        "fieldManager",
                        "FieldValueInvalid",
                        "Invalid value: " + GoText.quote(manager) + ": invalid character U+"
                                + HexFormat.of().withUpperCase().toHexDigits(c) + " (at position " + i + ")");
            }
        }
    }

    /** {@return how a patch is meant, by the options of a request} */
    static WriteRequest patch(Call call, PatchKind kind) {
        if (kind == PatchKind.APPLY) {
            if (call.parameterOrEmpty("fieldManager").isEmpty()) {
                throw ApiException.invalidOptions(
                        PATCH_OPTIONS,
                        "fieldManager",
                        "FieldValueRequired",
                        "Required value: is required for apply patch");
            }
        } else if (call.parameter("force") != null) {
            throw ApiException.invalidOptions(
                    PATCH_OPTIONS,
                    "force",
                    "FieldValueForbidden",
                    "Forbidden: may not be specified for non-apply patch");
        }
        return write(call, PATCH_OPTIONS);
    }

    /** {@return which objects a request is about} */
    static ListQuery list(Call call, @Nullable String namespace) {
        return ListQuery.everything()
                .namespace(namespace)
                .labels(labels(call))
                .fields(fields(call))
                .limit((int) Math.min(number(call, "limit"), Integer.MAX_VALUE))
                .continueFrom(call.parameter("continue"))
                .at(call.parameter("resourceVersion"), versionMatch(call));
    }

    static Selector labels(Call call) {
        String text = call.parameterOrEmpty("labelSelector");
        try {
            return text.isEmpty() ? Selector.everything() : Selector.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw Statuses.badRequest(String.valueOf(malformed.getMessage()));
        }
    }

    static FieldSelector fields(Call call) {
        String text = call.parameterOrEmpty("fieldSelector");
        return text.isEmpty() ? FieldSelector.everything() : FieldSelector.parse(text);
    }

    private static ListQuery.@Nullable VersionMatch versionMatch(Call call) {
        String match = call.parameterOrEmpty("resourceVersionMatch");
        return switch (match) {
            case "" -> null;
            case "Exact" -> ListQuery.VersionMatch.EXACT;
            case "NotOlderThan" -> ListQuery.VersionMatch.NOT_OLDER_THAN;
            default ->
                throw ApiException.invalidOptions(
                        "ListOptions",
                        "resourceVersionMatch",
                        "FieldValueNotSupported",
                        "Unsupported value: \"" + match + "\": supported values: \"Exact\", \"NotOlderThan\", \"\"");
        };
    }

    /** {@return a whole number in the query; 0 when it is not given} */
    static long number(Call call, String name) {
        String text = call.parameterOrEmpty(name);
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw Statuses.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }
}
