package dev.orchestrator.runtime.ownership;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A set of paths into an object, as a tree: what {@code FieldsV1} writes down. Immutable.
 *
 * <p>A path may be a member without the paths below it, and the other way round: {@code {"f:a":{".":{},"f:b":{}}}} are
 * {@code .a} and {@code .a.b}.
 */
final class FieldSet {

    static final FieldSet EMPTY = new FieldSet(false, Collections.emptySortedMap());

    private static final FieldSet LEAF = new FieldSet(true, Collections.emptySortedMap());
    private static final String SELF = ".";

    private final boolean member;
    private final SortedMap<PathElement, FieldSet> children;

    private FieldSet(boolean member, SortedMap<PathElement, FieldSet> children) {
        this.member = member;
        this.children = children;
    }

    private static FieldSet of(boolean member, SortedMap<PathElement, FieldSet> children) {
        return children.isEmpty() ? member ? LEAF : EMPTY : new FieldSet(member, children);
    }

    /** {@return the set of a path and all before it that a text such as {@code metadata.name} names} */
    static FieldSet ofFields(String... paths) {
        var growing = new Growing();
        for (String path : paths) {
            Growing at = growing;
            for (String name : path.split("\\.", -1)) {
                at = at.child(new PathElement.Field(name));
            }
            at.add();
        }
        return growing.build();
    }

    /** {@return whether the path that leads here is in the set} */
    boolean isMember() {
        return member;
    }

    boolean isEmpty() {
        return !member && children.isEmpty();
    }

    /** {@return what is in the set below a step} */
    FieldSet child(PathElement element) {
        return children.getOrDefault(element, EMPTY);
    }

    FieldSet union(FieldSet other) {
        if (isEmpty() || equals(other)) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        var all = new TreeMap<>(children);
        other.children.forEach((element, child) -> all.merge(element, child, FieldSet::union));
        return of(member || other.member, all);
    }

    FieldSet intersection(FieldSet other) {
        var both = new TreeMap<PathElement, FieldSet>();
        children.forEach((element, child) -> put(both, element, child.intersection(other.child(element))));
        return of(member && other.member, both);
    }

    /** {@return the paths that the other set does not hold, whatever it holds above or below them} */
    FieldSet difference(FieldSet other) {
        if (other.isEmpty() || isEmpty()) {
            return this;
        }
        var rest = new TreeMap<PathElement, FieldSet>();
        children.forEach((element, child) -> put(rest, element, child.difference(other.child(element))));
        return of(member && !other.member, rest);
    }

    /** {@return the paths of which the other set holds neither themselves nor anything above} */
    FieldSet without(FieldSet other) {
        if (other.isEmpty() || isEmpty()) {
            return this;
        }
        var rest = new TreeMap<PathElement, FieldSet>();
        children.forEach((element, child) -> {
            FieldSet minus = other.child(element);
            put(rest, element, minus.member ? EMPTY : child.without(minus));
        });
        return of(member, rest);
    }

    private static void put(Map<PathElement, FieldSet> target, PathElement element, FieldSet child) {
        if (!child.isEmpty()) {
            target.put(element, child);
        }
    }

    /** {@return what the set holds of one field and below it} */
    FieldSet only(String field) {
        var step = new PathElement.Field(field);
        FieldSet child = child(step);
        return child.isEmpty() ? EMPTY : new FieldSet(false, new TreeMap<>(Map.of(step, child)));
    }

    /** {@return what the set holds of all fields but one} */
    FieldSet except(String field) {
        var rest = new TreeMap<>(children);
        rest.remove(new PathElement.Field(field));
        return of(member, rest);
    }

    /** {@return the first steps of all paths in the set} */
    FieldSet topLevel() {
        var steps = new TreeMap<PathElement, FieldSet>();
        children.keySet().forEach(step -> steps.put(step, LEAF));
        return of(false, steps);
    }

    /** {@return the set with every named field of a struct in it that anything in the set is below of} */
    FieldSet withNamedFields(Schema schema) {
        var all = new TreeMap<PathElement, FieldSet>();
        children.forEach((element, child) -> {
            FieldSet inside = child.withNamedFields(schema.inside(element));
            boolean named = schema instanceof Schema.Struct struct
                    && element instanceof PathElement.Field(String name)
                    && struct.has(name);
            all.put(element, named ? of(true, inside.children) : inside);
        });
        return of(member, all);
    }

    /** Visits each path: those that end here before the longer ones. */
    void forEach(Consumer<String> visitor) {
        forEach("", visitor);
    }

    private void forEach(String path, Consumer<String> visitor) {
        children.forEach((element, child) -> {
            if (child.member) {
                visitor.accept(path + element);
            }
        });
        children.forEach((element, child) -> child.forEach(path + element, visitor));
    }

    /** {@return the paths as texts, such as {@code .spec.containers[name="web"].image}} */
    List<String> paths() {
        var paths = new ArrayList<String>();
        forEach(paths::add);
        return paths;
    }

    /** {@return the set as {@code FieldsV1} has it} */
    Map<String, Object> toTree() {
        if (children.isEmpty()) {
            return Map.of();
        }
        var tree = new LinkedHashMap<String, Object>();
        if (member) {
            tree.put(SELF, Map.of());
        }
        children.forEach((element, child) -> tree.put(element.encoded(), child.toTree()));
        return tree;
    }

    /**
     * {@return the set that a {@code FieldsV1} stands for}
     *
     * @throws IllegalArgumentException if it is malformed
     */
    static FieldSet fromTree(Map<String, Object> tree) {
        var growing = new Growing();
        read(tree, growing);
        return growing.build();
    }

    private static void read(Map<?, ?> tree, Growing target) {
        tree.forEach((key, value) -> {
            if (!(value instanceof Map<?, ?> inside)) {
                throw new IllegalArgumentException("not a set of fields: " + key);
            }
            if (key.equals(SELF)) {
                target.add();
            } else {
                Growing child = target.child(PathElement.decode((String) key));
                if (inside.isEmpty()) {
                    child.add();
                }
                read(inside, child);
            }
        });
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof FieldSet set && member == set.member && children.equals(set.children));
    }

    @Override
    public int hashCode() {
        return 31 * children.hashCode() + Boolean.hashCode(member);
    }

    @Override
    public String toString() {
        return paths().toString();
    }

    /** A set in the making. */
    static final class Growing {

        private boolean member;
        private @Nullable TreeMap<PathElement, Growing> children;

        /** Puts the path that leads here into the set. */
        void add() {
            member = true;
        }

        /** {@return the place below a step} */
        Growing child(PathElement element) {
            if (children == null) {
                children = new TreeMap<>();
            }
            return children.computeIfAbsent(element, missing -> new Growing());
        }

        /** Puts what has grown elsewhere below a step. */
        void attach(PathElement element, Growing grown) {
            if (children == null) {
                children = new TreeMap<>();
            }
            children.put(element, grown);
        }

        FieldSet build() {
            if (children == null) {
                return of(member, Collections.emptySortedMap());
            }
            var built = new TreeMap<PathElement, FieldSet>();
            children.forEach((element, child) -> put(built, element, child.build()));
            return of(member, built);
        }
    }
}
