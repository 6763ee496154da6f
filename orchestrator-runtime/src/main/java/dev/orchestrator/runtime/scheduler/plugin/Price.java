package dev.orchestrator.runtime.scheduler.plugin;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PlacedPod;
import org.jspecify.annotations.Nullable;

/**
 * What room for a pod on one node costs.
 *
 * @param node the node
 * @param victims who has to go, the most important first; never none
 * @param violations how many of them a budget protects
 */
record Price(NodeInfo node, List<Victim> victims, int violations) {

    /**
     * Kubernetes' order: budgets, the most important victim, all victims, their number, who runs for the shortest time.
     */
    private static final Comparator<Price> CHEAPEST_FIRST = Comparator.comparingInt(Price::violations)
            .thenComparingInt(price -> price.victims.getFirst().pod().priority())
            .thenComparingLong(Price::sumOfPriorities)
            .thenComparingInt(price -> price.victims.size())
            .thenComparing(Price::startOfMostImportant, Comparator.reverseOrder());

    Price {
        victims = List.copyOf(victims);
    }

    /** {@return the cheapest, the first of several; null when there is none} */
    static @Nullable Price least(List<Price> prices) {
        return prices.stream().min(CHEAPEST_FIRST).orElse(null);
    }

    // Each counts at least zero, so that few pods of a negative priority cost less than many.
    private long sumOfPriorities() {
        return victims.stream()
                .mapToLong(victim -> victim.pod().priority() - (long) Integer.MIN_VALUE)
                .sum();
    }

    private Instant startOfMostImportant() {
        int highest = victims.getFirst().pod().priority();
        return victims.stream()
                .filter(victim -> victim.pod().priority() == highest)
                .map(Victim::start)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    List<PlacedPod> pods() {
        return victims.stream().map(Victim::pod).toList();
    }
}
