package dev.orchestrator.runtime.controller.daemonset;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.RollingUpdateDaemonSet;
import org.jspecify.annotations.Nullable;

/**
 * How far an update may go at once.
 *
 * @param surge how many nodes may have an old and a new pod
 * @param unavailable how many nodes may be without an available pod
 */
record RollingBounds(int surge, int unavailable) {

    private static final IntOrString NONE = IntOrString.of(0);

    /** Percentages are rounded up: 10 % of 12 nodes are 2. An impossible strategy takes one node at a time. */
    static RollingBounds of(DaemonSet set, int desired) {
        RollingUpdateDaemonSet rolling = set.spec().updateStrategy().rollingUpdate();
        int surge = scaled(rolling == null ? null : rolling.maxSurge(), desired);
        int unavailable = scaled(rolling == null ? null : rolling.maxUnavailable(), desired);
        return new RollingBounds(surge, surge == 0 && unavailable == 0 ? 1 : unavailable);
    }

    static boolean surges(DaemonSet set) {
        RollingUpdateDaemonSet rolling = set.spec().updateStrategy().rollingUpdate();
        return isRolling(set) && scaled(rolling == null ? null : rolling.maxSurge(), 1) > 0;
    }

    static boolean isRolling(DaemonSet set) {
        return "RollingUpdate".equals(set.spec().updateStrategy().type());
    }

    private static int scaled(@Nullable IntOrString given, int total) {
        return (given == null ? NONE : given).scaledUp(total);
    }
}
