package dev.orchestrator.runtime.admission.custom;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.orchestrator.runtime.admission.field.Names;

/** The formats that texts in schemas can have; those that are not known allow everything. */
final class SchemaFormats {

    private static final Pattern UUID =
            Pattern.compile("(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$");
    private static final Pattern IPV4 = Pattern.compile("^((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}$");
    private static final Pattern IPV6 = Pattern.compile("(?i)^[0-9a-f:]*:[0-9a-f:.]*$");
    private static final Pattern MAC = Pattern.compile("(?i)^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$");
    private static final Pattern EMAIL = Pattern.compile("^[^@\\s]+@[^@\\s]+$");
    private static final Pattern DURATION =
            Pattern.compile("^([+-]?(\\d+(\\.\\d*)?|\\.\\d+)\\s*(ns|us|µs|ms|s|m|h|d|w|[a-z]+)\\s*)+$|^0$");
    private static final Pattern HOSTNAME = Pattern.compile(
            "^([a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)(\\.[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*$");

    private static final Map<String, Predicate<String>> KNOWN = Map.ofEntries(
            Map.entry("date-time", text -> parses(() -> OffsetDateTime.parse(text))),
            Map.entry("datetime", text -> parses(() -> OffsetDateTime.parse(text))),
            Map.entry("date", text -> parses(() -> LocalDate.parse(text))),
            Map.entry("byte", SchemaFormats::isBase64),
            Map.entry("uuid", text -> UUID.matcher(text).find()),
            Map.entry("ipv4", text -> IPV4.matcher(text).find()),
            Map.entry("ipv6", text -> IPV6.matcher(text).find()),
            Map.entry("mac", text -> MAC.matcher(text).find()),
            Map.entry("email", text -> EMAIL.matcher(text).find()),
            Map.entry("duration", text -> DURATION.matcher(text).find()),
            Map.entry("hostname", text -> HOSTNAME.matcher(text).find()),
            Map.entry("uri", SchemaFormats::isUri),
            Map.entry("k8s-short-name", text -> Names.dnsLabel(text).isEmpty()),
            Map.entry("k8s-long-name", text -> Names.dnsSubdomain(text).isEmpty()));

    private SchemaFormats() {}

    static boolean isOf(String format, String text) {
        Predicate<String> known = KNOWN.get(format);
        return known == null || known.test(text);
    }

    private static boolean parses(Runnable parse) {
        try {
            parse.run();
            return true;
        } catch (DateTimeParseException malformed) {
            return false;
        }
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).isAbsolute() || text.startsWith("/");
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
