package dev.orchestrator.runtime.kubelet;

import java.time.Duration;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Volume;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a pod is evicted whose emptyDir has outgrown its size limit. It looks as often as the kubelet's
 * eviction manager does, but at pods with such a limit only.
 */
final class EmptyDirLimits {

    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final PodServices services;

    EmptyDirLimits(PodServices services) {
        this.services = services;
    }

    /** Looks after a pod whose volumes are there, for as long as it lives. */
    void watch(PodWorker worker, Pod pod) {
        if (pod.spec().volumes().stream().anyMatch(volume -> limit(volume) != null)) {
            lookLater(worker);
        }
    }

    private static @Nullable Quantity limit(Volume volume) {
        Quantity limit = volume.emptyDir() == null ? null : volume.emptyDir().sizeLimit();
        return limit == null || limit.signum() <= 0 ? null : limit;
    }

    private void lookLater(PodWorker worker) {
        services.time().schedule(PERIOD, () -> services.runners().start("volumes/" + worker.key(), () -> look(worker)));
    }

    private void look(PodWorker worker) {
        Pod pod = services.store().find(ResourceTypes.POD, worker.key()).orElse(null);
        if (pod == null
                || worker.isGone()
                || !worker.uid().equals(pod.metadata().uid())
                || pod.metadata().isTerminating()
                || pod.isFinished()) {
            return;
        }
        String excess = excess(pod);
        if (excess == null) {
            lookLater(worker);
        } else {
            worker.post(new Message.Evicted(excess));
        }
    }

    private @Nullable String excess(Pod pod) {
        for (Volume volume : pod.spec().volumes()) {
            Quantity limit = limit(volume);
            if (limit != null
                    && Quantity.ofBytes(services.volumes().size(pod.metadata().uidOrEmpty(), volume.name()))
                                    .compareTo(limit)
                            > 0) {
                return "Usage of EmptyDir volume " + GoText.quote(volume.name()) + " exceeds the limit "
                        + GoText.quote(limit.toString()) + ". ";
            }
        }
        return null;
    }
}
