package dev.orchestrator.runtime.scheduler.custom;

import dev.orchestrator.api.scheduling.SchedulerPlugins.Named;
import dev.orchestrator.api.scheduling.SchedulingFilter;
import dev.orchestrator.runtime.scheduler.framework.FilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.Rejection;

/** A filter of the embedding program; nobody knows what it looks at, so everything that happens may help. */
public final class CustomFilter implements FilterPlugin {

    private final Named<SchedulingFilter> given;

    /** Creates the rule. */
    public CustomFilter(Named<SchedulingFilter> given) {
        this.given = given;
    }

    @Override
    public String name() {
        return given.name();
    }

    @Override
    public NodeFilter filterFor(PodInfo pod) {
        return node -> given.plugin()
                .refusal(pod.pod(), new SeenNode(node))
                .map(Rejection::resolvable)
                .orElse(null);
    }

    @Override
    public boolean looksAround() {
        return true;
    }
}
