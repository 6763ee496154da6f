package dev.orchestrator.docker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;

/**
 * A version of the engine's API.
 *
 * @param major the number before the point
 * @param minor the number after it
 */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {

    /** What this driver was written for; engine 29 refuses less. */
    static final ApiVersion NEWEST = new ApiVersion(1, 44);

    /** Docker 20.10, and what Podman offers. */
    static final ApiVersion OLDEST = new ApiVersion(1, 40);

    private static final Pattern GRAMMAR = Pattern.compile("(\\d+)\\.(\\d+)");

    /**
     * {@return the newest version that both sides speak}
     *
     * @param offered the newest version that the engine speaks
     */
    static ApiVersion agreed(String offered) {
        Matcher matcher = GRAMMAR.matcher(offered);
        if (!matcher.matches()) {
            throw new DriverException(
                    Reason.UNAVAILABLE, "it does not say which version of the API it speaks: \"" + offered + "\"");
        }
        var newest = new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        if (newest.compareTo(OLDEST) < 0) {
            throw new DriverException(
                    Reason.UNAVAILABLE,
                    "it speaks version " + newest + " of the API at most, " + OLDEST + " is needed (Docker 20.10)");
        }
        return newest.compareTo(NEWEST) < 0 ? newest : NEWEST;
    }

    boolean isAtLeast(int wantedMajor, int wantedMinor) {
        return compareTo(new ApiVersion(wantedMajor, wantedMinor)) >= 0;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return major == other.major ? Integer.compare(minor, other.minor) : Integer.compare(major, other.major);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
