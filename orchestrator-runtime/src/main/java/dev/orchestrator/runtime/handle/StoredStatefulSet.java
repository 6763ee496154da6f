package dev.orchestrator.runtime.handle;

import java.util.Objects;

import dev.orchestrator.api.StatefulSetHandle;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.StatefulSet;

/** A stored stateful set. */
final class StoredStatefulSet extends StoredRollout<StatefulSet, StatefulSetHandle> implements StatefulSetHandle {

    StoredStatefulSet(HandleContext context, ObjectKey key) {
        super(context, ResourceTypes.STATEFUL_SET, key);
    }

    @Override
    StatefulSetHandle self() {
        return this;
    }

    @Override
    boolean isRolledOut(StatefulSet set) {
        return set.isComplete();
    }

    @Override
    String status(StatefulSet set) {
        var status = set.status();
        if (!"RollingUpdate".equals(set.spec().updateStrategy().type())) {
            throw noStatus();
        }
        if (status.observedGeneration() == 0 || !set.isObserved()) {
            return "Waiting for statefulset spec update to be observed...";
        }
        if (status.readyReplicas() < set.desiredReplicas()) {
            return "Waiting for " + (set.desiredReplicas() - status.readyReplicas()) + " pods to be ready...";
        }
        if (set.spec().updateStrategy().rollingUpdate() != null) {
            int wanted = set.desiredReplicas() - set.partition();
            return status.updatedReplicas() < wanted
                    ? "Waiting for partitioned roll out to finish: " + status.updatedReplicas() + " out of " + wanted
                            + " new pods have been updated..."
                    : "partitioned roll out complete: " + status.updatedReplicas() + " new pods have been updated...";
        }
        return Objects.equals(status.updateRevision(), status.currentRevision())
                ? "statefulset rolling update complete " + status.currentReplicas() + " pods at revision "
                        + status.currentRevision() + "..."
                : "waiting for statefulset rolling update to complete " + status.updatedReplicas()
                        + " pods at revision " + status.updateRevision() + "...";
    }
}
