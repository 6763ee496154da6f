package dev.orchestrator.docker;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orchestrator.spi.DriverException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what drivers of dead processes left on an engine; what belongs to a process that may live is left alone, and
 * what is kept for a state, too.
 */
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
        Set<String> left = new LinkedHashSet<>();
        for (JsonNode container : engine.containers(true, List.of(Labels.OWNER))) {
            if (isLeft(container.path("Labels"))) {
                left.add(container.path("Id").asText());
            }
        }
        if (!left.isEmpty()) {
            LOG.info("removing {} containers of processes that have ended", left.size());
            removal.remove(left);
        }
    }

    private void sweepNetworks() throws InterruptedException {
        String filters = Json.text(Map.of("label", List.of(Labels.OWNER)));
        for (JsonNode network : engine.get("listing networks", "/networks?filters=" + Engine.encoded(filters))) {
            if (isLeft(network.path("Labels"))) {
                removal.removeNetwork(network.path("Id").asText());
            }
        }
    }

    private boolean isLeft(JsonNode labels) {
        return isDead(labels.path(Labels.OWNER).asText())
                && !Keep.holds(
                        labels.path(Labels.KEEP).asText(),
                        labels.path(Labels.INSTANCE).asText());
    }

    private boolean isDead(String owner) {
        return dead.computeIfAbsent(
                owner,
                text -> Owner.of(text)
                        .filter(known -> known.life() == Owner.Life.DEAD)
                        .isPresent());
    }
}
