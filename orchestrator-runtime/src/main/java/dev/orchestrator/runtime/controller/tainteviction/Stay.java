package dev.orchestrator.runtime.controller.tainteviction;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.api.model.core.Toleration;
import dev.orchestrator.runtime.placement.NodeTaints;

/** How long a pod may stay on a node by the taints of that node. */
sealed interface Stay {

    /** As long as the taints are as they are. */
    record Forever() implements Stay {}

    /**
     * For some time.
     *
     * @param time how long; zero for not at all
     */
    record For(Duration time) implements Stay {}

    /**
     * {@return how long a pod with these tolerations may stay}
     *
     * <p>Of several tolerations of a taint the first counts; of several taints the one that is tolerated shortest.
     *
     * @param taints those with the effect {@code NoExecute}, of which there is one
     */
    static Stay of(List<Taint> taints, List<Toleration> tolerations) {
        Stay stay = new Forever();
        for (Taint taint : taints) {
            Stay here = of(taint, tolerations);
            if (here instanceof For(Duration time)
                    && !(stay instanceof For(Duration least) && least.compareTo(time) < 0)) {
                stay = here;
            }
        }
        return stay;
    }

    private static Stay of(Taint taint, List<Toleration> tolerations) {
        for (Toleration toleration : tolerations) {
            if (NodeTaints.tolerates(toleration, taint)) {
                Long seconds = toleration.tolerationSeconds();
                return seconds == null ? new Forever() : new For(Duration.ofSeconds(Math.max(0, seconds)));
            }
        }
        return new For(Duration.ZERO);
    }
}
