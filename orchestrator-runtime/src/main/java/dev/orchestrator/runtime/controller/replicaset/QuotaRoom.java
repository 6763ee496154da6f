package dev.orchestrator.runtime.controller.replicaset;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.ResourceQuota;
import dev.orchestrator.runtime.loop.Change;

/** Tells whether a change of a quota lets more in than before. */
final class QuotaRoom {

    private QuotaRoom() {}

    static boolean hasGrown(Change<ResourceQuota> change) {
        ResourceQuota before = change.before();
        ResourceQuota after = change.after();
        if (after == null) {
            return true;
        }
        if (before == null) {
            return false;
        }
        if (!before.spec().equals(after.spec())) {
            return true;
        }
        return before.status().used().entrySet().stream().anyMatch(used -> {
            Quantity now = after.status().used().get(used.getKey());
            return now == null || now.compareTo(used.getValue()) < 0;
        });
    }
}
