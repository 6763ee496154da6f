package dev.orchestrator.runtime.store;

import java.util.List;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.meta.OwnerReference;

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
