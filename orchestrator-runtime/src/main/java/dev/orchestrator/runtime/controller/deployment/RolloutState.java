package dev.orchestrator.runtime.controller.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.runtime.revision.TemplateHash;
import org.jspecify.annotations.Nullable;

/**
 * A deployment and its replica sets, told apart by whether they make pods of the present template.
 *
 * @param deployment the deployment
 * @param current the replica set of the present template, if it exists: Kubernetes' "new" replica set
 * @param old all others, oldest first
 */
record RolloutState(Deployment deployment, @Nullable ReplicaSetState current, List<ReplicaSetState> old) {

    /** Copies the list. */
    RolloutState {
        old = List.copyOf(old);
    }

    /** Finds the replica set of the present template: the oldest one, should there be several. */
    static RolloutState of(
            Deployment deployment, List<ReplicaSet> sets, Function<ReplicaSet, ReplicaSetState> observer) {
        ReplicaSetState current = null;
        var old = new ArrayList<ReplicaSetState>();
        for (ReplicaSetState state :
                sets.stream().map(observer).sorted(ReplicaSetState.OLDEST_FIRST).toList()) {
            if (current == null
                    && TemplateHash.sameTemplate(
                            state.set().spec().template(), deployment.spec().template())) {
                current = state;
            } else {
                old.add(state);
            }
        }
        return new RolloutState(deployment, current, old);
    }

    /** {@return all replica sets, the old ones first} */
    List<ReplicaSetState> all() {
        if (current == null) {
            return old;
        }
        var all = new ArrayList<>(old);
        all.add(current);
        return all;
    }

    /** {@return all replica sets as they are stored} */
    List<ReplicaSet> sets() {
        return all().stream().map(ReplicaSetState::set).toList();
    }

    /** {@return the replica sets that are told to have pods} */
    List<ReplicaSetState> active() {
        return all().stream().filter(state -> state.wanted() > 0).toList();
    }

    /** {@return the old replica sets that are told to have pods} */
    List<ReplicaSetState> activeOld() {
        return old.stream().filter(state -> state.wanted() > 0).toList();
    }

    /** {@return how many pods the replica sets are told to have together} */
    int totalWanted() {
        return all().stream().mapToInt(ReplicaSetState::wanted).sum();
    }

    /**
     * {@return how many pods may be added now, at any moment of their creation, without there being too many}
     *
     * <p>A replica set that has not yet seen a smaller number may be creating pods after an older one, so nothing is
     * added before all have seen theirs. A replica set that has not yet deleted its surplus still counts in full.
     */
    int room() {
        int most = 0;
        for (ReplicaSetState state : all()) {
            if (!state.set().isObserved()) {
                return 0;
            }
            most += state.mostPods();
        }
        return Math.max(0, RollingBounds.of(deployment).maxPods() - most);
    }

    /** {@return how many pods will be available when all replica sets have done what they are told} */
    int lastingAvailable() {
        return all().stream().mapToInt(ReplicaSetState::lastingAvailable).sum();
    }
}
