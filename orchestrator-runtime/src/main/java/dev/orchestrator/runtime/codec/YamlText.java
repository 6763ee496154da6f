package dev.orchestrator.runtime.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Reads YAML as Kubernetes does: multi-document, with anchors and merge keys, YAML 1.1 scalars. */
public final class YamlText {

    private static final int MAX_DEPTH = 200;
    private static final int MAX_NODES = 5_000_000;
    private static final int MAX_CODE_POINTS = 256 * 1024 * 1024;

    private final ParserImpl parser;
    private final Document.Duplicates duplicates = new Document.Duplicates();
    private final Map<String, Object> anchors = new HashMap<>();
    private final Map<String, Integer> anchorSizes = new HashMap<>();
    private final Set<String> openAnchors = new HashSet<>();
    private int depth;
    private int nodes;

    private YamlText(ParserImpl parser) {
        this.parser = parser;
    }

    /**
     * {@return the documents of a YAML text, empty ones left out}
     *
     * @throws IllegalArgumentException if the text is not YAML; the message is worded as Kubernetes' YAML library does,
     *     with the line
     */
    public static List<Document> parse(String yaml) {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        try {
            return documents(new ParserImpl(new StreamReader(yaml), options));
        } catch (MarkedYAMLException bad) {
            throw new IllegalArgumentException(line(bad.getProblemMark()) + bad.getProblem(), bad);
        } catch (YAMLException bad) {
            throw new IllegalArgumentException("yaml: " + bad.getMessage(), bad);
        }
    }

    private static List<Document> documents(ParserImpl parser) {
        var documents = new ArrayList<Document>();
        parser.getEvent(); // the start of the stream
        while (!parser.checkEvent(Event.ID.StreamEnd)) {
            parser.getEvent(); // the start of the document
            var reader = new YamlText(parser);
            Object root = reader.node();
            parser.getEvent(); // its end
            if (root != JsonNull.NULL) {
                documents.add(new Document(root, reader.duplicates.found()));
            }
        }
        return documents;
    }

    private static String line(@Nullable Mark mark) {
        return mark == null ? "yaml: " : "yaml: line " + (mark.getLine() + 1) + ": ";
    }

    private Object node() {
        Event event = parser.getEvent();
        count(event, 1);
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        String anchor = event instanceof NodeEvent node ? node.getAnchor() : null;
        if (anchor == null) {
            return content(event);
        }
        openAnchors.add(anchor);
        int before = nodes;
        Object content = content(event);
        openAnchors.remove(anchor);
        anchors.put(anchor, content);
        anchorSizes.put(anchor, nodes - before + 1);
        return content;
    }

    // A few aliases of aliases can name more nodes than memory holds; what they stand for counts as if it were written
    // out.
    private void count(Event event, int more) {
        if (nodes > MAX_NODES - more) {
            throw fault(event, "document contains excessive aliasing");
        }
        nodes += more;
    }

    private Object alias(AliasEvent alias) {
        String name = alias.getAnchor();
        Object target = anchors.get(name);
        if (openAnchors.contains(name)) {
            throw fault(alias, "anchor '" + name + "' value contains itself");
        }
        if (target == null) {
            throw fault(alias, "unknown anchor '" + name + "' referenced");
        }
        count(alias, anchorSizes.getOrDefault(name, 1));
        return target;
    }

    private Object content(Event event) {
        if (++depth > MAX_DEPTH) {
            throw fault(event, "exceeded max depth of " + MAX_DEPTH);
        }
        Object content = event.is(Event.ID.Scalar)
                ? scalar((ScalarEvent) event)
                : event.is(Event.ID.SequenceStart) ? sequence() : mapping();
        depth--;
        return content;
    }

    private List<Object> sequence() {
        var list = new ArrayList<Object>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            list.add(node());
        }
        parser.getEvent();
        return list;
    }

    private Map<String, Object> mapping() {
        var map = new LinkedHashMap<String, Object>();
        var merged = new ArrayList<Object>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Event keyEvent = parser.peekEvent();
            Object key = node();
            Object value = node();
            if (isMergeKey(keyEvent)) {
                merged.add(value);
            } else if (map.put(key(keyEvent, key), value) != null) {
                duplicates.add(map, key(keyEvent, key));
            }
        }
        Event end = parser.getEvent();
        merged.forEach(value -> merge(map, value, end));
        return map;
    }

    private static boolean isMergeKey(Event event) {
        return event instanceof ScalarEvent scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && scalar.getValue().equals("<<");
    }

    private static void merge(Map<String, Object> map, Object value, Event where) {
        if (value instanceof Map<?, ?> other) {
            other.forEach((key, each) -> map.putIfAbsent((String) key, each));
        } else if (value instanceof List<?> others) {
            others.forEach(other -> merge(map, other, where));
        } else {
            throw fault(where, "map merge requires map or sequence of maps as the value");
        }
    }

    private static String key(Event event, Object key) {
        if (key instanceof String text) {
            return text;
        }
        if (key instanceof Number number) {
            return YamlScalars.numberText(number);
        }
        if (key instanceof Boolean) {
            return key.toString();
        }
        throw fault(event, "invalid map key: " + key);
    }

    private static Object scalar(ScalarEvent event) {
        String tag = event.getTag();
        if (tag == null) {
            return event.getScalarStyle() == ScalarStyle.PLAIN
                    ? YamlScalars.resolve(event.getValue())
                    : event.getValue();
        }
        return switch (tag) {
            case "tag:yaml.org,2002:str", "!" -> event.getValue();
            case "tag:yaml.org,2002:binary" -> event.getValue().replaceAll("\\s", "");
            default -> YamlScalars.resolve(event.getValue());
        };
    }

    private static IllegalArgumentException fault(Event event, String problem) {
        return new IllegalArgumentException(line(event.getStartMark()) + problem);
    }
}
