package dev.orchestrator.api;

import java.util.List;
import java.util.function.Consumer;

import dev.orchestrator.api.model.Resource;

/**
 * Reads and writes manifests for {@link Manifests}: found by {@link java.util.ServiceLoader}, brought by the runtime.
 */
public interface ManifestFormat {

    /**
     * {@return the objects of a YAML or JSON text: of all its documents, the items of lists each on their own}
     *
     * @param source what error messages call the text, such as a file name
     * @param warnings told about each unknown or duplicate field when they are no errors
     * @throws ApiException if anything in the text is refused
     */
    List<Resource> read(String text, String source, FieldValidation validation, Consumer<String> warnings);

    /** {@return the objects as YAML documents} */
    String toYaml(List<? extends Resource> objects);

    /** {@return one object as JSON, several as a {@code List}} */
    String toJson(List<? extends Resource> objects);
}
