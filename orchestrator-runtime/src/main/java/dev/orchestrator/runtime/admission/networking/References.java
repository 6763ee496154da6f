package dev.orchestrator.runtime.admission.networking;

import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.NameRule;
import dev.orchestrator.runtime.admission.field.Names;
import org.jspecify.annotations.Nullable;

/** The rules of references to objects of any kind. */
final class References {

    private References() {}

    static void typed(@Nullable String group, String kind, String name, FieldPath path, FieldErrors errors) {
        if (group != null) {
            errors.invalid(path.child("apiGroup"), group, Names.dnsSubdomain(group));
        }
        segment(kind, path.child("kind"), errors);
        segment(name, path.child("name"), errors);
    }

    private static void segment(String text, FieldPath path, FieldErrors errors) {
        if (text.isEmpty()) {
            errors.required(path);
        } else {
            errors.invalid(path, text, NameRule.PATH_SEGMENT.wrongWith(text));
        }
    }
}
