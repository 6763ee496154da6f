package dev.orchestrator.runtime.controller.resourcequota;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.ResourceQuota;
import dev.orchestrator.api.model.core.ResourceQuotaSpec;
import org.jspecify.annotations.Nullable;

/** What the objects of a namespace use of one quota; not safe for several threads. */
final class Account {

    private final String name;
    private final ResourceQuotaSpec spec;
    private final TreeMap<String, Quantity> used = new TreeMap<>();
    /** What each object is charged, by its uid: taking back exactly that keeps the sums right whatever has changed. */
    private final Map<String, Map<String, Quantity>> charged = new HashMap<>();

    Account(ResourceQuota quota) {
        this.name = quota.metadata().nameOrEmpty();
        this.spec = quota.spec();
        spec.hard().keySet().forEach(resource -> used.put(resource, Quantity.ZERO));
    }

    String name() {
        return name;
    }

    ResourceQuotaSpec spec() {
        return spec;
    }

    Map<String, Quantity> used() {
        return new TreeMap<>(used);
    }

    /** {@return what an object would use of the quota; null when the quota is not about it} */
    private @Nullable Map<String, Quantity> share(Resource object, Map<String, Quantity> usage) {
        if (!QuotaScopes.matches(spec, object)) {
            return null;
        }
        var share = new TreeMap<>(usage);
        share.keySet().retainAll(spec.hard().keySet());
        return share;
    }

    /** Books what an object uses, in place of what it used before; {@return whether anything has changed} */
    boolean charge(Resource object, Map<String, Quantity> usage) {
        String uid = object.metadata().uidOrEmpty();
        Map<String, Quantity> now = share(object, usage);
        Map<String, Quantity> before = now == null || now.isEmpty() ? charged.remove(uid) : charged.put(uid, now);
        Map<String, Quantity> old = before == null ? Map.of() : before;
        Map<String, Quantity> next = now == null ? Map.of() : now;
        if (old.equals(next)) {
            return false;
        }
        old.forEach((resource, amount) -> used.computeIfPresent(resource, (any, sum) -> sum.minus(amount)));
        next.forEach((resource, amount) -> used.computeIfPresent(resource, (any, sum) -> sum.plus(amount)));
        return true;
    }

    /** Takes back what an object was charged; {@return whether anything has changed} */
    boolean release(Resource object) {
        Map<String, Quantity> old = charged.remove(object.metadata().uidOrEmpty());
        if (old == null) {
            return false;
        }
        old.forEach((resource, amount) -> used.computeIfPresent(resource, (any, sum) -> sum.minus(amount)));
        return true;
    }

    /** {@return whether an object is charged} */
    boolean isCharged(Resource object) {
        return charged.containsKey(object.metadata().uidOrEmpty());
    }

    /**
     * What is wrong with charging an object.
     *
     * @param message in Kubernetes' words
     */
    record Refusal(String message) {}

    /** {@return why an object does not fit; null when it does} */
    @Nullable
    Refusal refusal(Resource object, Map<String, Quantity> usage) {
        Map<String, Quantity> share = share(object, usage);
        if (share == null) {
            return null;
        }
        String missing = Unspecified.of(object, spec.hard().keySet());
        if (!missing.isEmpty()) {
            return new Refusal("failed quota: " + name + ": must specify " + missing);
        }
        Map<String, Quantity> before = charged.getOrDefault(object.metadata().uidOrEmpty(), Map.of());
        var requested = new TreeMap<String, Quantity>();
        share.forEach((resource, amount) -> {
            Quantity more = amount.minus(before.getOrDefault(resource, Quantity.ZERO));
            Quantity hard = spec.hard().getOrDefault(resource, Quantity.ZERO);
            if (more.signum() > 0 && sum(resource).plus(more).compareTo(hard) > 0) {
                requested.put(resource, more);
            }
        });
        return requested.isEmpty() ? null : exceeded(requested);
    }

    private Quantity sum(String resource) {
        return used.getOrDefault(resource, Quantity.ZERO);
    }

    private Refusal exceeded(SortedMap<String, Quantity> requested) {
        var taken = new TreeMap<String, Quantity>();
        var limited = new TreeMap<String, Quantity>();
        requested.keySet().forEach(resource -> {
            taken.put(resource, sum(resource));
            limited.put(resource, spec.hard().getOrDefault(resource, Quantity.ZERO));
        });
        return new Refusal("exceeded quota: " + name + ", requested: " + text(requested) + ", used: " + text(taken)
                + ", limited: " + text(limited));
    }

    private static String text(SortedMap<String, Quantity> amounts) {
        var text = new StringBuilder();
        amounts.forEach((resource, amount) -> text.append(text.isEmpty() ? "" : ",")
                .append(resource)
                .append('=')
                .append(amount));
        return text.toString();
    }
}
