package dev.orchestrator.runtime.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import dev.orchestrator.api.model.ObjectKey;

/**
 * Remembers which pods the proxy sends new connections to and of which it knows that they end, so that a pod is not
 * asked to stop while a connection may still be on its way; safe for any thread.
 *
 * <p>That a service sends nothing to a pod now is not enough when it selects the pod: news that the pod is ready may
 * still be under way. The pod waits until the service knows that it ends.
 */
final class Drain {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<ObjectKey, Listed> services = new HashMap<>();
    private final Map<String, Set<ObjectKey>> receiving = new HashMap<>();
    private final Map<String, List<Waiter>> waiting = new HashMap<>();

    /** What the proxy knows of the pods of one service: which receive connections, and which end. */
    private record Listed(Set<String> receiving, Set<String> ending) {

        private static final Listed NOTHING = new Listed(Set.of(), Set.of());

        boolean hasLetGo(String ip) {
            return ending.contains(ip) && !receiving.contains(ip);
        }
    }

    /** A pod that waits for these services. */
    private record Waiter(Set<ObjectKey> services, Runnable task) {}

    /** Notes what the proxy does about the pods of one service from now on, and lets those go that wait for that. */
    void update(ObjectKey service, Set<String> receivingIps, Set<String> endingIps) {
        List<Runnable> released = new ArrayList<>();
        lock.lock();
        try {
            var now = new Listed(Set.copyOf(receivingIps), Set.copyOf(endingIps));
            Listed before = services.put(service, now);
            index(service, before == null ? Listed.NOTHING : before, now);
            Set<String> ips = new HashSet<>(endingIps);
            ips.addAll(before == null ? Set.of() : before.receiving());
            ips.removeAll(receivingIps);
            ips.forEach(ip -> release(ip, service, released));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        released.forEach(Runnable::run);
    }

    private void index(ObjectKey service, Listed before, Listed now) {
        for (String ip : now.receiving()) {
            receiving.computeIfAbsent(ip, any -> new HashSet<>(2)).add(service);
        }
        for (String ip : before.receiving()) {
            if (!now.receiving().contains(ip)) {
                receiving.computeIfPresent(ip, (any, all) -> all.remove(service) && all.isEmpty() ? null : all);
            }
        }
    }

    /** The service is gone or no longer goes through the proxy. */
    void forget(ObjectKey service) {
        List<Runnable> released = new ArrayList<>();
        lock.lock();
        try {
            Listed before = services.remove(service);
            index(service, before == null ? Listed.NOTHING : before, Listed.NOTHING);
            List.copyOf(waiting.keySet()).forEach(ip -> release(ip, service, released));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        released.forEach(Runnable::run);
    }

    /** {@return whether a service sends new connections to a ready pod} */
    boolean isReceiving(ObjectKey service, String ip) {
        return listed(service).receiving().contains(ip);
    }

    /** {@return whether a service knows that a pod ends and sends it nothing} */
    boolean hasLetGo(ObjectKey service, String ip) {
        return listed(service).hasLetGo(ip);
    }

    private Listed listed(ObjectKey service) {
        lock.lock();
        try {
            return services.getOrDefault(service, Listed.NOTHING);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something is true, which is looked at again whenever this changes.
     *
     * @return whether it became true in time
     */
    boolean await(BooleanSupplier wanted, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!wanted.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Has all who wait look again. */
    void stir() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void release(String ip, ObjectKey service, List<Runnable> released) {
        List<Waiter> waiters = waiting.get(ip);
        if (waiters == null) {
            return;
        }
        waiters.removeIf(waiter -> {
            boolean isFree =
                    waiter.services().remove(service) && waiter.services().isEmpty();
            if (isFree) {
                released.add(waiter.task());
            }
            return isFree;
        });
        if (waiters.isEmpty()) {
            waiting.remove(ip);
        }
    }

    /**
     * Runs the task once no service sends the pod new connections and those that select it know that it ends; at once
     * if that is so.
     *
     * @param selecting the services that select the pod
     * @return takes the task back
     */
    Runnable whenDrained(String ip, Set<ObjectKey> selecting, Runnable task) {
        lock.lock();
        try {
            Set<ObjectKey> pending = new HashSet<>(receiving.getOrDefault(ip, Set.of()));
            for (ObjectKey service : selecting) {
                if (!services.getOrDefault(service, Listed.NOTHING).hasLetGo(ip)) {
                    pending.add(service);
                }
            }
            if (!pending.isEmpty()) {
                var waiter = new Waiter(pending, task);
                waiting.computeIfAbsent(ip, any -> new ArrayList<>(1)).add(waiter);
                return () -> takeBack(ip, waiter);
            }
        } finally {
            lock.unlock();
        }
        task.run();
        return () -> {};
    }

    private void takeBack(String ip, Waiter waiter) {
        lock.lock();
        try {
            waiting.computeIfPresent(ip, (any, all) -> all.remove(waiter) && all.isEmpty() ? null : all);
        } finally {
            lock.unlock();
        }
    }
}
