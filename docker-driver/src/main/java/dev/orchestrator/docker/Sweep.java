package dev.orchestrator.docker;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import dev.orchestrator.spi.DriverException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what drivers of dead processes left on an engine; what belongs to a process that may live is left alone. */
final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final Engine engine;
    private final Removal removal;
    private final Map<String, Boolean> dead = new HashMap<>();

    Sweep(Engine engine, Removal removal) {
        this.engine = engine;
        this.removal = removal;
    }

    /** Removes all that can be removed; a failure leaves the rest to the next start. */
    void run() throws InterruptedException {
        try {
            sweepContainers();
            sweepNetworks();
            TerminationMessages.sweep();
        } catch (DriverException e) {
            LOG.warn(
                    "what dead processes left on the engine could not be removed, is tried again at the next start", e);
        }
    }

    private void sweepContainers() throws InterruptedException {
        List<Container> all = engine.call(
                "listing containers",
                docker -> docker.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(List.of(Labels.OWNER))
                        .exec());
        Set<String> left = new LinkedHashSet<>();
        for (Container container : all) {
            if (isDead(container.getLabels().getOrDefault(Labels.OWNER, ""))) {
                left.add(container.getId());
            }
        }
        if (!left.isEmpty()) {
            LOG.info("removing {} containers of processes that have ended", left.size());
            removal.remove(left);
        }
    }

    private void sweepNetworks() throws InterruptedException {
        List<Network> all = engine.call(
                "listing networks",
                docker -> docker.listNetworksCmd()
                        .withFilter("label", List.of(Labels.OWNER))
                        .exec());
        for (Network network : all) {
            Map<String, String> labels = network.getLabels();
            if (labels != null && isDead(labels.getOrDefault(Labels.OWNER, ""))) {
                engine.call("removing network " + network.getName(), docker -> remove(docker, network.getId()));
            }
        }
    }

    private boolean isDead(String owner) {
        return dead.computeIfAbsent(
                owner,
                text -> Owner.of(text)
                        .filter(known -> known.life() == Owner.Life.DEAD)
                        .isPresent());
    }

    /** Removes a network; one that is gone is none of its business, one that is in use stays. */
    static boolean remove(DockerClient docker, String id) {
        try {
            docker.removeNetworkCmd(id).exec();
            return true;
        } catch (NotFoundException e) {
            // Gone.
            return true;
        } catch (DockerException e) {
            LOG.debug("network {} is not removed", id, e);
            return false;
        }
    }
}
