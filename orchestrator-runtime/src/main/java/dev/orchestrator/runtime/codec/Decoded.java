package dev.orchestrator.runtime.codec;

import java.util.List;

/**
 * What was read, and what was odd about it.
 *
 * @param value the object
 * @param warnings the unknown and duplicate fields, such as {@code unknown field "spec.foo"}; always empty in strict
 *     mode, where they are errors
 */
public record Decoded<T>(T value, List<String> warnings) {}
