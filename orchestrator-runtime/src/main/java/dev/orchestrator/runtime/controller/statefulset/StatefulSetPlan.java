package dev.orchestrator.runtime.controller.statefulset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.controller.statefulset.Step.CreateClaims;
import dev.orchestrator.runtime.controller.statefulset.Step.CreatePod;
import dev.orchestrator.runtime.controller.statefulset.Step.DeletePod;
import dev.orchestrator.runtime.controller.statefulset.Step.Mend;
import dev.orchestrator.runtime.controller.statefulset.Step.Retain;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a stateful set does: first every wanted pod is there and well, lowest ordinal first; then pods
 * that are no longer wanted go, highest ordinal first; then pods of an older version are replaced, highest ordinal
 * first. In order, each step waits for the pod before it; in parallel, only updates wait.
 */
final class StatefulSetPlan {

    private static final IntOrString ONE = IntOrString.of(1);

    private final StatefulSetState state;
    private final @Nullable Pod[] replicas;
    private final List<Pod> condemned = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    private StatefulSetPlan(StatefulSetState state) {
        this.state = state;
        this.replicas = new @Nullable Pod[state.set().desiredReplicas()];
        Map<Integer, Pod> surplus = new TreeMap<>(Comparator.reverseOrder());
        for (Pod pod : state.pods()) {
            PodIdentity.ordinal(state.set(), pod).ifPresent(ordinal -> {
                if (PodIdentity.isWanted(state.set(), ordinal)) {
                    replicas[ordinal - state.set().firstOrdinal()] = pod;
                } else {
                    surplus.put(ordinal, pod);
                }
            });
        }
        condemned.addAll(surplus.values());
    }

    /** Compares wanted and actual; reads no clock and changes nothing. */
    static List<Step> of(StatefulSetState state) {
        if (state.set().metadata().isTerminating()) {
            return List.of();
        }
        var plan = new StatefulSetPlan(state);
        if (!plan.fill() && !plan.shrink()) {
            plan.update();
        }
        return List.copyOf(plan.steps);
    }

    /** {@return whether the rest has to wait} */
    private boolean fill() {
        for (int i = 0; i < replicas.length; i++) {
            boolean blocks = keep(i + state.set().firstOrdinal(), replicas[i]);
            if (blocks && state.isOrdered()) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether this pod keeps those after it waiting} */
    private boolean keep(int ordinal, @Nullable Pod pod) {
        if (pod == null) {
            if (!hasStaleClaim(ordinal)) {
                steps.add(new CreatePod(ordinal, state.versionOf(ordinal)));
            }
            return true;
        }
        if (pod.isFinished()) {
            if (!pod.metadata().isTerminating()) {
                steps.add(new DeletePod(pod));
            }
            return true;
        }
        if ("Pending".equals(pod.status().phase()) && lacksClaim(ordinal)) {
            steps.add(new CreateClaims(pod, ordinal));
        }
        if (state.isOrdered() && !state.isHealthy(pod)) {
            return true;
        }
        mend(ordinal, pod);
        return false;
    }

    private void mend(int ordinal, Pod pod) {
        if (!Objects.equals(PodIdentity.mended(state.set(), pod, ordinal), pod)) {
            steps.add(new Mend(pod, ordinal));
        }
        if (!isRetained(ordinal, pod)) {
            steps.add(new Retain(pod, ordinal));
        }
    }

    /** A claim that an earlier pod of this name owns goes with it: a new pod would lose its data. */
    private boolean hasStaleClaim(int ordinal) {
        return ClaimRetention.whenScaled(state.set())
                && claims(ordinal).stream()
                        .anyMatch(claim -> ClaimRetention.isStale(PodIdentity.name(state.set(), ordinal), claim));
    }

    private boolean lacksClaim(int ordinal) {
        return claims(ordinal).size()
                < state.set().spec().volumeClaimTemplates().size();
    }

    private boolean isRetained(int ordinal, Pod pod) {
        boolean isWanted = PodIdentity.isWanted(state.set(), ordinal);
        return claims(ordinal).stream().allMatch(claim -> ClaimRetention.isKept(state.set(), pod, isWanted, claim));
    }

    private List<PersistentVolumeClaim> claims(int ordinal) {
        return PodIdentity.claimNames(state.set(), ordinal).stream()
                .flatMap(name -> Optional.ofNullable(state.claims().get(name)).stream())
                .toList();
    }

    /** {@return whether the rest has to wait} */
    private boolean shrink() {
        for (Pod pod : condemned) {
            int ordinal = PodIdentity.ordinal(state.set(), pod).orElseThrow();
            if (!isRetained(ordinal, pod)) {
                steps.add(new Retain(pod, ordinal));
            }
        }
        Pod firstUnhealthy = firstUnhealthyCondemned();
        for (Pod pod : condemned) {
            if (pod.metadata().isTerminating()) {
                if (state.isOrdered()) {
                    return true;
                }
                continue;
            }
            if (state.isOrdered() && !state.isAvailable(pod) && !Objects.equals(pod, firstUnhealthy)) {
                return true;
            }
            steps.add(new DeletePod(pod));
            if (state.isOrdered()) {
                return true;
            }
        }
        return false;
    }

    /** The lowest of those that are not well; in order all that are wanted are well when it comes to this. */
    private @Nullable Pod firstUnhealthyCondemned() {
        Pod first = null;
        for (Pod pod : condemned) {
            if (!StatefulSetState.isRunningAndReady(pod) || pod.metadata().isTerminating()) {
                first = pod;
            }
        }
        return first;
    }

    /**
     * Replaces pods of an older version, so that no more than {@code maxUnavailable} of all wanted pods are out of
     * service. With 5 pods, 2 of which may be out of service and 1 of which is, one more is replaced. An old pod that
     * is out of service anyway costs nothing: it is replaced first, unless as many replacements are on their way.
     */
    private void update() {
        if ("OnDelete".equals(state.set().spec().updateStrategy().type())) {
            return;
        }
        int limit = maxUnavailable();
        int unavailable = 0;
        int replaced = 0;
        for (Pod pod : replicas) {
            if (!state.isHealthy(pod)) {
                unavailable++;
                replaced += isReplaceable(pod) ? 0 : 1;
            }
        }
        for (int i = replicas.length - 1; i >= state.set().partition() && replaced < limit; i--) {
            Pod pod = replicas[i];
            if (isReplaceable(pod) && !state.isHealthy(pod)) {
                replace(pod);
                replaced++;
            }
        }
        for (int i = replicas.length - 1; i >= state.set().partition() && unavailable < limit; i--) {
            Pod pod = replicas[i];
            if (isReplaceable(pod) && state.isHealthy(pod)) {
                replace(pod);
                unavailable++;
            }
        }
    }

    private void replace(@Nullable Pod pod) {
        if (pod != null) {
            steps.add(new DeletePod(pod));
        }
    }

    private boolean isReplaceable(@Nullable Pod pod) {
        return pod != null && !state.update().isOf(pod) && !pod.metadata().isTerminating() && !pod.isFinished();
    }

    private int maxUnavailable() {
        var rolling = state.set().spec().updateStrategy().rollingUpdate();
        IntOrString given = rolling == null ? null : rolling.maxUnavailable();
        return Math.max(1, (given == null ? ONE : given).scaledDown(replicas.length));
    }
}
