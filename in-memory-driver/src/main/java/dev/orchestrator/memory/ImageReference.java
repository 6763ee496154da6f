package dev.orchestrator.memory;

import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The name of an image, taken apart.
 *
 * @param repository registry and path, such as {@code docker.io/library/nginx}
 * @param tag the tag; null if there is none
 * @param digest the digest; null if there is none
 */
record ImageReference(
        String repository, @Nullable String tag, @Nullable String digest) {

    private static final String DEFAULT_REGISTRY = "docker.io";
    private static final Pattern REGISTRY =
            Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9-]+)*(?::[0-9]+)?");
    private static final Pattern PATH =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
    private static final Pattern DIGEST =
            Pattern.compile("[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}");

    /** Takes a reference apart; empty if it is not one. */
    static Optional<ImageReference> parse(String text) {
        String rest = text;
        String digest = null;
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = rest.substring(at + 1);
            rest = rest.substring(0, at);
        }
        String tag = null;
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
        }
        boolean wellFormed = (digest == null || DIGEST.matcher(digest).matches())
                && (tag == null || TAG.matcher(tag).matches());
        return wellFormed ? named(rest, tag, digest) : Optional.empty();
    }

    private static Optional<ImageReference> named(String name, @Nullable String tag, @Nullable String digest) {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean hasRegistry = first.contains(".") || first.contains(":") || first.equals("localhost");
        String registry = hasRegistry ? first : DEFAULT_REGISTRY;
        String path = hasRegistry ? name.substring(slash + 1) : name;
        if (!PATH.matcher(path).matches() || !REGISTRY.matcher(registry).matches()) {
            return Optional.empty();
        }
        boolean official = registry.equals(DEFAULT_REGISTRY) && path.indexOf('/') < 0;
        return Optional.of(new ImageReference(registry + (official ? "/library/" : "/") + path, tag, digest));
    }

    /** {@return whether it names a whole repository: neither tag nor digest} */
    boolean isRepository() {
        return tag == null && digest == null;
    }

    /** {@return the full name, with the tag {@code latest} where there is neither tag nor digest} */
    String canonical() {
        if (digest != null) {
            return repository + "@" + digest;
        }
        return repository + ":" + (tag == null ? "latest" : tag);
    }
}
