package dev.orchestrator.server.stream;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Predicate;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.meta.StatusCause;
import dev.orchestrator.api.model.meta.StatusDetailsBuilder;
import dev.orchestrator.runtime.handle.LogRequest;
import dev.orchestrator.runtime.handle.LogSource;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Statuses;
import org.jspecify.annotations.Nullable;

/**
 * How a client wants a log, by the query of its request.
 *
 * @param request which part of it
 * @param output which output of it
 * @param timestamps whether each line begins with its time
 * @param mostBytes after how many bytes it is cut off; negative for never
 */
record LogOptions(LogRequest request, Predicate<LogSource.Line> output, boolean timestamps, long mostBytes) {

    /**
     * {@return how a client wants the log of a pod}
     *
     * @throws ApiException if it wants what can not be
     */
    static LogOptions of(Call call, String pod, Instant now) {
        Long tail = number(call, "tailLines");
        Long limit = number(call, "limitBytes");
        Long seconds = number(call, "sinceSeconds");
        Instant since = time(call);
        String stream = call.parameterOrEmpty("stream");
        if (tail != null && tail < 0) {
            throw invalid(pod, "tailLines", "Invalid value: " + tail + ": must be greater than or equal to 0");
        }
        if (limit != null && limit < 1) {
            throw invalid(pod, "limitBytes", "Invalid value: " + limit + ": must be greater than 0");
        }
        if (seconds != null && since != null) {
            throw invalid(pod, "", "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified");
        }
        if (seconds != null && seconds < 1) {
            throw invalid(pod, "sinceSeconds", "Invalid value: " + seconds + ": must be greater than 0");
        }
        Predicate<LogSource.Line> output = output(pod, stream);
        if (tail != null && (stream.equals("Stdout") || stream.equals("Stderr"))) {
            throw invalid(pod, "", "Forbidden: `tailLines` and specific `stream` are mutually exclusive for now");
        }
        var request = new LogRequest(
                call.isSet("follow"),
                call.isSet("previous"),
                tail == null ? -1 : tail,
                seconds == null ? since : now.minusSeconds(Math.min(seconds, now.getEpochSecond())));
        return new LogOptions(request, output, call.isSet("timestamps"), limit == null ? -1 : limit);
    }

    private static Predicate<LogSource.Line> output(String pod, String stream) {
        return switch (stream) {
            case "", "All" -> line -> true;
            case "Stdout" -> line -> line.output() == LogSource.Output.STDOUT;
            case "Stderr" -> line -> line.output() == LogSource.Output.STDERR;
            default ->
                throw invalid(
                        pod,
                        "stream",
                        "Unsupported value: \"" + stream + "\": supported values: \"All\", \"Stderr\", \"Stdout\"");
        };
    }

    private static @Nullable Long number(Call call, String name) {
        String text = call.parameterOrEmpty(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException malformed) {
            throw Statuses.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }

    private static @Nullable Instant time(Call call) {
        String text = call.parameterOrEmpty("sinceTime");
        if (text.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw Statuses.badRequest("parsing time \"" + text + "\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \""
                    + text + "\" as \"2006\"");
        }
    }

    private static ApiException invalid(String pod, String field, String message) {
        String type = message.startsWith("Forbidden")
                ? "FieldValueForbidden"
                : message.startsWith("Unsupported") ? "FieldValueNotSupported" : "FieldValueInvalid";
        var details = StatusDetailsBuilder.builder()
                .name(pod)
                .kind("PodLogOptions")
                .causes(List.of(new StatusCause(field, message, type)))
                .build();
        return ApiException.of(
                Reason.INVALID, "PodLogOptions \"" + pod + "\" is invalid: " + field + ": " + message, details, null);
    }
}
