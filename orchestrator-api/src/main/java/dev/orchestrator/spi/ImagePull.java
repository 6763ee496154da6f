package dev.orchestrator.spi;

import java.util.List;
import java.util.function.Consumer;

/**
 * An image to bring to a node.
 *
 * @param node where to
 * @param reference the image as the pod names it
 * @param credentials what to try, in order, when the registry asks; empty for none
 * @param progress told about the progress in words, on any thread
 */
public record ImagePull(String node, String reference, List<Credential> credentials, Consumer<String> progress) {

    /**
     * A login to a registry.
     *
     * @param registry the registry's host and port
     * @param username the user
     * @param password the password or token
     */
    public record Credential(String registry, String username, String password) {

        /** {@return the registry and user; never the password} */
        @Override
        public String toString() {
            return "Credential[" + username + "@" + registry + "]";
        }
    }

    /** Copies the list. */
    public ImagePull {
        credentials = List.copyOf(credentials);
    }
}
