package dev.orchestrator.runtime.admission.field;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The grammars of names, each answering what is wrong with a text in the words of Kubernetes; empty when nothing is.
 */
public final class Names {

    private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String DNS_SUBDOMAIN = DNS_LABEL + "(\\." + DNS_LABEL + ")*";
    private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String QUALIFIED_TEXT =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start"
                    + " and end with an alphanumeric character";
    private static final int LABEL_LENGTH = 63;
    private static final int SUBDOMAIN_LENGTH = 253;
    private static final int PORT_NAME_LENGTH = 15;
    private static final String UNDERSCORE_LABEL = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final Pattern SUBDOMAIN_WITH_UNDERSCORE =
            Pattern.compile(UNDERSCORE_LABEL + "(\\." + UNDERSCORE_LABEL + ")*");
    private static final Pattern PERCENT = Pattern.compile("[0-9]+%");

    private Names() {}

    /** {@return what is wrong with a lowercase RFC 1123 label} */
    public static List<String> dnsLabel(String value) {
        boolean matches = Grammar.isDnsLabel(value, 0, value.length());
        if (matches && value.length() <= LABEL_LENGTH) {
            return List.of();
        }
        String mismatch = Grammar.isDnsSubdomain(value)
                ? "must not contain dots"
                : regex(
                        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must"
                                + " start and end with an alphanumeric character",
                        DNS_LABEL,
                        "my-name",
                        "123-abc");
        return lengthAnd(value, LABEL_LENGTH, matches, mismatch);
    }

    /** {@return what is wrong with a lowercase RFC 1123 subdomain} */
    public static List<String> dnsSubdomain(String value) {
        boolean matches = Grammar.isDnsSubdomain(value);
        if (matches && value.length() <= SUBDOMAIN_LENGTH) {
            return List.of();
        }
        return lengthAnd(
                value,
                SUBDOMAIN_LENGTH,
                matches,
                regex(
                        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
                                + " and must start and end with an alphanumeric character",
                        DNS_SUBDOMAIN,
                        "example.com"));
    }

    /** {@return what is wrong with an RFC 1123 subdomain whose labels may contain underscores} */
    public static List<String> dnsSubdomainWithUnderscore(String value) {
        boolean matches = SUBDOMAIN_WITH_UNDERSCORE.matcher(value).matches();
        if (matches && value.length() <= SUBDOMAIN_LENGTH) {
            return List.of();
        }
        return lengthAnd(
                value,
                SUBDOMAIN_LENGTH,
                matches,
                regex(
                        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or"
                                + " '.', and must start and end with an alphanumeric character",
                        SUBDOMAIN_WITH_UNDERSCORE.pattern(),
                        "example.com"));
    }

    /** {@return what is wrong with an RFC 1035 label, the name of a service} */
    public static List<String> rfc1035Label(String value) {
        boolean matches = Grammar.isDnsLabel(value, 0, value.length()) && !Grammar.isDigit(value.charAt(0));
        if (matches && value.length() <= LABEL_LENGTH) {
            return List.of();
        }
        return lengthAnd(
                value,
                LABEL_LENGTH,
                matches,
                regex(
                        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
                                + " alphabetic character, and end with an alphanumeric character",
                        "[a-z]([-a-z0-9]*[a-z0-9])?",
                        "my-name",
                        "abc-123"));
    }

    /** {@return what is wrong with a subdomain whose first label is a star} */
    public static List<String> wildcardSubdomain(String value) {
        boolean matches = value.startsWith("*.") && Grammar.isDnsSubdomain(value.substring(2));
        return lengthAnd(
                value,
                SUBDOMAIN_LENGTH,
                matches,
                regex(
                        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must"
                                + " consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric"
                                + " character",
                        "\\*\\." + DNS_SUBDOMAIN,
                        "*.example.com"));
    }

    /** {@return what is wrong with the key of a label or annotation: a name with an optional domain before a slash} */
    public static List<String> qualifiedName(String value) {
        int slash = value.indexOf('/');
        String name = value.substring(slash + 1);
        if (name.length() <= LABEL_LENGTH && Grammar.isQualifiedNamePart(name)) {
            if (slash < 0
                    || (slash > 0 && dnsSubdomain(value.substring(0, slash)).isEmpty())) {
                return List.of();
            }
        }
        return whatIsWrongWithQualifiedName(value, slash, name);
    }

    private static List<String> whatIsWrongWithQualifiedName(String value, int slash, String name) {
        var wrong = new ArrayList<String>();
        if (slash != value.lastIndexOf('/')) {
            wrong.add("a qualified name "
                    + regex(QUALIFIED_TEXT, QUALIFIED, "MyName", "my.name", "123-abc")
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
            return wrong;
        }
        if (slash == 0) {
            wrong.add("prefix part must be non-empty");
        } else if (slash > 0) {
            dnsSubdomain(value.substring(0, slash)).forEach(detail -> wrong.add("prefix part " + detail));
        }
        if (name.isEmpty()) {
            wrong.add("name part must be non-empty");
        } else if (name.length() > LABEL_LENGTH) {
            wrong.add("name part " + tooLong(LABEL_LENGTH));
        }
        if (!Grammar.isQualifiedNamePart(name)) {
            wrong.add("name part " + regex(QUALIFIED_TEXT, QUALIFIED, "MyName", "my.name", "123-abc"));
        }
        return wrong;
    }

    /** {@return what is wrong with the value of a label} */
    public static List<String> labelValue(String value) {
        boolean matches = value.isEmpty() || Grammar.isQualifiedNamePart(value);
        if (matches && value.length() <= LABEL_LENGTH) {
            return List.of();
        }
        return lengthAnd(
                value,
                LABEL_LENGTH,
                matches,
                regex(
                        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
                                + " must start and end with an alphanumeric character",
                        "(" + QUALIFIED + ")?",
                        "MyValue",
                        "my_value",
                        "12345"));
    }

    /** {@return what is wrong with an identifier as the C language knows it} */
    public static List<String> identifier(String value) {
        return Grammar.isIdentifier(value)
                ? List.of()
                : List.of(regex(
                        "a valid C identifier must start with alphabetic character or '_', followed by a string of"
                                + " alphanumeric characters or '_'",
                        "[A-Za-z_][A-Za-z0-9_]*",
                        "my_name",
                        "MY_NAME",
                        "MyName"));
    }

    /** {@return what is wrong with the name of an environment variable} */
    public static List<String> environmentVariable(String value) {
        if (value.isEmpty()) {
            return List.of("environment variable name must be non-empty");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '=') {
                return List.of("a valid environment variable name must consist only of printable ASCII characters other"
                        + " than '='");
            }
        }
        return List.of();
    }

    /** {@return what is wrong with a key of a config map or secret} */
    public static List<String> configMapKey(String value) {
        var wrong = new ArrayList<String>(0);
        if (value.length() > SUBDOMAIN_LENGTH) {
            wrong.add(tooLong(SUBDOMAIN_LENGTH));
        }
        if (!Grammar.isOf(value, "-._")) {
            wrong.add(regex(
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
                    "[-._a-zA-Z0-9]+",
                    "key.name",
                    "KEY_NAME",
                    "key-name"));
        }
        if (value.equals(".")) {
            wrong.add("must not be '.'");
        } else if (value.equals("..")) {
            wrong.add("must not be '..'");
        } else if (value.startsWith("..")) {
            wrong.add("must not start with '..'");
        }
        return wrong;
    }

    /** {@return what is wrong with the name of a header of an HTTP probe} */
    public static List<String> httpHeader(String value) {
        return Grammar.isOf(value, "-")
                ? List.of()
                : List.of(regex(
                        "a valid HTTP header must consist of alphanumeric characters or '-'",
                        "[-A-Za-z0-9]+",
                        "X-Header-Name"));
    }

    /** {@return what is wrong with the name of a container port} */
    public static List<String> portName(String value) {
        var wrong = new ArrayList<String>(0);
        if (value.length() > PORT_NAME_LENGTH) {
            wrong.add(tooLong(PORT_NAME_LENGTH));
        }
        boolean letter = false;
        boolean legal = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            letter |= Grammar.isLower(c);
            legal &= Grammar.isLower(c) || Grammar.isDigit(c) || c == '-';
        }
        if (!legal || value.isEmpty()) {
            wrong.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (!letter) {
            wrong.add("must contain at least one letter (a-z)");
        }
        if (value.contains("--")) {
            wrong.add("must not contain consecutive hyphens");
        }
        if (value.startsWith("-") || value.endsWith("-")) {
            wrong.add("must not begin or end with a hyphen");
        }
        return wrong;
    }

    /** {@return what is wrong with a port number} */
    public static List<String> portNumber(int value) {
        return value >= 1 && value <= 65535 ? List.of() : List.of(range(1, 65535));
    }

    /** {@return what is wrong with a percentage} */
    public static List<String> percent(String value) {
        return PERCENT.matcher(value).matches()
                ? List.of()
                : List.of(regex(
                        "a valid percent string must be a numeric string followed by an ending '%'",
                        "[0-9]+%", "1%", "93%"));
    }

    /** {@return {@code must be between 1 and 100, inclusive}} */
    public static String range(long low, long high) {
        return "must be between " + low + " and " + high + ", inclusive";
    }

    /** {@return {@code must be no more than 63 characters}} */
    public static String tooLong(int maximum) {
        return "must be no more than " + maximum + " characters";
    }

    /** {@return a text with the regular expression and examples behind it} */
    static String regex(String what, String expression, String... examples) {
        var text = new StringBuilder(what).append(" (e.g. ");
        for (int i = 0; i < examples.length; i++) {
            text.append(i > 0 ? " or " : "").append('\'').append(examples[i]).append("', ");
        }
        return text.append("regex used for validation is '")
                .append(expression)
                .append("')")
                .toString();
    }

    private static List<String> lengthAnd(String value, int maximum, boolean matches, String mismatch) {
        var wrong = new ArrayList<String>(2);
        if (value.length() > maximum) {
            wrong.add(tooLong(maximum));
        }
        if (!matches) {
            wrong.add(mismatch);
        }
        return wrong;
    }
}
