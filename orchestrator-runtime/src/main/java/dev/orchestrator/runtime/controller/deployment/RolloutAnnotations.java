package dev.orchestrator.runtime.controller.deployment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import org.jspecify.annotations.Nullable;

/** What deployments note on their replica sets: which version each is, and the numbers it was last sized for. */
final class RolloutAnnotations {

    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String REVISION_HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED_REPLICAS = "deployment.kubernetes.io/desired-replicas";
    static final String MAX_REPLICAS = "deployment.kubernetes.io/max-replicas";
    static final String ROLLBACK_TO = "deprecated.deployment.rollback.to";

    private static final int HISTORY_LIMIT = 2000;

    private RolloutAnnotations() {}

    static OptionalInt desiredReplicas(ReplicaSet set) {
        return number(set, DESIRED_REPLICAS);
    }

    static OptionalInt maxReplicas(ReplicaSet set) {
        return number(set, MAX_REPLICAS);
    }

    private static OptionalInt number(ReplicaSet set, String name) {
        String text = set.metadata().annotations().get(name);
        if (text == null) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException notANumber) {
            return OptionalInt.empty();
        }
    }

    /** {@return the highest revision among the replica sets; 0 when there is none} */
    static long maxRevision(Collection<ReplicaSet> sets) {
        return sets.stream().mapToLong(set -> set.revision().orElse(0)).max().orElse(0);
    }

    /** {@return the second highest revision among the replica sets; 0 when there is none} */
    static long lastRevision(Collection<ReplicaSet> sets) {
        long max = 0;
        long second = 0;
        for (ReplicaSet set : sets) {
            long revision = set.revision().orElse(0);
            if (revision >= max) {
                second = max;
                max = revision;
            } else if (revision > second) {
                second = revision;
            }
        }
        return second;
    }

    /** {@return a replica set's annotations with the numbers that it is sized for} */
    static Map<String, String> sized(Map<String, String> annotations, RollingBounds bounds) {
        var changed = new HashMap<>(annotations);
        changed.put(DESIRED_REPLICAS, Integer.toString(bounds.replicas()));
        changed.put(MAX_REPLICAS, Integer.toString(bounds.maxPods()));
        return changed;
    }

    /**
     * {@return the annotations of the replica set of the present template}
     *
     * @param present what it has; empty when it is about to be created
     * @param revision one more than the highest revision of all others
     */
    static Map<String, String> current(Deployment deployment, Map<String, String> present, long revision) {
        var changed = new HashMap<>(present);
        deployment.metadata().annotations().forEach((name, value) -> {
            if (Deployment.describesVersion(name)) {
                changed.put(name, value);
            }
        });
        String old = present.get(REVISION);
        if (old == null || old.isEmpty()) {
            changed.put(REVISION, Long.toString(revision));
        } else if (isLower(old, revision)) {
            // An older version has come back: it keeps the numbers that it had before.
            changed.put(REVISION, Long.toString(revision));
            String history = history(present.get(REVISION_HISTORY), old);
            if (history != null) {
                changed.put(REVISION_HISTORY, history);
            }
        }
        return changed;
    }

    private static boolean isLower(String old, long revision) {
        try {
            return Long.parseLong(old) < revision;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static @Nullable String history(@Nullable String present, String old) {
        if (present == null || present.isEmpty()) {
            return old;
        }
        List<String> revisions = new ArrayList<>(List.of(present.split(",", -1)));
        int length = present.length() + 1 + old.length();
        while (length > HISTORY_LIMIT && !revisions.isEmpty()) {
            length -= revisions.removeFirst().length() + 1;
        }
        if (length > HISTORY_LIMIT) {
            return null;
        }
        revisions.add(old);
        return String.join(",", revisions);
    }
}
