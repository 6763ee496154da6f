package dev.orchestrator.runtime.handle;

import dev.orchestrator.api.DaemonSetHandle;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.DaemonSet;

/** A stored daemon set. */
final class StoredDaemonSet extends StoredRollout<DaemonSet, DaemonSetHandle> implements DaemonSetHandle {

    StoredDaemonSet(HandleContext context, ObjectKey key) {
        super(context, ResourceTypes.DAEMON_SET, key);
    }

    @Override
    DaemonSetHandle self() {
        return this;
    }

    @Override
    boolean isRolledOut(DaemonSet set) {
        return set.isComplete();
    }

    @Override
    String status(DaemonSet set) {
        var status = set.status();
        if (!"RollingUpdate".equals(set.spec().updateStrategy().type())) {
            throw noStatus();
        }
        if (!set.isObserved()) {
            return "Waiting for daemon set spec update to be observed...";
        }
        String rollout = "Waiting for daemon set \"" + name() + "\" rollout to finish: ";
        if (status.updatedNumberScheduled() < status.desiredNumberScheduled()) {
            return rollout + status.updatedNumberScheduled() + " out of " + status.desiredNumberScheduled()
                    + " new pods have been updated...";
        }
        if (status.numberAvailable() < status.desiredNumberScheduled()) {
            return rollout + status.numberAvailable() + " of " + status.desiredNumberScheduled()
                    + " updated pods are available...";
        }
        return "daemon set \"" + name() + "\" successfully rolled out";
    }
}
