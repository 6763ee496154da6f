package dev.orchestrator.runtime.stress;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.runtime.store.StoreEvent;
import org.jspecify.annotations.Nullable;

/** Every revision comes once and in order, follows from the one before, and holds what was acknowledged. */
final class HistoryWitness {

    private final Map<String, Resource> state = new ConcurrentHashMap<>();
    private final List<Integer> written = new ArrayList<>();
    private final long first;

    /**
     * Creates a witness.
     *
     * @param first the revision before the first that it sees
     */
    HistoryWitness(long first) {
        this.first = first;
    }

    /** {@return what is wrong with an event; empty when it is as it must be} */
    String check(StoreEvent event) {
        written.add(System.identityHashCode(event.object()));
        long due = first + written.size();
        if (event.revision() != due) {
            return "revision " + event.revision() + " came where " + due + " was due";
        }
        Resource object = event.object();
        if (!String.valueOf(event.revision()).equals(object.metadata().resourceVersion())) {
            return id(object) + " says that its version is " + object.metadata().resourceVersion();
        }
        Resource known = state.get(id(object));
        return switch (event.kind()) {
            case ADDED -> {
                state.put(id(object), object);
                yield known == null ? "" : id(object) + " was added twice";
            }
            case MODIFIED -> {
                state.put(id(object), object);
                yield changed(known, event);
            }
            case DELETED -> {
                state.remove(id(object));
                yield isSame(known, event.previous()) ? "" : id(object) + " was not as it was when it was deleted";
            }
            case BOOKMARK -> "nobody asked for a bookmark";
        };
    }

    @SuppressWarnings("ReferenceEquality") // another instance is another version
    private static boolean isSame(@Nullable Resource one, @Nullable Resource other) {
        return one != null && one == other;
    }

    private static String changed(@Nullable Resource known, StoreEvent event) {
        if (known == null || !isSame(known, event.previous())) {
            return id(event.object()) + ": a change was missed";
        }
        var before = known.metadata();
        var after = event.object().metadata();
        if (!before.uidOrEmpty().equals(after.uidOrEmpty())) {
            return id(known) + " became another object";
        }
        if (after.generation() < before.generation()) {
            return id(known) + ": its generation fell";
        }
        return before.isTerminating() && !after.isTerminating() ? id(known) + " was to go and is not any more" : "";
    }

    /** {@return whether the revision holds that very object} */
    boolean holds(Resource object) {
        long place = Long.parseLong(String.valueOf(object.metadata().resourceVersion())) - first - 1;
        return place < written.size() && written.get((int) place) == System.identityHashCode(object);
    }

    /** {@return the objects that there are now} */
    Collection<Resource> objects() {
        return state.values();
    }

    static String id(Resource object) {
        return object.resourceType().kind() + " " + object.key();
    }
}
