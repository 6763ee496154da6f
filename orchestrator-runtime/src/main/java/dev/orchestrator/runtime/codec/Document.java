package dev.orchestrator.runtime.codec;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One document read from text: its tree, and what a tree can not hold.
 *
 * @param root the tree
 * @param duplicates the keys that occurred more than once, by the very map instance they occurred in; the last value
 *     won
 */
public record Document(Object root, Map<Object, Set<String>> duplicates) {

    /** {@return a document that was not read from text} */
    public static Document of(Object root) {
        return new Document(root, Map.of());
    }

    /** {@return another part of this document as a document} */
    Document part(Object part) {
        return new Document(part, duplicates);
    }

    Collection<String> duplicatesIn(Map<String, Object> map) {
        return duplicates.isEmpty() ? List.of() : duplicates.getOrDefault(map, Set.of());
    }

    /** Collects duplicates while a document is read. */
    static final class Duplicates {

        private final IdentityHashMap<Object, Set<String>> found = new IdentityHashMap<>();

        void add(Map<String, Object> map, String key) {
            found.computeIfAbsent(map, any -> new LinkedHashSet<>()).add(key);
        }

        Map<Object, Set<String>> found() {
            return found.isEmpty() ? Map.of() : found;
        }
    }
}
