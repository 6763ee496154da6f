package dev.orchestrator.server.discovery;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which version of a group is preferred: stable before beta before alpha, the newest of each first. */
final class VersionPriority {

    /** The order of versions. */
    static final Comparator<String> PREFERRED_FIRST = Comparator.comparingInt(VersionPriority::stability)
            .thenComparing(Comparator.comparingLong(VersionPriority::major).reversed())
            .thenComparing(Comparator.comparingLong(VersionPriority::minor).reversed())
            .thenComparing(Comparator.naturalOrder());

    private static final Pattern VERSION = Pattern.compile("v([1-9][0-9]{0,8})(?:(alpha|beta)([1-9][0-9]{0,8}))?");

    private VersionPriority() {}

    private static int stability(String version) {
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            return 3;
        }
        return matcher.group(2) == null ? 0 : matcher.group(2).equals("beta") ? 1 : 2;
    }

    private static long major(String version) {
        Matcher matcher = VERSION.matcher(version);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static long minor(String version) {
        Matcher matcher = VERSION.matcher(version);
        return matcher.matches() && matcher.group(3) != null ? Long.parseLong(matcher.group(3)) : 0;
    }
}
