package dev.orchestrator.runtime.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.model.ObjectKey;

/**
 * Remembers which pods the proxy sends new connections to, so that a pod is not asked to stop while one may still be on
 * its way; safe for any thread.
 */
final class Drain {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ObjectKey, Set<String>> receiving = new HashMap<>();
    private final Map<String, Integer> services = new HashMap<>();
    private final Map<String, List<Runnable>> waiting = new HashMap<>();

    /** Notes which pods one service sends new connections to now, and lets those go that wait for it to stop. */
    void update(ObjectKey service, Set<String> podIps) {
        List<Runnable> released = new ArrayList<>();
        lock.lock();
        try {
            Set<String> before =
                    podIps.isEmpty() ? receiving.remove(service) : receiving.put(service, new HashSet<>(podIps));
            for (String ip : podIps) {
                if (before == null || !before.contains(ip)) {
                    services.merge(ip, 1, Integer::sum);
                }
            }
            if (before != null) {
                before.removeAll(podIps);
                before.forEach(ip -> release(ip, released));
            }
        } finally {
            lock.unlock();
        }
        released.forEach(Runnable::run);
    }

    private void release(String ip, List<Runnable> released) {
        Integer left = services.computeIfPresent(ip, (any, count) -> count == 1 ? null : count - 1);
        if (left == null) {
            List<Runnable> waiters = waiting.remove(ip);
            if (waiters != null) {
                released.addAll(waiters);
            }
        }
    }

    /** Runs the task once no service sends the pod new connections; at once if none does. */
    void whenDrained(String podIp, Runnable task) {
        lock.lock();
        try {
            if (services.containsKey(podIp)) {
                waiting.computeIfAbsent(podIp, any -> new ArrayList<>(1)).add(task);
                return;
            }
        } finally {
            lock.unlock();
        }
        task.run();
    }
}
