package dev.orchestrator.runtime.stress;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.RollingUpdateDeployment;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.store.StoreEvent;
import org.jspecify.annotations.Nullable;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

/**
 * Holds each revision against the promise of a deployment: never a pod created beyond {@code replicas + maxSurge},
 * never an available one deleted so that fewer than {@code replicas - maxUnavailable} are left.
 *
 * <p>A controller acts on what it read. What counts is therefore the most generous bound of all that were in force
 * since the controllers had last caught up: since the status of the deployment and of its sets told of their newest
 * generations and counted all pods. In the same way a pod that a fault took within that time counts as available still:
 * the deletion of another one was decided before. Availability is judged where it is decided on, when a set is told to
 * shrink; when its pods are deleted, those go first that were not ready then. A pod that becomes ready in between was
 * not counted on, and may go or take the place of another.
 */
final class RolloutWitness {

    private static final int REMEMBERED = 60;

    private final Predicate<String> isDeletedByUser;
    private final Map<String, Rollout> rollouts = new HashMap<>();
    private final Map<String, Sets> sets = new HashMap<>();
    private final Map<String, Deque<StoreEvent>> histories = new HashMap<>();
    private final Set<String> endingNamespaces = new HashSet<>();

    /**
     * Creates a witness.
     *
     * @param isDeletedByUser whether the test itself has asked for the deletion of the pod of that uid
     */
    RolloutWitness(Predicate<String> isDeletedByUser) {
        this.isDeletedByUser = isDeletedByUser;
    }

    /** A deployment. */
    private static final class Rollout {
        private @Nullable Deployment latest;
        private int most;
        private int least;
        private int losses;
    }

    /** A replica set. */
    private static final class Sets {
        private final Map<String, Pod> active = new HashMap<>();
        private final Set<String> readyWhenShrunk = new HashSet<>();
        private @Nullable ReplicaSet latest;
        private int shrunkTo;

        private int desired() {
            return latest == null ? 0 : latest.desiredReplicas();
        }

        private int ready() {
            return (int) active.values().stream().filter(Pod::isReady).count();
        }

        /** Fewer pods are wanted: who is ready now is available to who decides who is to go. */
        private void shrink(int wanted, boolean isEarlierOneUnderWay) {
            Set<String> ready = active.values().stream()
                    .filter(Pod::isReady)
                    .map(pod -> pod.metadata().uidOrEmpty())
                    .collect(toSet());
            shrunkTo = isEarlierOneUnderWay ? Math.min(shrunkTo, wanted) : wanted;
            if (isEarlierOneUnderWay) {
                readyWhenShrunk.retainAll(ready);
            } else {
                readyWhenShrunk.clear();
                readyWhenShrunk.addAll(ready);
            }
        }
    }

    /** {@return what is wrong with an event; empty when it is as it must be} */
    String check(StoreEvent event) {
        boolean isGone = event.kind() == StoreEvent.Kind.DELETED;
        String problem = switch (event.object()) {
            case Deployment deployment -> changed(deployment, isGone);
            case ReplicaSet set -> changed(set, isGone);
            case Pod pod -> changed(pod, event.kind());
            case Namespace namespace -> changed(namespace);
            default -> "";
        };
        String app = String.valueOf(event.object().metadata().labels().get("app"));
        Deque<StoreEvent> past = histories.computeIfAbsent(
                event.object().metadata().namespaceOrEmpty() + "/" + app, unknown -> new ArrayDeque<>());
        past.add(event);
        if (past.size() > REMEMBERED) {
            past.remove();
        }
        return problem.isEmpty()
                ? ""
                : HistoryWitness.id(event.object()) + ": " + problem
                        + past.stream().map(RolloutWitness::told).collect(joining());
    }

    private static String told(StoreEvent event) {
        String what = switch (event.object()) {
            case Deployment deployment ->
                "generation " + deployment.metadata().generation() + " observed "
                        + deployment.status().observedGeneration() + " replicas "
                        + deployment.desiredReplicas() + " surge " + most(deployment) + " least "
                        + least(deployment) + " available "
                        + deployment.status().availableReplicas();
            case ReplicaSet set ->
                "generation " + set.metadata().generation() + " observed "
                        + set.status().observedGeneration() + " replicas " + set.desiredReplicas() + " has "
                        + set.status().replicas() + " available "
                        + set.status().availableReplicas();
            case Pod pod ->
                (pod.isReady() ? "ready" : "not ready") + (pod.isActive() ? "" : ", ending") + " "
                        + pod.status().phase();
            default -> "";
        };
        return "\n    " + event.revision() + " " + event.kind() + " " + HistoryWitness.id(event.object()) + ": " + what;
    }

    private String changed(Namespace namespace) {
        if (namespace.metadata().isTerminating()) {
            endingNamespaces.add(namespace.metadata().nameOrEmpty());
        } else {
            endingNamespaces.remove(namespace.metadata().nameOrEmpty());
        }
        return "";
    }

    private String changed(Deployment deployment, boolean isGone) {
        String uid = deployment.metadata().uidOrEmpty();
        if (isGone) {
            rollouts.remove(uid);
            return "";
        }
        var rollout = rollouts.computeIfAbsent(uid, unknown -> new Rollout());
        boolean isNew = rollout.latest == null;
        rollout.latest = deployment;
        rollout.most = Math.max(rollout.most, most(deployment));
        rollout.least = isNew ? least(deployment) : Math.min(rollout.least, least(deployment));
        forgetThePast(uid, rollout);
        return "";
    }

    private String changed(ReplicaSet set, boolean isGone) {
        String uid = set.metadata().uidOrEmpty();
        Sets known = sets.computeIfAbsent(uid, unknown -> new Sets());
        ReplicaSet before = known.latest;
        if (isGone) {
            sets.remove(uid);
            return "";
        }
        known.latest = set;
        if (before != null && set.desiredReplicas() < before.desiredReplicas()) {
            known.shrink(set.desiredReplicas(), !before.isObserved());
        }
        String owner = owner(set, "Deployment");
        Rollout rollout = rollouts.get(owner);
        if (rollout == null) {
            return "";
        }
        boolean isAdopted = before != null && !owner.equals(owner(before, "Deployment"));
        boolean grows = set.desiredReplicas() > (before == null ? 0 : before.desiredReplicas());
        if (isAdopted) {
            // What its sets want and have was another's decision, and they replace pods that they lose.
            rollout.most = Math.max(rollout.most, inherited(owner));
        }
        if (grows && desired(owner) > rollout.most) {
            return "all sets want " + desired(owner) + " pods where " + rollout.most + " are allowed";
        }
        String problem = before == null || isAdopted ? "" : shrunk(known, before, set, owner, rollout);
        forgetThePast(owner, rollout);
        return problem;
    }

    /** What was available in the set when it was read is available to who decides how many are to go. */
    private String shrunk(Sets known, ReplicaSet before, ReplicaSet set, String rolloutUid, Rollout rollout) {
        int wanted = set.desiredReplicas();
        // What the status still counts and is gone already need not go.
        int available = Math.min(before.status().availableReplicas(), known.ready());
        Deployment deployment = rollout.latest;
        if (wanted >= before.desiredReplicas()
                || wanted >= available
                || deployment == null
                || deployment.metadata().isTerminating()
                || set.metadata().isTerminating()) {
            return "";
        }
        int left = ready(rolloutUid) - known.ready() + wanted;
        return left + rollout.losses < rollout.least
                ? "shrunk though only " + left + " stay available, and " + rollout.losses + " were lost, where "
                        + rollout.least + " must be"
                : "";
    }

    private String changed(Pod pod, StoreEvent.Kind kind) {
        String owner = owner(pod, "ReplicaSet");
        String uid = pod.metadata().uidOrEmpty();
        for (Map.Entry<String, Sets> other : sets.entrySet()) {
            if (!other.getKey().equals(owner)) {
                other.getValue().active.remove(uid);
            }
        }
        Sets set = sets.get(owner);
        if (set == null) {
            return "";
        }
        Pod before = set.active.get(uid);
        if (kind == StoreEvent.Kind.DELETED || !pod.isActive()) {
            set.active.remove(uid);
            return before == null ? "" : left(set, before, pod);
        }
        set.active.put(uid, pod);
        String rolloutUid = set.latest == null ? "" : owner(set.latest, "Deployment");
        Rollout rollout = rollouts.get(rolloutUid);
        if (rollout != null && before != null && before.isReady() && !pod.isReady()) {
            rollout.losses++;
        }
        return kind == StoreEvent.Kind.ADDED ? created(set, rolloutUid) : "";
    }

    private String created(Sets set, String rolloutUid) {
        if (set.active.size() > set.desired()) {
            return "the set has " + set.active.size() + " pods where it wants " + set.desired();
        }
        Rollout rollout = rollouts.get(rolloutUid);
        int all = rollout == null ? 0 : active(rolloutUid);
        return rollout != null && all > rollout.most
                ? "the deployment has " + all + " pods where " + rollout.most + " are allowed"
                : "";
    }

    private String left(Sets set, Pod before, Pod now) {
        ReplicaSet owner = set.latest;
        String rolloutUid = owner == null ? "" : owner(owner, "Deployment");
        Rollout rollout = rollouts.get(rolloutUid);
        if (rollout == null || !before.isReady()) {
            return "";
        }
        Deployment deployment = rollout.latest;
        boolean isByController = !now.isFinished()
                && !isDeletedByUser.test(now.metadata().uidOrEmpty())
                && owner != null
                && !owner.metadata().isTerminating()
                && deployment != null
                && !deployment.metadata().isTerminating()
                && !endingNamespaces.contains(now.metadata().namespaceOrEmpty());
        if (!isByController) {
            rollout.losses++;
            return "";
        }
        // How many have to go was judged when the set was shrunk; here, that others go before those that are ready.
        int kept = Math.min(set.readyWhenShrunk.size(), set.shrunkTo);
        return set.ready() + rollout.losses < kept
                ? "deleted though only " + set.ready() + " of its set stay ready, and " + rollout.losses
                        + " were lost, where " + kept + " could"
                : "";
    }

    /** The controllers have caught up with everything: only what holds now counts from now on. */
    private void forgetThePast(String uid, Rollout rollout) {
        Deployment deployment = rollout.latest;
        if (deployment == null || !deployment.isObserved() || desired(uid) > most(deployment)) {
            return;
        }
        int available = deployment.status().availableReplicas();
        boolean haveSetsCaughtUp = sets.values().stream()
                .filter(set -> set.latest != null && uid.equals(owner(set.latest, "Deployment")))
                .allMatch(set -> set.latest != null
                        && set.latest.isObserved()
                        && set.active.size() == set.latest.desiredReplicas());
        if (haveSetsCaughtUp && available == ready(uid)) {
            rollout.most = most(deployment);
            rollout.least = least(deployment);
            rollout.losses = 0;
        }
    }

    private int desired(String rollout) {
        return sets.values().stream()
                .filter(set -> set.latest != null && rollout.equals(owner(set.latest, "Deployment")))
                .mapToInt(Sets::desired)
                .sum();
    }

    private int inherited(String rollout) {
        return sets.values().stream()
                .filter(set -> set.latest != null && rollout.equals(owner(set.latest, "Deployment")))
                .mapToInt(set -> Math.max(set.active.size(), set.desired()))
                .sum();
    }

    private int active(String rollout) {
        return sets.values().stream()
                .filter(set -> set.latest != null && rollout.equals(owner(set.latest, "Deployment")))
                .mapToInt(set -> set.active.size())
                .sum();
    }

    private int ready(String rollout) {
        return (int) sets.values().stream()
                .filter(set -> set.latest != null && rollout.equals(owner(set.latest, "Deployment")))
                .flatMap(set -> set.active.values().stream())
                .filter(Pod::isReady)
                .count();
    }

    private static String owner(Resource object, String kind) {
        return object.metadata()
                .controller()
                .filter(owner -> owner.kind().equals(kind))
                .map(OwnerReference::uid)
                .orElse("");
    }

    private static int most(Deployment deployment) {
        RollingUpdateDeployment rolling = deployment.spec().strategy().rollingUpdate();
        IntOrString surge = rolling == null ? null : rolling.maxSurge();
        int replicas = deployment.desiredReplicas();
        return replicas + (surge == null ? 0 : surge.scaledUp(replicas));
    }

    private static int least(Deployment deployment) {
        RollingUpdateDeployment rolling = deployment.spec().strategy().rollingUpdate();
        IntOrString unavailable = rolling == null ? null : rolling.maxUnavailable();
        int replicas = deployment.desiredReplicas();
        if (unavailable == null) {
            return 0;
        }
        int missing = unavailable.scaledDown(replicas);
        // Both may round to zero, and then nothing could ever be replaced.
        return Math.max(0, replicas - Math.max(missing, most(deployment) == replicas ? 1 : 0));
    }
}
