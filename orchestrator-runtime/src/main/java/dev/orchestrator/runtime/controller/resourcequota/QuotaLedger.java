package dev.orchestrator.runtime.controller.resourcequota;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ResourceQuota;
import dev.orchestrator.api.model.core.ResourceQuotaStatus;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.runtime.store.Ledger;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of all quotas, booked by the store right before each commit: what is used is exact at every revision, a
 * write that fails is never charged, and two writes never share the last of a quota.
 *
 * <p>A namespace without a quota costs one look-up. The objects of a namespace are counted once, when a quota is made
 * or asks for something else.
 */
public final class QuotaLedger implements Ledger {

    private final InstantSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, TreeMap<String, Account>> accounts = new HashMap<>();
    /** Quotas whose status says something else than their account. */
    private final Set<ObjectKey> unreported = new HashSet<>();
    /** Most clusters have no quota, and then nobody should wait for a lock. */
    private volatile boolean keepsAny;

    /** Creates a ledger without accounts. */
    public QuotaLedger(InstantSource time) {
        this.time = time;
    }

    @Override
    public void check(@Nullable Resource before, Resource after, WriteRequest request) {
        if (!keepsAny) {
            return;
        }
        lock.lock();
        try {
            Map<String, Account> concerned = accounts.get(after.metadata().namespaceOrEmpty());
            if (concerned == null || !isWeighed(before, after, request.subresource())) {
                return;
            }
            Map<String, Quantity> usage = QuotaUsage.of(after, time.instant());
            for (Account account : concerned.values()) {
                Account.Refusal refusal = account.refusal(after, usage);
                if (refusal != null) {
                    throw ApiException.forbidden(after.resourceType(), after.key(), refusal.message());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** What can only shrink, or is what the cluster itself reports, is booked but never refused. */
    private static boolean isWeighed(@Nullable Resource before, Resource after, Subresource part) {
        if (before == null) {
            return true;
        }
        return switch (after) {
            case Pod pod -> part == Subresource.RESIZE;
            case Service service -> part == Subresource.MAIN;
            case PersistentVolumeClaim claim -> part == Subresource.MAIN;
            default -> false;
        };
    }

    @Override
    public void post(
            @Nullable Resource before, @Nullable Resource after, Function<String, List<Resource>> objectsInNamespace) {
        Resource object = after != null ? after : before;
        if (object == null || !(keepsAny || object instanceof ResourceQuota)) {
            return;
        }
        lock.lock();
        try {
            if (object instanceof ResourceQuota quota) {
                keepAccount(quota, after == null, objectsInNamespace);
            }
            String namespace = object.metadata().namespaceOrEmpty();
            Map<String, Account> concerned = accounts.get(namespace);
            if (concerned != null) {
                book(object, after == null, concerned, namespace);
            }
        } finally {
            lock.unlock();
        }
    }

    private void keepAccount(ResourceQuota quota, boolean isGone, Function<String, List<Resource>> objectsInNamespace) {
        String namespace = quota.metadata().namespaceOrEmpty();
        String name = quota.metadata().nameOrEmpty();
        TreeMap<String, Account> present = accounts.computeIfAbsent(namespace, none -> new TreeMap<>());
        Account known = present.get(name);
        if (isGone) {
            present.remove(name);
            unreported.remove(quota.key());
            if (present.isEmpty()) {
                accounts.remove(namespace);
            }
        } else if (known == null || !known.spec().equals(quota.spec())) {
            var account = new Account(quota);
            for (Resource object : objectsInNamespace.apply(namespace)) {
                account.charge(object, QuotaUsage.of(object, time.instant()));
            }
            present.put(name, account);
            unreported.add(quota.key());
        }
        keepsAny = !accounts.isEmpty();
    }

    private void book(Resource object, boolean isGone, Map<String, Account> concerned, String namespace) {
        Map<String, Quantity> usage = isGone ? Map.of() : QuotaUsage.of(object, time.instant());
        for (Account account : concerned.values()) {
            if (isGone ? account.release(object) : account.charge(object, usage)) {
                unreported.add(new ObjectKey(namespace, account.name()));
            }
        }
    }

    /** Books a pod anew that is charged: its time may be up. */
    void reassess(Pod pod) {
        lock.lock();
        try {
            String namespace = pod.metadata().namespaceOrEmpty();
            Map<String, Quantity> usage = QuotaUsage.of(pod, time.instant());
            for (Account account :
                    accounts.getOrDefault(namespace, new TreeMap<>()).values()) {
                if (account.isCharged(pod) && account.charge(pod, usage)) {
                    unreported.add(new ObjectKey(namespace, account.name()));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether there is any quota in a namespace} */
    boolean keepsAccountOf(String namespace) {
        if (!keepsAny) {
            return false;
        }
        lock.lock();
        try {
            return accounts.containsKey(namespace);
        } finally {
            lock.unlock();
        }
    }

    /** {@return the quotas of a namespace about which something new is to be said} */
    List<ObjectKey> unreported(String namespace) {
        if (!keepsAny) {
            return List.of();
        }
        lock.lock();
        try {
            return accounts.getOrDefault(namespace, new TreeMap<>()).keySet().stream()
                    .map(name -> new ObjectKey(namespace, name))
                    .filter(unreported::contains)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** {@return the status a quota should have; empty when it is gone} It counts as reported from now on. */
    Optional<ResourceQuotaStatus> report(ObjectKey key) {
        lock.lock();
        try {
            unreported.remove(key);
            Map<String, Account> present = accounts.get(key.namespace());
            Account account = present == null ? null : present.get(key.name());
            return account == null
                    ? Optional.empty()
                    : Optional.of(new ResourceQuotaStatus(account.spec().hard(), account.used()));
        } finally {
            lock.unlock();
        }
    }
}
