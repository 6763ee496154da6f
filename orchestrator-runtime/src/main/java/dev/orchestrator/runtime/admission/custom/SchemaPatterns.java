package dev.orchestrator.runtime.admission.custom;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/** The patterns of schemas, each made once. */
final class SchemaPatterns {

    private static final int MOST = 2_000;
    private static final Cache<String, Optional<Pattern>> KNOWN =
            Caffeine.newBuilder().maximumSize(MOST).build();

    private SchemaPatterns() {}

    /** {@return whether a text has a part that a pattern describes; a pattern that is none describes everything} */
    static boolean matches(String pattern, String text) {
        return KNOWN.get(pattern, SchemaPatterns::compiled)
                .map(known -> known.matcher(text).find())
                .orElse(true);
    }

    private static Optional<Pattern> compiled(String pattern) {
        try {
            return Optional.of(Pattern.compile(pattern));
        } catch (PatternSyntaxException malformed) {
            return Optional.empty();
        }
    }

    /** {@return what is wrong with a pattern; null when nothing is} */
    static @Nullable String fault(String pattern) {
        try {
            Pattern.compile(pattern);
            return null;
        } catch (PatternSyntaxException malformed) {
            return malformed.getDescription();
        }
    }
}
