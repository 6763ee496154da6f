package dev.orchestrator.server.resource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.FieldValidation;
import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.codec.Decoded;
import dev.orchestrator.runtime.codec.Document;
import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.runtime.codec.YamlText;
import dev.orchestrator.runtime.custom.Pruning;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.MediaTypes;
import dev.orchestrator.server.http.Statuses;
import dev.orchestrator.server.protobuf.ProtobufBody;

/** Reads what clients send: JSON or YAML, by the type they name. */
final class Bodies {

    private static final int SUMMARY = 30;
    private static final String ACCEPTED = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    private Bodies() {}

    /**
     * {@return the object that a request carries}; unknown and duplicate fields become warnings of the answer, or are
     * refused, or are ignored, as the request says.
     */
    static <R extends Resource> R object(Call call, ResourceType<R> type) {
        Document document = type.isCustom()
                ? customDocument(call, call.body(), type.kind())
                : document(call, call.body(), type.javaType());
        return checked(call, validation -> decode(type, document, validation));
    }

    /** {@return the object that a tree stands for; what a custom kind does not know counts as an unknown field} */
    static <R extends Resource> Decoded<R> decode(ResourceType<R> type, Document document, FieldValidation validation) {
        Decoded<R> decoded = Codec.decode(type, document, validation);
        if (!(decoded.value() instanceof CustomObject custom)) {
            return decoded;
        }
        var faults = new ArrayList<String>(decoded.warnings());
        Pruning.of(custom).unknown().forEach(path -> faults.add("unknown field \"" + path + "\""));
        if (validation == FieldValidation.STRICT && !faults.isEmpty()) {
            throw Statuses.badRequest(type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                    + type.kind() + ": strict decoding error: " + String.join(", ", faults));
        }
        return new Decoded<>(decoded.value(), faults);
    }

    private static Document customDocument(Call call, byte[] body, String kind) {
        return switch (call.contentType()) {
            case "", MediaTypes.JSON -> json(body, kind);
            case MediaTypes.YAML, "application/x-yaml", "text/yaml" -> yaml(body, kind);
            default -> throw Statuses.unknownFormat("application/json, application/yaml");
        };
    }

    /** {@return the object that a request carries in another version, made one of this version} */
    static <R extends Resource> R converted(
            Call call, ResourceType<R> type, Function<Map<?, ?>, Map<String, Object>> conversion) {
        Document document = document(call, call.body(), type.javaType());
        Map<String, Object> tree = conversion.apply((Map<?, ?>) document.root());
        return checked(call, validation -> Codec.decode(type, Document.of(tree), validation));
    }

    /** Something that decodes. */
    @FunctionalInterface
    interface Decoder<R> {
        Decoded<R> decode(FieldValidation validation);
    }

    /** {@return what is decoded under the field validation that a request asks for} */
    static <R> R checked(Call call, Decoder<R> decoder) {
        String asked = call.parameterOrEmpty("fieldValidation");
        Decoded<R> decoded = decoder.decode(asked.equals("Strict") ? FieldValidation.STRICT : FieldValidation.WARN);
        if (!asked.equals("Ignore")) {
            decoded.warnings().forEach(call::warn);
        }
        return decoded.value();
    }

    private static Document document(Call call, byte[] body, Class<?> record) {
        String kind = record.getSimpleName();
        return switch (call.contentType()) {
            case "", MediaTypes.JSON -> json(body, kind);
            case MediaTypes.YAML, "application/x-yaml", "text/yaml" -> yaml(body, kind);
            case MediaTypes.PROTOBUF -> protobuf(body, record);
            default -> throw Statuses.unknownFormat(ACCEPTED);
        };
    }

    private static Document protobuf(byte[] body, Class<?> record) {
        try {
            return ProtobufBody.read(body, record);
        } catch (IllegalArgumentException malformed) {
            throw unrecognized(String.valueOf(malformed.getMessage()), body, record.getSimpleName());
        }
    }

    private static Document json(byte[] body, String kind) {
        try {
            return single(JsonText.parse(body), body, kind);
        } catch (IllegalArgumentException malformed) {
            throw unrecognized("couldn't get version/kind; json parse error: " + GoJson.complaint(body), body, kind);
        }
    }

    private static Document yaml(byte[] body, String kind) {
        try {
            return single(YamlText.parse(new String(body, StandardCharsets.UTF_8)), body, kind);
        } catch (IllegalArgumentException malformed) {
            throw unrecognized("error converting YAML to JSON: " + malformed.getMessage(), body, kind);
        }
    }

    private static Document single(List<Document> documents, byte[] body, String kind) {
        if (documents.size() != 1 || !(documents.getFirst().root() instanceof Map)) {
            String found = documents.isEmpty() ? "unexpected end of JSON input" : GoJson.complaint(body);
            throw unrecognized("couldn't get version/kind; json parse error: " + found, body, kind);
        }
        return documents.getFirst();
    }

    private static ApiException unrecognized(String what, byte[] body, String kind) {
        return Statuses.badRequest("the object provided is unrecognized (must be of type " + kind + "): " + what + " ("
                + summary(body) + ")");
    }

    private static String summary(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        boolean isLong = body.length > SUMMARY;
        byte[] start = isLong ? java.util.Arrays.copyOf(body, SUMMARY - 1) : body;
        String text = body[0] == '{'
                ? new String(start, StandardCharsets.UTF_8)
                : HexFormat.of().formatHex(start);
        return isLong ? text + " ..." : text;
    }

    /** {@return how a request wants things to be deleted, by its body and its query} */
    static DeleteOptions deleteOptions(Call call) {
        byte[] body = call.body();
        var options =
                body.length == 0 ? DeleteOptionsBuilder.builder() : DeleteOptionsBuilder.builder(decoded(call, body));
        String grace = call.parameterOrEmpty("gracePeriodSeconds");
        if (!grace.isEmpty()) {
            options.gracePeriodSeconds(seconds(grace));
        }
        String propagation = call.parameterOrEmpty("propagationPolicy");
        if (!propagation.isEmpty()) {
            options.propagationPolicy(propagation);
        }
        String orphan = call.parameterOrEmpty("orphanDependents");
        if (!orphan.isEmpty()) {
            options.orphanDependents(call.isSet("orphanDependents"));
        }
        List<String> dryRun = call.parameters("dryRun");
        if (!dryRun.isEmpty()) {
            options.dryRun(dryRun);
        }
        return options.build();
    }

    private static DeleteOptions decoded(Call call, byte[] body) {
        Document document = document(call, body, DeleteOptions.class);
        try {
            return Codec.decode(DeleteOptions.class, document, FieldValidation.WARN)
                    .value();
        } catch (IllegalArgumentException refused) {
            throw Statuses.badRequest(
                    "DeleteOptions in version \"v1\" cannot be handled as a DeleteOptions: " + refused.getMessage());
        }
    }

    private static long seconds(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw Statuses.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }
}
