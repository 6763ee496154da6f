package dev.orchestrator.runtime.kubelet;

import java.util.List;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.kubelet.env.PodFacts;
import dev.orchestrator.runtime.kubelet.env.UnresolvedException;
import dev.orchestrator.runtime.kubelet.volume.VolumeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.Objects.requireNonNullElse;

/** Makes the volumes of a pod ready before it starts, and keeps them up to date while it runs. */
final class VolumeSetUp {

    private static final Logger LOG = LoggerFactory.getLogger(VolumeSetUp.class);

    private final PodServices services;

    VolumeSetUp(PodServices services) {
        this.services = services;
    }

    Outcome run(Pod pod) {
        try {
            services.volumes().setUp(pod, facts(pod));
            return new Outcome.Done();
        } catch (VolumeException e) {
            UnresolvedException lacking = e.unresolved();
            Missing missing = lacking == null || lacking.type() == null || lacking.key() == null
                    ? null
                    : new Missing(lacking.type(), lacking.key(), lacking.resourceVersion());
            return new Outcome.NotSetUp(requireNonNullElse(e.getMessage(), "a volume is not ready"), missing);
        }
    }

    /** What a volume shows has changed; a volume that can not be brought up to date keeps what it has. */
    void refresh(PodWorker worker) {
        Pod pod = services.store().find(ResourceTypes.POD, worker.key()).orElse(null);
        if (pod == null
                || worker.isGone()
                || !worker.uid().equals(pod.metadata().uid())) {
            return;
        }
        if (run(pod) instanceof Outcome.NotSetUp failed) {
            LOG.debug("pod {}: {}", worker.key(), failed.message());
            services.warning(pod, "FailedMount", failed.message());
        }
    }

    private PodFacts facts(Pod pod) {
        String node = pod.spec().nodeName();
        return new PodFacts(
                List.of(), services.nodes().hostIp(node), services.nodes().allocatable(node));
    }
}
