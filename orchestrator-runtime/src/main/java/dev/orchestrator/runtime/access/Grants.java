package dev.orchestrator.runtime.access;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.rbac.ClusterRoleBinding;
import dev.orchestrator.api.model.rbac.RoleBinding;
import dev.orchestrator.api.model.rbac.RoleRef;
import dev.orchestrator.api.model.rbac.Subject;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.StoreEvent;
import dev.orchestrator.runtime.store.WatchCursor;
import dev.orchestrator.runtime.store.WatchQuery;
import org.jspecify.annotations.Nullable;

/**
 * The bindings of a store by whom they are for. It catches up with the store when it is asked, so that a binding counts
 * from the moment in which it is stored, and does no work when no binding has changed.
 */
final class Grants {

    private static final WatchQuery BINDINGS =
            WatchQuery.of(ResourceTypes.ROLE_BINDING, ResourceTypes.CLUSTER_ROLE_BINDING);
    private static final Comparator<Grant> BY_BINDING =
            Comparator.comparing(grant -> grant.binding().name());

    /**
     * For whom grants are.
     *
     * @param namespace where they count; empty for everywhere
     * @param isGroup whether it is a group
     * @param name the group or user
     */
    record Key(String namespace, boolean isGroup, String name) {}

    private final ObjectStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Map<Key, List<Grant>> grants = new ConcurrentHashMap<>();
    private volatile long seen = -1;
    private @Nullable WatchCursor cursor; // guarded by the lock

    Grants(ObjectStore store) {
        this.store = store;
    }

    /**
     * {@return whether one of the grants of a user is the one that is looked for}: first those that count everywhere,
     * then those in a namespace, by the names of their bindings.
     */
    boolean any(User user, String namespace, Predicate<Grant> wanted) {
        catchUp();
        Map<Key, List<Grant>> present = grants;
        return any(present, user, "", wanted) || (!namespace.isEmpty() && any(present, user, namespace, wanted));
    }

    private static boolean any(Map<Key, List<Grant>> present, User user, String namespace, Predicate<Grant> wanted) {
        if (any(present, new Key(namespace, false, user.name()), wanted)) {
            return true;
        }
        for (String group : user.groups()) {
            if (any(present, new Key(namespace, true, group), wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean any(Map<Key, List<Grant>> present, Key key, Predicate<Grant> wanted) {
        for (Grant grant : present.getOrDefault(key, List.of())) {
            if (wanted.test(grant)) {
                return true;
            }
        }
        return false;
    }

    private void catchUp() {
        if (seen == store.revision()) {
            return;
        }
        lock.lock();
        try {
            long revision = store.revision();
            try {
                readOn();
            } catch (ApiException forgotten) {
                cursor = null;
                readOn();
            }
            seen = revision;
        } finally {
            lock.unlock();
        }
    }

    private void readOn() {
        Map<Key, List<Grant>> target = grants;
        WatchCursor from = cursor;
        if (from == null) {
            target = new ConcurrentHashMap<>();
            from = store.watch(BINDINGS.withInitial());
            cursor = from;
        }
        for (StoreEvent event = from.poll(); event != null; event = from.poll()) {
            Resource before = event.previous();
            if (before != null) {
                for (Grant gone : of(before)) {
                    target.computeIfPresent(gone.key(), (key, present) -> without(present, gone));
                }
            }
            if (event.kind() != StoreEvent.Kind.DELETED) {
                for (Grant given : of(event.object())) {
                    target.merge(given.key(), List.of(given), Grants::joined);
                }
            }
        }
        grants = target;
    }

    private static @Nullable List<Grant> without(List<Grant> present, Grant gone) {
        List<Grant> left = present.stream().filter(grant -> !grant.equals(gone)).toList();
        return left.isEmpty() ? null : left;
    }

    private static List<Grant> joined(List<Grant> present, List<Grant> given) {
        var all = new ArrayList<>(present);
        all.addAll(given);
        all.sort(BY_BINDING);
        return List.copyOf(all);
    }

    private static List<Grant> of(Resource binding) {
        return switch (binding) {
            case RoleBinding it -> of(it.key(), it.roleRef(), it.subjects());
            case ClusterRoleBinding it -> of(it.key(), it.roleRef(), it.subjects());
            default -> List.of();
        };
    }

    private static List<Grant> of(ObjectKey binding, RoleRef role, List<Subject> subjects) {
        return subjects.stream()
                .distinct()
                .map(subject -> new Grant(binding, role, subject))
                .toList();
    }
}
