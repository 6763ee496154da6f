package dev.orchestrator.runtime.controller.statefulset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.claim.Claimer;

/**
 * Who owns the claims of a pod, so that the garbage collector removes them when the retention policy wants that: the
 * stateful set, the pod once it is no longer wanted, or nobody.
 */
final class ClaimRetention {

    private static final String DELETE = "Delete";

    private ClaimRetention() {}

    /** {@return whether claims go when the set is deleted} */
    private static boolean whenDeleted(StatefulSet set) {
        var policy = set.spec().persistentVolumeClaimRetentionPolicy();
        return policy != null && DELETE.equals(policy.whenDeleted());
    }

    /** {@return whether claims go when the set is scaled down} */
    static boolean whenScaled(StatefulSet set) {
        var policy = set.spec().persistentVolumeClaimRetentionPolicy();
        return policy != null && DELETE.equals(policy.whenScaled());
    }

    /** {@return the owners that a claim of a pod is to have} */
    static List<OwnerReference> owners(StatefulSet set, Pod pod, boolean isWanted, PersistentVolumeClaim claim) {
        var owners = new ArrayList<OwnerReference>();
        boolean isControlledByOthers = false;
        for (OwnerReference owner : claim.metadata().ownerReferences()) {
            if (!refersTo(owner, set) && !refersTo(owner, pod)) {
                owners.add(owner);
                isControlledByOthers |= Boolean.TRUE.equals(owner.controller());
            }
        }
        if (isControlledByOthers) {
            return owners;
        }
        if (whenScaled(set) && !isWanted) {
            owners.add(Claimer.reference(pod));
        } else if (whenDeleted(set)) {
            owners.add(Claimer.reference(set));
        }
        return owners;
    }

    /** {@return whether a claim has the owners that it is to have, in any order} */
    static boolean isKept(StatefulSet set, Pod pod, boolean isWanted, PersistentVolumeClaim claim) {
        return new HashSet<>(owners(set, pod, isWanted, claim))
                .equals(new HashSet<>(claim.metadata().ownerReferences()));
    }

    /** {@return whether a claim is about to go with an earlier pod of this name} */
    static boolean isStale(String podName, PersistentVolumeClaim claim) {
        return claim.metadata().ownerReferences().stream()
                .anyMatch(owner -> owner.kind().equals("Pod")
                        && owner.apiVersion().equals("v1")
                        && owner.name().equals(podName));
    }

    private static boolean refersTo(OwnerReference owner, Resource object) {
        return owner.kind().equals(object.resourceType().kind())
                && owner.apiVersion().equals(object.resourceType().apiVersion())
                && owner.uid().equals(object.metadata().uidOrEmpty());
    }
}
