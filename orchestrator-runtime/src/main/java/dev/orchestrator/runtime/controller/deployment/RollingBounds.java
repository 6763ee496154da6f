package dev.orchestrator.runtime.controller.deployment;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.RollingUpdateDeployment;

/**
 * How far a rollout may leave the wanted number of pods.
 *
 * <p>With 10 replicas and 25% both ways there are never more than 13 pods (surge rounds up to 3) and never fewer than 8
 * available (unavailable rounds down to 2).
 *
 * @param replicas the wanted number of pods
 * @param maxSurge how many more there may be
 * @param maxUnavailable how many of the wanted ones may be missing
 */
record RollingBounds(int replicas, int maxSurge, int maxUnavailable) {

    private static final IntOrString QUARTER = IntOrString.of("25%");

    static RollingBounds of(Deployment deployment) {
        int replicas = deployment.desiredReplicas();
        if (!isRolling(deployment)) {
            return new RollingBounds(replicas, 0, 0);
        }
        RollingUpdateDeployment rolling = deployment.spec().strategy().rollingUpdate();
        IntOrString surge = rolling == null ? null : rolling.maxSurge();
        IntOrString unavailable = rolling == null ? null : rolling.maxUnavailable();
        int maxSurge = (surge == null ? QUARTER : surge).scaledUp(replicas);
        int maxUnavailable = (unavailable == null ? QUARTER : unavailable).scaledDown(replicas);
        if (maxSurge == 0 && maxUnavailable == 0) {
            // Both may round to zero, and then nothing could ever be replaced.
            maxUnavailable = 1;
        }
        return new RollingBounds(replicas, maxSurge, Math.min(maxUnavailable, replicas));
    }

    static boolean isRolling(Deployment deployment) {
        return !"Recreate".equals(deployment.spec().strategy().type());
    }

    /** {@return how many pods there may be at most} */
    int maxPods() {
        return (int) Math.min(Integer.MAX_VALUE, (long) replicas + maxSurge);
    }

    /** {@return how many pods must be available at least} */
    int minAvailable() {
        return replicas - maxUnavailable;
    }
}
