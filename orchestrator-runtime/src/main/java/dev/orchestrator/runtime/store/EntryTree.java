package dev.orchestrator.runtime.store;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;

import dev.orchestrator.api.model.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * A sorted set of entries that never changes: adding and removing give a new set that shares all but one path with the
 * old one. Readers take no lock and see one state of it; a member costs some six bytes.
 *
 * <p>It is a B+ tree whose nodes hold up to {@value #WIDTH} members. A node that overflows at its right end is split so
 * that the left half stays full: entries mostly come in order.
 */
final class EntryTree {

    /** By namespace and name. */
    static final EntryTree EMPTY_BY_KEY = new EntryTree((a, b) -> a.key.compareTo(b.key), null);

    /** Oldest first. */
    static final EntryTree EMPTY_BY_AGE = new EntryTree((a, b) -> Long.compare(a.sequence, b.sequence), null);

    private static final int WIDTH = 32;

    private final Comparator<Entry> order;
    private final @Nullable Node root;

    private EntryTree(Comparator<Entry> order, @Nullable Node root) {
        this.order = order;
        this.root = root;
    }

    int size() {
        return root == null ? 0 : root.size;
    }

    boolean isEmpty() {
        return root == null;
    }

    /** Adds an entry that is not a member yet. */
    EntryTree with(Entry entry) {
        if (root == null) {
            return new EntryTree(order, new Leaf(new Entry[] {entry}));
        }
        Node grown = root.insert(entry, order);
        return new EntryTree(order, grown instanceof Split split ? new Inner(split.left, split.right) : grown);
    }

    /** Removes an entry; the same set when it is no member. */
    EntryTree without(Entry entry) {
        if (root == null) {
            return this;
        }
        Node shrunk = root.remove(entry, order);
        while (shrunk instanceof Inner inner && inner.children.length == 1) {
            shrunk = inner.children[0];
        }
        return shrunk == root ? this : new EntryTree(order, shrunk);
    }

    /** Visits the members in order until the visitor says false. */
    void forEach(Predicate<Entry> visitor) {
        if (root != null) {
            root.visit(null, visitor);
        }
    }

    /** Visits, in a set ordered by key, the members whose key is not less than the given one. */
    void forEachFrom(ObjectKey start, Predicate<Entry> visitor) {
        if (root != null) {
            root.visit(start, visitor);
        }
    }

    private abstract static sealed class Node {

        final int size;

        Node(int size) {
            this.size = size;
        }

        abstract Entry first();

        abstract Node insert(Entry entry, Comparator<Entry> order);

        abstract @Nullable Node remove(Entry entry, Comparator<Entry> order);

        abstract boolean visit(@Nullable ObjectKey start, Predicate<Entry> visitor);
    }

    /** What an overflowing node becomes; its parent, or a new root, takes both halves. */
    private static final class Split extends Node {

        final Node left;
        final Node right;

        Split(Node left, Node right) {
            super(left.size + right.size);
            this.left = left;
            this.right = right;
        }

        @Override
        Entry first() {
            return left.first();
        }

        @Override
        Node insert(Entry entry, Comparator<Entry> order) {
            throw new IllegalStateException("a split is never part of a tree");
        }

        @Override
        Node remove(Entry entry, Comparator<Entry> order) {
            throw new IllegalStateException("a split is never part of a tree");
        }

        @Override
        boolean visit(@Nullable ObjectKey start, Predicate<Entry> visitor) {
            return left.visit(start, visitor) && right.visit(start, visitor);
        }
    }

    private static final class Leaf extends Node {

        final Entry[] entries;

        Leaf(Entry[] entries) {
            super(entries.length);
            this.entries = entries;
        }

        @Override
        Entry first() {
            return entries[0];
        }

        private int find(Entry entry, Comparator<Entry> order) {
            int last = entries.length - 1;
            // Most entries come in order: look at the end first.
            return order.compare(entries[last], entry) < 0
                    ? -entries.length - 1
                    : Arrays.binarySearch(entries, entry, order);
        }

        @Override
        Node insert(Entry entry, Comparator<Entry> order) {
            int found = find(entry, order);
            if (found >= 0) {
                throw new IllegalStateException(entry.key + " is a member already");
            }
            int at = -found - 1;
            if (entries.length == WIDTH && at == WIDTH) {
                return new Split(this, new Leaf(new Entry[] {entry}));
            }
            Entry[] grown = Arrays.copyOf(entries, entries.length + 1);
            System.arraycopy(entries, at, grown, at + 1, entries.length - at);
            grown[at] = entry;
            if (grown.length <= WIDTH) {
                return new Leaf(grown);
            }
            int half = grown.length / 2;
            return new Split(
                    new Leaf(Arrays.copyOf(grown, half)), new Leaf(Arrays.copyOfRange(grown, half, grown.length)));
        }

        @Override
        @Nullable
        Node remove(Entry entry, Comparator<Entry> order) {
            int at = find(entry, order);
            if (at < 0) {
                return this;
            }
            if (entries.length == 1) {
                return null;
            }
            Entry[] shrunk = Arrays.copyOf(entries, entries.length - 1);
            System.arraycopy(entries, at + 1, shrunk, at, shrunk.length - at);
            return new Leaf(shrunk);
        }

        @Override
        boolean visit(@Nullable ObjectKey start, Predicate<Entry> visitor) {
            int from = 0;
            while (start != null && from < entries.length && entries[from].key.compareTo(start) < 0) {
                from++;
            }
            for (int i = from; i < entries.length; i++) {
                if (!visitor.test(entries[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class Inner extends Node {

        final Node[] children;
        /** The first member of each child, so that a search need not look into it. */
        final Entry[] firsts;

        /** Looks at each child; use only where the children are new together. */
        Inner(Node... children) {
            this(children, firstsOf(children), sizeOf(children));
        }

        private Inner(Node[] children, Entry[] firsts, int size) {
            super(size);
            this.children = children;
            this.firsts = firsts;
        }

        private static Entry[] firstsOf(Node[] children) {
            Entry[] firsts = new Entry[children.length];
            for (int i = 0; i < children.length; i++) {
                firsts[i] = children[i].first();
            }
            return firsts;
        }

        private static int sizeOf(Node[] children) {
            int size = 0;
            for (Node child : children) {
                size += child.size;
            }
            return size;
        }

        @Override
        Entry first() {
            return firsts[0];
        }

        private int childFor(Entry entry, Comparator<Entry> order) {
            int last = firsts.length - 1;
            if (order.compare(firsts[last], entry) <= 0) {
                return last;
            }
            int found = Arrays.binarySearch(firsts, entry, order);
            return found >= 0 ? found : Math.max(0, -found - 2);
        }

        @Override
        Node insert(Entry entry, Comparator<Entry> order) {
            int at = childFor(entry, order);
            Node grown = children[at].insert(entry, order);
            if (!(grown instanceof Split split)) {
                return replaced(at, grown);
            }
            if (children.length == WIDTH && at == WIDTH - 1 && split.left == children[at]) {
                return new Split(this, new Inner(split.right));
            }
            Node[] next = Arrays.copyOf(children, children.length + 1);
            System.arraycopy(children, at + 1, next, at + 2, children.length - at - 1);
            next[at] = split.left;
            next[at + 1] = split.right;
            if (next.length <= WIDTH) {
                Entry[] nextFirsts = Arrays.copyOf(firsts, firsts.length + 1);
                System.arraycopy(firsts, at + 1, nextFirsts, at + 2, firsts.length - at - 1);
                nextFirsts[at] = split.left.first();
                nextFirsts[at + 1] = split.right.first();
                return new Inner(next, nextFirsts, size + 1);
            }
            int half = next.length / 2;
            return new Split(
                    new Inner(Arrays.copyOf(next, half)), new Inner(Arrays.copyOfRange(next, half, next.length)));
        }

        @Override
        @Nullable
        Node remove(Entry entry, Comparator<Entry> order) {
            int at = childFor(entry, order);
            Node shrunk = children[at].remove(entry, order);
            if (shrunk == children[at]) {
                return this;
            }
            if (shrunk != null) {
                return mergedAround(at, shrunk);
            }
            if (children.length == 1) {
                return null;
            }
            Node[] next = Arrays.copyOf(children, children.length - 1);
            System.arraycopy(children, at + 1, next, at, next.length - at);
            return new Inner(next);
        }

        private Inner replaced(int at, Node child) {
            Node[] next = children.clone();
            next[at] = child;
            Entry[] nextFirsts = firsts;
            if (!firsts[at].equals(child.first())) {
                nextFirsts = firsts.clone();
                nextFirsts[at] = child.first();
            }
            return new Inner(next, nextFirsts, size + child.size - children[at].size);
        }

        /** Joins a child that has become small with its left neighbour when one node can hold both. */
        private Inner mergedAround(int at, Node shrunk) {
            Node joined = at > 0 ? joined(children[at - 1], shrunk) : null;
            if (joined == null) {
                return replaced(at, shrunk);
            }
            Node[] next = Arrays.copyOf(children, children.length - 1);
            System.arraycopy(children, at + 1, next, at, next.length - at);
            next[at - 1] = joined;
            return new Inner(next);
        }

        private static @Nullable Node joined(Node left, Node right) {
            if (left instanceof Leaf a && right instanceof Leaf b && a.size + b.size <= WIDTH / 2) {
                Entry[] all = Arrays.copyOf(a.entries, a.size + b.size);
                System.arraycopy(b.entries, 0, all, a.size, b.size);
                return new Leaf(all);
            }
            if (left instanceof Inner a
                    && right instanceof Inner b
                    && a.children.length + b.children.length <= WIDTH / 2) {
                Node[] all = Arrays.copyOf(a.children, a.children.length + b.children.length);
                System.arraycopy(b.children, 0, all, a.children.length, b.children.length);
                return new Inner(all);
            }
            return null;
        }

        @Override
        boolean visit(@Nullable ObjectKey start, Predicate<Entry> visitor) {
            int from = 0;
            if (start != null) {
                while (from + 1 < firsts.length && firsts[from + 1].key.compareTo(start) <= 0) {
                    from++;
                }
            }
            for (int i = from; i < children.length; i++) {
                if (!children[i].visit(i == from ? start : null, visitor)) {
                    return false;
                }
            }
            return true;
        }
    }
}
