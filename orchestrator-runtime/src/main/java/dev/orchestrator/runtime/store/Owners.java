package dev.orchestrator.runtime.store;

import java.util.List;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.OwnerReference;
import org.jspecify.annotations.Nullable;

/** Questions about the owner references of an object, without allocation. */
final class Owners {

    private Owners() {}

    static boolean isControlled(Resource object) {
        for (OwnerReference owner : object.metadata().ownerReferences()) {
            if (Boolean.TRUE.equals(owner.controller())) {
                return true;
            }
        }
        return false;
    }

    static boolean isControlledBy(Resource object, String uid) {
        for (OwnerReference owner : object.metadata().ownerReferences()) {
            if (Boolean.TRUE.equals(owner.controller())) {
                return owner.uid().equals(uid);
            }
        }
        return false;
    }

    /**
     * {@return the uid of the job that still has something to do about a pod; null when there is none, or when the pod
     * has ended and nobody holds it back}
     */
    static @Nullable String jobAwaiting(Resource object) {
        if (!(object instanceof Pod pod)
                || (pod.isFinished() && pod.metadata().finalizers().isEmpty())) {
            return null;
        }
        for (OwnerReference owner : pod.metadata().ownerReferences()) {
            if (Boolean.TRUE.equals(owner.controller())) {
                return owner.kind().equals("Job") ? owner.uid() : null;
            }
        }
        return null;
    }

    static boolean isOwnedBy(Resource object, String uid) {
        return isAmong(object.metadata().ownerReferences(), uid);
    }

    static boolean isAmong(List<OwnerReference> owners, String uid) {
        for (OwnerReference owner : owners) {
            if (owner.uid().equals(uid)) {
                return true;
            }
        }
        return false;
    }
}
