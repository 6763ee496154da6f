package dev.orchestrator.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.orchestrator.api.model.Definition;
import dev.orchestrator.api.model.Resource;

/**
 * Plain Kubernetes manifests, as {@code kubectl apply -f} takes them: YAML or JSON, with several documents or lists, in
 * files and directories.
 *
 * <p>A manifest is read strictly: an unknown field, a field given twice, a value of the wrong type, an unknown kind or
 * a removed API version is refused, with the message of kubectl and the API server. Text is refused whole: when one
 * object of a file or directory is bad, nothing is returned, and the message names every fault.
 */
public final class Manifests {

    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json");

    private final FieldValidation validation;
    private final Consumer<String> warnings;

    private Manifests(FieldValidation validation, Consumer<String> warnings) {
        this.validation = validation;
        this.warnings = warnings;
    }

    private static final class Format {
        static final ManifestFormat INSTANCE = ServiceLoader.load(
                        ManifestFormat.class, Manifests.class.getClassLoader())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("orchestrator-runtime is missing: nothing on the class path"
                                + " or module path provides " + ManifestFormat.class.getName()));
    }

    /**
     * {@return the objects of a file, or of all {@code .yaml}, {@code .yml} and {@code .json} files below a directory
     * in the order of their paths}
     *
     * @throws ApiException if anything is refused
     * @throws UncheckedIOException if a file can not be read
     */
    public static List<Resource> load(Path path) {
        return new Manifests(FieldValidation.STRICT, warning -> {}).read(path);
    }

    /**
     * {@return the objects of a text}
     *
     * @throws ApiException if anything is refused
     */
    public static List<Resource> load(String text) {
        return new Manifests(FieldValidation.STRICT, warning -> {}).read(text);
    }

    /**
     * {@return the objects of a UTF-8 stream, which is read to its end and left open}
     *
     * @throws ApiException if anything is refused
     * @throws UncheckedIOException if the stream can not be read
     */
    public static List<Resource> load(InputStream stream) {
        return new Manifests(FieldValidation.STRICT, warning -> {}).read(stream);
    }

    /**
     * {@return a reader that takes objects without their unknown and duplicate fields and reports each of these}
     *
     * @param warnings told {@code <source>: unknown field "<path>"}
     */
    public static Manifests warning(Consumer<String> warnings) {
        return new Manifests(FieldValidation.WARN, warnings);
    }

    /** {@return as {@link #load(Path)}} */
    public List<Resource> read(Path path) {
        var objects = new ArrayList<Resource>();
        var refusals = new ArrayList<ApiException>();
        for (Path file : files(path)) {
            try {
                objects.addAll(Format.INSTANCE.read(content(file), file.toString(), validation, warnings));
            } catch (ApiException refused) {
                refusals.add(refused);
            }
        }
        if (refusals.size() == 1) {
            throw refusals.getFirst();
        }
        if (!refusals.isEmpty()) {
            throw ApiException.of(ApiException.Reason.BAD_REQUEST, joined(refusals));
        }
        return List.copyOf(objects);
    }

    /** {@return as {@link #load(String)}} */
    public List<Resource> read(String text) {
        return Format.INSTANCE.read(text, "string", validation, warnings);
    }

    /** {@return as {@link #load(InputStream)}} */
    public List<Resource> read(InputStream stream) {
        try {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Format.INSTANCE.read(text, "STDIN", validation, warnings);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@return objects and drafts as YAML, one document each} */
    public static String toYaml(Definition... objects) {
        return toYaml(List.of(objects));
    }

    /** {@return objects and drafts as YAML, one document each} */
    public static String toYaml(Iterable<? extends Definition> objects) {
        return Format.INSTANCE.toYaml(resources(objects));
    }

    /** {@return an object or draft as JSON; several as a {@code List}} */
    public static String toJson(Definition... objects) {
        return toJson(List.of(objects));
    }

    /** {@return an object or draft as JSON; several as a {@code List}} */
    public static String toJson(Iterable<? extends Definition> objects) {
        return Format.INSTANCE.toJson(resources(objects));
    }

    private static List<Resource> resources(Iterable<? extends Definition> objects) {
        var resources = new ArrayList<Resource>();
        objects.forEach(object -> resources.add(object.toResource()));
        return resources;
    }

    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> below = Files.walk(path)) {
            return below.filter(Files::isRegularFile)
                    .filter(file ->
                            EXTENSIONS.stream().anyMatch(file.getFileName().toString()::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String joined(List<ApiException> refusals) {
        var text = new StringBuilder();
        refusals.forEach(refused -> text.append(text.isEmpty() ? "" : "\n").append(refused.getMessage()));
        return text.toString();
    }
}
