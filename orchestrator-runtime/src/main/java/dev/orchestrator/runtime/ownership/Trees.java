package dev.orchestrator.runtime.ownership;

import java.util.List;
import java.util.Map;

import dev.orchestrator.runtime.codec.JsonNull;
import org.jspecify.annotations.Nullable;

/** Looks at parts of trees. */
final class Trees {

    private Trees() {}

    /** {@return the map; empty for anything else} */
    @SuppressWarnings("unchecked") // the keys of a tree are texts
    static Map<String, Object> map(@Nullable Object tree) {
        return tree instanceof Map ? (Map<String, Object>) tree : Map.of();
    }

    /** {@return the list; empty for anything else} */
    @SuppressWarnings("unchecked") // the elements of a tree's list are trees
    static List<Object> list(@Nullable Object tree) {
        return tree instanceof List ? (List<Object>) tree : List.of();
    }

    /** {@return whether there is nothing, or a null} */
    static boolean isNothing(@Nullable Object tree) {
        return tree == null || tree == JsonNull.NULL;
    }
}
