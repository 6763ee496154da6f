package dev.orchestrator.runtime.admission.field;

import java.util.List;

/** The grammar of the names of a kind. */
@FunctionalInterface
public interface NameRule {

    /** Most kinds: DNS labels joined by dots. */
    NameRule SUBDOMAIN = Names::dnsSubdomain;

    /** Namespaces and others: one DNS label. */
    NameRule LABEL = Names::dnsLabel;

    /** One DNS label that does not begin with a digit. */
    NameRule RFC1035_LABEL = Names::rfc1035Label;

    /** Roles and role bindings: whatever can be a segment of a path. */
    NameRule PATH_SEGMENT = PathSegments::wrongWith;

    /** {@return what is wrong with a name; empty when nothing is} */
    List<String> wrongWith(String name);

    /** {@return what is wrong with the beginning of a generated name} */
    default List<String> wrongWithPrefix(String prefix) {
        // What is appended makes a trailing dash legal, so the check sees an ordinary letter in its place.
        boolean dashed = prefix.length() > 1 && prefix.endsWith("-");
        return wrongWith(dashed ? prefix.substring(0, prefix.length() - 2) + "a" : prefix);
    }
}
