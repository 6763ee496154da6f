package dev.orchestrator.runtime.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;

/** Reads and writes trees as JSON text. */
public final class JsonText {

    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, true)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build();

    private JsonText() {}

    /**
     * {@return the documents of a text that holds any number of JSON values, one after another}
     *
     * @throws IllegalArgumentException if the text is not JSON
     */
    public static List<Document> parse(String json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return documents(parser);
        } catch (JsonProcessingException bad) {
            throw malformed(bad);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * {@return the documents of UTF-8 bytes that hold any number of JSON values, one after another}
     *
     * @throws IllegalArgumentException if the bytes are not JSON
     */
    public static List<Document> parse(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return documents(parser);
        } catch (JsonProcessingException bad) {
            throw malformed(bad);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** {@return a tree as JSON in one line, the keys of its maps in their own order} */
    public static String write(Object tree) {
        var text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(tree, generator);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** {@return a tree as JSON for people: indented by four, keys sorted, as kubectl prints it} */
    public static String writeIndented(Object tree) {
        var text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            generator.setPrettyPrinter(kubectlStyle());
            write(sorted(tree), generator);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.append('\n').toString();
    }

    private static DefaultPrettyPrinter kubectlStyle() {
        var indenter = new DefaultIndenter("    ", "\n");
        var printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        printer.indentArraysWith(indenter);
        printer.indentObjectsWith(indenter);
        return printer;
    }

    /** {@return the tree with the keys of every map in order} */
    public static Object sorted(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            var sorted = new TreeMap<String, Object>();
            map.forEach((key, value) -> sorted.put((String) key, sorted(value)));
            return sorted;
        }
        if (tree instanceof List<?> list) {
            return list.stream().map(JsonText::sorted).toList();
        }
        return tree;
    }

    static byte[] bytes(Writing writing) {
        var bytes = new ByteArrayOutputStream(2048);
        bytes(writing, bytes);
        return bytes.toByteArray();
    }

    static void bytes(Writing writing, OutputStream target) {
        try (JsonGenerator generator = FACTORY.createGenerator(target)) {
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            writing.to(new JsonNodeWriter(generator));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Something that writes itself. */
    interface Writing {
        void to(NodeWriter writer);
    }

    static void write(Object tree, JsonGenerator generator) throws IOException {
        if (tree instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                generator.writeFieldName((String) entry.getKey());
                write(entry.getValue(), generator);
            }
            generator.writeEndObject();
        } else if (tree instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(element, generator);
            }
            generator.writeEndArray();
        } else {
            writeScalar(tree, generator);
        }
    }

    private static void writeScalar(Object scalar, JsonGenerator generator) throws IOException {
        if (scalar instanceof String text) {
            generator.writeString(text);
        } else if (scalar instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (scalar instanceof JsonNull) {
            generator.writeNull();
        } else if (scalar instanceof Number number) {
            generator.writeNumber(YamlScalars.numberText(number));
        } else {
            throw new IllegalArgumentException(
                    "a tree holds no " + scalar.getClass().getName());
        }
    }

    private static List<Document> documents(JsonParser parser) throws IOException {
        var documents = new ArrayList<Document>();
        while (parser.nextToken() != null) {
            var duplicates = new Document.Duplicates();
            Object root = read(parser, duplicates);
            documents.add(new Document(root, duplicates.found()));
        }
        return documents;
    }

    private static Object read(JsonParser parser, Document.Duplicates duplicates) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser, duplicates);
            case START_ARRAY -> array(parser, duplicates);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case BIG_INTEGER -> parser.getBigIntegerValue();
                    default -> parser.getLongValue();
                };
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new IllegalArgumentException("unexpected " + token);
        };
    }

    private static Map<String, Object> object(JsonParser parser, Document.Duplicates duplicates) throws IOException {
        var map = new LinkedHashMap<String, Object>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (map.put(name, read(parser, duplicates)) != null) {
                duplicates.add(map, name);
            }
        }
        return map;
    }

    private static List<Object> array(JsonParser parser, Document.Duplicates duplicates) throws IOException {
        var list = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(parser, duplicates));
        }
        return list;
    }

    private static IllegalArgumentException malformed(JsonProcessingException bad) {
        String where = bad.getLocation() == null
                ? ""
                : " (line " + bad.getLocation().getLineNr() + ", column "
                        + bad.getLocation().getColumnNr() + ")";
        return new IllegalArgumentException(bad.getOriginalMessage() + where, bad);
    }
}
