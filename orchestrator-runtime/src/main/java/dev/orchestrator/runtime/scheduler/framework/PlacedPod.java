package dev.orchestrator.runtime.scheduler.framework;

import dev.orchestrator.api.model.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * A pod on a node, reduced to what decisions about other pods need.
 *
 * @param key its name
 * @param uid its uid
 * @param priority how important it is
 * @param selectable what selectors see of it
 * @param demand what it takes from the node
 * @param group the pods it is spread from; null when it stands alone
 * @param terms what it wants of the places of other pods
 */
public record PlacedPod(
        ObjectKey key,
        String uid,
        int priority,
        PodClass selectable,
        PodDemand demand,
        @Nullable PodGroup group,
        PodTerms terms) {}
