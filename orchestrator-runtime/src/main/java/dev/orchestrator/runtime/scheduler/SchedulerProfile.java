package dev.orchestrator.runtime.scheduler;

import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.scheduling.SchedulerPlugins;
import dev.orchestrator.runtime.scheduler.custom.CustomFilter;
import dev.orchestrator.runtime.scheduler.custom.CustomPostFilter;
import dev.orchestrator.runtime.scheduler.custom.CustomScore;
import dev.orchestrator.runtime.scheduler.framework.FilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.PostFilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.ScorePlugin;
import dev.orchestrator.runtime.scheduler.plugin.DefaultPreemption;
import dev.orchestrator.runtime.scheduler.plugin.InterPodAffinity;
import dev.orchestrator.runtime.scheduler.plugin.NodeAffinity;
import dev.orchestrator.runtime.scheduler.plugin.NodeName;
import dev.orchestrator.runtime.scheduler.plugin.NodePorts;
import dev.orchestrator.runtime.scheduler.plugin.NodeResourcesBalancedAllocation;
import dev.orchestrator.runtime.scheduler.plugin.NodeResourcesFit;
import dev.orchestrator.runtime.scheduler.plugin.NodeUnschedulable;
import dev.orchestrator.runtime.scheduler.plugin.PodSpread;
import dev.orchestrator.runtime.scheduler.plugin.PodTopologySpread;
import dev.orchestrator.runtime.scheduler.plugin.TaintToleration;
import dev.orchestrator.runtime.scheduler.topology.TopologyIndex;

/**
 * The rules a scheduler goes by.
 *
 * @param schedulerName the pods it is responsible for, by their {@code spec.schedulerName}
 * @param filters what a node must meet, asked in this order
 * @param postFilters what may still be done when no node meets it, the first that helps
 * @param scores what is preferred among the nodes that meet it
 * @param custom the rules of the embedding program; of these only reservations and permissions, for the others are
 *     among the lists above
 * @param topology tells the rules where pods are; the scheduler keeps it up to date, so it has but one
 * @param percentageOfNodesToScore how many of the nodes have to be found fit before the search stops; never fewer than
 *     100 nodes
 * @param seed decides among nodes of equal score
 */
public record SchedulerProfile(
        String schedulerName,
        List<FilterPlugin> filters,
        List<PostFilterPlugin> postFilters,
        List<ScorePlugin> scores,
        SchedulerPlugins custom,
        TopologyIndex topology,
        int percentageOfNodesToScore,
        long seed) {

    private static final int MIN_FEASIBLE_NODES = 100;
    // Kubernetes takes 10% of 5,000 nodes. Placements differ little from 2%, and a decision costs a fifth.
    private static final int DEFAULT_PERCENTAGE = 2;

    /** Copies the lists. */
    public SchedulerProfile {
        filters = List.copyOf(filters);
        postFilters = List.copyOf(postFilters);
        scores = List.copyOf(scores);
    }

    /** {@return the rules of {@code default-scheduler}} */
    public static SchedulerProfile standard(long seed) {
        var taintToleration = new TaintToleration();
        var nodeAffinity = new NodeAffinity();
        var resourcesFit = new NodeResourcesFit();
        var topology = new TopologyIndex();
        var topologySpread = new PodTopologySpread(topology);
        var interPodAffinity = new InterPodAffinity(topology);
        return new SchedulerProfile(
                "default-scheduler",
                List.of(
                        new NodeUnschedulable(),
                        new NodeName(),
                        taintToleration,
                        nodeAffinity,
                        new NodePorts(),
                        resourcesFit,
                        topologySpread,
                        interPodAffinity),
                List.of(new DefaultPreemption(seed)),
                List.of(
                        taintToleration,
                        nodeAffinity,
                        resourcesFit,
                        topologySpread,
                        interPodAffinity,
                        new NodeResourcesBalancedAllocation(),
                        new PodSpread()),
                SchedulerPlugins.NONE,
                topology,
                DEFAULT_PERCENTAGE,
                seed);
    }

    /** {@return these rules and then those of the embedding program, whose ways to make room are asked first} */
    public SchedulerProfile with(SchedulerPlugins plugins) {
        var allFilters = new ArrayList<>(filters);
        plugins.filters().forEach(each -> allFilters.add(new CustomFilter(each)));
        var allPostFilters = new ArrayList<PostFilterPlugin>();
        plugins.postFilters().forEach(each -> allPostFilters.add(new CustomPostFilter(each)));
        allPostFilters.addAll(postFilters);
        var allScores = new ArrayList<>(scores);
        plugins.scores().forEach(each -> allScores.add(new CustomScore(each)));
        return new SchedulerProfile(
                schedulerName,
                allFilters,
                allPostFilters,
                allScores,
                plugins,
                topology,
                percentageOfNodesToScore,
                seed);
    }

    int feasibleNodesToFind(int nodes) {
        return Math.min(nodes, Math.max(MIN_FEASIBLE_NODES, nodes * percentageOfNodesToScore / 100));
    }
}
