package dev.orchestrator.runtime.controller.replicaset;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** The tallies of all owners of one kind, by uid. */
final class Tallies {

    private final Map<String, PodTally> byOwner = new ConcurrentHashMap<>();
    private volatile boolean exact = true;

    PodTally of(String uid) {
        return byOwner.computeIfAbsent(uid, missing -> new PodTally());
    }

    @Nullable
    PodTally find(String uid) {
        return byOwner.get(uid);
    }

    void remove(String uid) {
        byOwner.remove(uid);
    }

    /** Says that changes may have been missed or counted twice: from now on all passes list the pods. */
    void giveUp() {
        exact = false;
    }

    /** {@return whether every change has been counted once} */
    boolean isExact() {
        return exact;
    }
}
