package dev.orchestrator.runtime.controller.statefulset;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.runtime.revision.Revisions;
import org.jspecify.annotations.Nullable;

/**
 * A stateful set and what there is of it.
 *
 * @param set what is wanted
 * @param current the version that pods had before the update that is under way
 * @param update the version of the present template
 * @param pods the pods it controls
 * @param claims the claims of its pods that exist, by name
 * @param now when this was seen
 */
record StatefulSetState(
        StatefulSet set,
        Version current,
        Version update,
        List<Pod> pods,
        Map<String, PersistentVolumeClaim> claims,
        Instant now) {

    /** A version of the pod template. */
    record Version(String name, PodTemplateSpec template) {

        boolean isOf(Pod pod) {
            return name.equals(pod.metadata().labels().get(Revisions.POD_LABEL));
        }
    }

    /** {@return whether pods come and go one after the other} */
    boolean isOrdered() {
        return !"Parallel".equals(set.spec().podManagementPolicy());
    }

    static boolean isRunningAndReady(Pod pod) {
        return "Running".equals(pod.status().phase()) && pod.isReady();
    }

    boolean isAvailable(Pod pod) {
        return isRunningAndReady(pod)
                && pod.isAvailable(Duration.ofSeconds(set.spec().minReadySeconds()), now);
    }

    /** {@return whether a pod does its work and will go on doing so} */
    boolean isHealthy(@Nullable Pod pod) {
        return pod != null && isAvailable(pod) && !pod.metadata().isTerminating();
    }

    /** {@return the version that a pod gets that is made now} */
    Version versionOf(int ordinal) {
        var strategy = set.spec().updateStrategy();
        if (!"RollingUpdate".equals(strategy.type())) {
            return update;
        }
        int old = strategy.rollingUpdate() == null ? set.status().currentReplicas() : set.partition();
        return ordinal - set.firstOrdinal() < old ? current : update;
    }
}
