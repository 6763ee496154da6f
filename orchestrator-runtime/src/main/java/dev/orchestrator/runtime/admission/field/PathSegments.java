package dev.orchestrator.runtime.admission.field;

import java.util.ArrayList;
import java.util.List;

/** The grammar of names that need only be usable in a URL. */
final class PathSegments {

    private PathSegments() {}

    static List<String> wrongWith(String name) {
        if (name.equals(".") || name.equals("..")) {
            return List.of("may not be '" + name + "'");
        }
        var wrong = new ArrayList<String>(0);
        for (String illegal : List.of("/", "%")) {
            if (name.contains(illegal)) {
                wrong.add("may not contain '" + illegal + "'");
            }
        }
        return wrong;
    }
}
