package dev.orchestrator.spi;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An image that is present on a node.
 *
 * @param id its digest or id
 * @param size in bytes; 0 if unknown
 * @param user the user it runs as; null if it does not say
 * @param entrypoint its entry point
 * @param command its default arguments
 * @param env its environment variables
 */
public record ImageDescription(
        String id,
        long size,
        @Nullable String user,
        List<String> entrypoint,
        List<String> command,
        Map<String, String> env) {

    /** Copies the collections. */
    public ImageDescription {
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        env = Map.copyOf(env);
    }
}
