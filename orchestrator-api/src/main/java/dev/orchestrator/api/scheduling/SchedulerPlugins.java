package dev.orchestrator.api.scheduling;

import java.util.ArrayList;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * The scheduling rules of an embedding program, each kind in the order in which they are asked, after Kubernetes' own
 * (but before preemption).
 *
 * @param filters what a node must meet
 * @param scores what is preferred
 * @param postFilters what may still be done when no node takes a pod
 * @param reserves what is set aside for a pod
 * @param permits who lets a pod be bound
 */
public record SchedulerPlugins(
        List<Named<SchedulingFilter>> filters,
        List<Weighted> scores,
        List<Named<SchedulingPostFilter>> postFilters,
        List<Named<SchedulingReserve>> reserves,
        List<Named<SchedulingPermit>> permits) {

    /**
     * A rule and its name.
     *
     * @param <T> the kind of rule
     * @param name what messages call it
     * @param plugin the rule
     */
    public record Named<T>(String name, T plugin) {

        /** Refuses null parts. */
        public Named {
            requireNonNull(name, "name is null");
            requireNonNull(plugin, "plugin is null");
        }
    }

    /**
     * A preference, its name and how much it counts; Kubernetes' own count 1 to 3.
     *
     * @param name what messages call it
     * @param weight how much it counts, at least 1
     * @param plugin the preference
     */
    public record Weighted(String name, int weight, SchedulingScore plugin) {

        /** Refuses null parts and weights below one. */
        public Weighted {
            requireNonNull(name, "name is null");
            requireNonNull(plugin, "plugin is null");
            if (weight < 1) {
                throw new IllegalArgumentException("score " + name + ": weight must be at least 1: " + weight);
            }
        }
    }

    /** No rule. */
    public static final SchedulerPlugins NONE =
            new SchedulerPlugins(List.of(), List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public SchedulerPlugins {
        filters = List.copyOf(filters);
        scores = List.copyOf(scores);
        postFilters = List.copyOf(postFilters);
        reserves = List.copyOf(reserves);
        permits = List.copyOf(permits);
    }

    /** {@return these and then a filter} */
    public SchedulerPlugins filter(String name, SchedulingFilter plugin) {
        return new SchedulerPlugins(and(filters, new Named<>(name, plugin)), scores, postFilters, reserves, permits);
    }

    /** {@return these and then a preference} */
    public SchedulerPlugins score(String name, int weight, SchedulingScore plugin) {
        return new SchedulerPlugins(
                filters, and(scores, new Weighted(name, weight, plugin)), postFilters, reserves, permits);
    }

    /** {@return these and then a way to make room} */
    public SchedulerPlugins postFilter(String name, SchedulingPostFilter plugin) {
        return new SchedulerPlugins(filters, scores, and(postFilters, new Named<>(name, plugin)), reserves, permits);
    }

    /** {@return these and then a reservation} */
    public SchedulerPlugins reserve(String name, SchedulingReserve plugin) {
        return new SchedulerPlugins(filters, scores, postFilters, and(reserves, new Named<>(name, plugin)), permits);
    }

    /** {@return these and then a permission} */
    public SchedulerPlugins permit(String name, SchedulingPermit plugin) {
        return new SchedulerPlugins(filters, scores, postFilters, reserves, and(permits, new Named<>(name, plugin)));
    }

    private static <T> List<T> and(List<T> those, T last) {
        List<T> all = new ArrayList<>(those);
        all.add(last);
        return all;
    }
}
