package dev.orchestrator.runtime.scheduler.custom;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.scheduling.SchedulerPlugins.Named;
import dev.orchestrator.api.scheduling.SchedulingPostFilter;
import dev.orchestrator.api.scheduling.SchedulingPostFilter.Room;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PlacedPod;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.PostFilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.Refusal;
import dev.orchestrator.runtime.scheduler.framework.Trial;

/** A way of the embedding program to make room; when it has none, others are asked. */
public final class CustomPostFilter implements PostFilterPlugin {

    private static final Outcome NO_IDEA = new Outcome.Hopeless("", true);

    private final Named<SchedulingPostFilter> given;

    /** Creates the rule. */
    public CustomPostFilter(Named<SchedulingPostFilter> given) {
        this.given = given;
    }

    @Override
    public String name() {
        return given.name();
    }

    @Override
    public Outcome postFilter(PodInfo pod, List<Refusal> refusals, Trial trial) {
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        refusals.forEach(
                refusal -> reasons.put(refusal.node().name(), refusal.why().reasons()));
        Room room = given.plugin().makeRoom(pod.pod(), reasons).orElse(null);
        NodeInfo node = room == null ? null : trial.find(room.node());
        return room == null || node == null ? NO_IDEA : nominated(node, room);
    }

    private static Outcome nominated(NodeInfo node, Room room) {
        Set<ObjectKey> wanted = new HashSet<>(room.victims());
        var victims = new ArrayList<PlacedPod>();
        for (PlacedPod pod : node.pods()) {
            if (wanted.contains(pod.key())) {
                victims.add(pod);
            }
        }
        return new Outcome.Nominated(node, victims);
    }
}
