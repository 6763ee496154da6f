package dev.orchestrator.runtime.controller.autoscaler;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerCondition;
import dev.orchestrator.runtime.controller.autoscaler.AutoscalerPlan.Said;

/** The conditions of an autoscaler as a pass goes on. */
final class Conditions {

    private final List<HorizontalPodAutoscalerCondition> all;
    private final Instant now;

    Conditions(List<HorizontalPodAutoscalerCondition> before, Instant now) {
        this.all = new ArrayList<>(before);
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Sets a condition where it is or at the end; the time of transition stays unless the status changes. */
    void set(Said said) {
        for (int i = 0; i < all.size(); i++) {
            HorizontalPodAutoscalerCondition present = all.get(i);
            if (present.type().equals(said.type())) {
                Instant since = present.status().equals(said.status()) ? present.lastTransitionTime() : now;
                all.set(
                        i,
                        new HorizontalPodAutoscalerCondition(
                                since, said.message(), said.reason(), said.status(), said.type()));
                return;
            }
        }
        all.add(new HorizontalPodAutoscalerCondition(now, said.message(), said.reason(), said.status(), said.type()));
    }

    List<HorizontalPodAutoscalerCondition> all() {
        return List.copyOf(all);
    }
}
