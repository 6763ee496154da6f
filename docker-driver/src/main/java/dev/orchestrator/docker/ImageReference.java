package dev.orchestrator.docker;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image, by the grammar of distribution's references.
 *
 * @param name registry and repository
 * @param version the digest, or else the tag, {@code latest} unless given
 */
record ImageReference(String name, String version) {

    private static final int LONGEST_NAME = 255;
    private static final String LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final String DOMAIN = "(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[a-fA-F0-9:]+])(?::[0-9]+)?";
    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern GRAMMAR =
            Pattern.compile("(?<name>(?:" + DOMAIN + "/)?" + COMPONENT + "(?:/" + COMPONENT
                    + ")*)(?::(?<tag>\\w[\\w.-]{0,127}))?"
                    + "(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?");
    private static final Pattern ID = Pattern.compile("(?:sha256:)?[0-9a-f]{64}");

    /** {@return the parts of a reference; empty if it is none} */
    static Optional<ImageReference> of(String reference) {
        Matcher matcher = GRAMMAR.matcher(reference);
        if (!matcher.matches() || matcher.group("name").length() > LONGEST_NAME) {
            return Optional.empty();
        }
        String digest = matcher.group("digest");
        String tag = matcher.group("tag");
        return Optional.of(
                new ImageReference(matcher.group("name"), digest != null ? digest : tag != null ? tag : "latest"));
    }

    /** {@return whether an engine can be asked for what a text names: a reference, or the id of an image} */
    static boolean isAskable(String text) {
        return ID.matcher(text).matches() || of(text).isPresent();
    }
}
