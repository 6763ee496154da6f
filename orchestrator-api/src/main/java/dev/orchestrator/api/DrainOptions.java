package dev.orchestrator.api;

import java.time.Duration;

import dev.orchestrator.api.model.Selector;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * What a drain of a node may do, as the flags of {@code kubectl drain}; each method gives another instance.
 *
 * @param ignoresDaemonSets whether pods of daemon sets are left alone; without, they make the drain fail
 * @param deletesEmptyDirData whether pods may go whose data in {@code emptyDir} volumes goes with them
 * @param forced whether pods may go that nothing would replace
 * @param evicts whether pods are evicted, which disruption budgets can delay, rather than deleted
 * @param podSelector the pods that are to go
 * @param gracePeriod how long pods have to end; null for their own grace period
 */
public record DrainOptions(
        boolean ignoresDaemonSets,
        boolean deletesEmptyDirData,
        boolean forced,
        boolean evicts,
        Selector podSelector,
        @Nullable Duration gracePeriod) {

    /** With no flag set. */
    public static final DrainOptions STANDARD =
            new DrainOptions(false, false, false, true, Selector.everything(), null);

    /**
     * Refuses null.
     *
     * @throws IllegalArgumentException if the grace period is negative
     */
    public DrainOptions {
        requireNonNull(podSelector, "podSelector is null");
        if (gracePeriod != null && gracePeriod.isNegative()) {
            throw new IllegalArgumentException("gracePeriod is negative: " + gracePeriod);
        }
    }

    /** {@return these options, leaving pods of daemon sets alone} */
    public DrainOptions ignoreDaemonSets() {
        return new DrainOptions(true, deletesEmptyDirData, forced, evicts, podSelector, gracePeriod);
    }

    /** {@return these options, with pods going whose {@code emptyDir} volumes hold data} */
    public DrainOptions deleteEmptyDirData() {
        return new DrainOptions(ignoresDaemonSets, true, forced, evicts, podSelector, gracePeriod);
    }

    /** {@return these options, with pods going that nothing would replace} */
    public DrainOptions force() {
        return new DrainOptions(ignoresDaemonSets, deletesEmptyDirData, true, evicts, podSelector, gracePeriod);
    }

    /** {@return these options, deleting pods whatever disruption budgets say} */
    public DrainOptions disableEviction() {
        return new DrainOptions(ignoresDaemonSets, deletesEmptyDirData, forced, false, podSelector, gracePeriod);
    }

    /**
     * {@return these options for some pods only}
     *
     * @throws IllegalArgumentException if the text is not a selector
     */
    public DrainOptions podSelector(String selector) {
        return new DrainOptions(
                ignoresDaemonSets, deletesEmptyDirData, forced, evicts, Selector.parse(selector), gracePeriod);
    }

    /** {@return these options with a grace period for all pods, in whole seconds} */
    public DrainOptions gracePeriod(Duration period) {
        return new DrainOptions(ignoresDaemonSets, deletesEmptyDirData, forced, evicts, podSelector, period);
    }
}
