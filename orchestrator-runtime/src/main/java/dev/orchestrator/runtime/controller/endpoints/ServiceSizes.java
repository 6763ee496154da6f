package dev.orchestrator.runtime.controller.endpoints;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.orchestrator.api.model.ObjectKey;

/**
 * Decides how long changes of a service's pods are collected before its endpoints are written.
 *
 * <p>Each pass costs as much as the service has pods, so 500 pods that become ready one by one must not cause 500
 * passes over 500 pods. Small services are served at once.
 */
final class ServiceSizes {

    private static final int LARGE = 100;
    private static final long MICROS_PER_POD = 50;
    private static final Duration LONGEST = Duration.ofMillis(500);

    private final ConcurrentMap<ObjectKey, Integer> large = new ConcurrentHashMap<>();

    /** Notes how many pods a service has. */
    void remember(ObjectKey service, int pods) {
        if (pods >= LARGE) {
            large.put(service, pods);
        } else {
            large.remove(service);
        }
    }

    /** Forgets a service. */
    void forget(ObjectKey service) {
        large.remove(service);
    }

    /** {@return how long to wait for more changes: 5 ms with 100 pods, 25 ms with 500, nothing with fewer than 100} */
    Duration patience(ObjectKey service) {
        Integer pods = large.get(service);
        if (pods == null) {
            return Duration.ZERO;
        }
        Duration wait = Duration.ofNanos(pods * MICROS_PER_POD * 1000);
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
