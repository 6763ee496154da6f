package dev.orchestrator.runtime.network.proxy;

import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/** Decides which backends may take a new connection, and which of them does; pure but for the random numbers given. */
final class EndpointPicker {

    private EndpointPicker() {}

    /** Ready ones, or, if there is none, serving ones that terminate: ProxyTerminatingEndpoints of Kubernetes. */
    static List<Backend> eligible(Collection<Backend> backends) {
        var ready = backends.stream().filter(b -> b.endpoint().ready()).toList();
        return ready.isEmpty()
                ? backends.stream().filter(b -> b.endpoint().isLastResort()).toList()
                : ready;
    }

    /** {@return one of the eligible that has not been tried, or null} */
    static @Nullable Backend pick(
            List<Backend> eligible, Collection<Backend> tried, Balancing balancing, RandomGenerator random) {
        if (tried.isEmpty() && balancing == Balancing.RANDOM) {
            return eligible.isEmpty() ? null : eligible.get(random.nextInt(eligible.size()));
        }
        Backend best = null;
        int ties = 0;
        for (Backend candidate : eligible) {
            if (tried.contains(candidate)) {
                continue;
            }
            int order = best == null || balancing == Balancing.RANDOM ? 0 : candidate.load() - best.load();
            if (best == null || order < 0) {
                best = candidate;
                ties = 1;
            } else if (order == 0 && random.nextInt(++ties) == 0) {
                // The n-th equal replaces the choice with chance 1/n, so that each ends up chosen with the same.
                best = candidate;
            }
        }
        return best;
    }
}
