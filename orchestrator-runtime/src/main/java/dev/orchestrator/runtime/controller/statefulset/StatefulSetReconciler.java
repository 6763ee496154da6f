package dev.orchestrator.runtime.controller.statefulset;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.ControllerRevision;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.apps.StatefulSetStatus;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.runtime.claim.Claimer;
import dev.orchestrator.runtime.controller.statefulset.StatefulSetState.Version;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.revision.KeptTemplate;
import dev.orchestrator.runtime.revision.Revisions;
import dev.orchestrator.runtime.store.ObjectStore;

import static java.util.Objects.requireNonNullElse;

/** Brings the pods of one stateful set a step closer to what it wants. */
final class StatefulSetReconciler implements Reconciler<ObjectKey> {

    private static final String HASH_LABEL = "controller.kubernetes.io/hash";

    private final ObjectStore store;
    private final InstantSource time;
    private final StatefulSetWriter writer;
    private final Claimer<Pod> claimer;
    private final Revisions revisions;

    StatefulSetReconciler(ObjectStore store, InstantSource time, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.writer = new StatefulSetWriter(store, events);
        this.claimer = new Claimer<>(store, ResourceTypes.POD, writer.request());
        this.revisions = new Revisions(store, writer.request(), HASH_LABEL);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Optional<StatefulSet> found = store.find(ResourceTypes.STATEFUL_SET, key);
        if (found.isEmpty()) {
            // Its pods are the garbage collector's.
            return Outcome.done();
        }
        StatefulSet set = found.get();
        Selector selector = Selector.of(set.spec().selector());
        if (selector.requirements().isEmpty()) {
            // It would take over all pods of its namespace.
            return Outcome.done();
        }
        List<Pod> pods = claimer.claim(
                set, selector, pod -> PodIdentity.ordinal(set, pod).isPresent());
        if (set.metadata().isTerminating()) {
            return observe(set, pods);
        }
        return converge(set, selector, pods);
    }

    /** Says what is left of a set that is being deleted. */
    private Outcome observe(StatefulSet set, List<Pod> pods) {
        var status = set.status();
        PodTemplateSpec template = set.spec().template();
        var current = new Version(requireNonNullElse(status.currentRevision(), ""), template);
        var update = new Version(requireNonNullElse(status.updateRevision(), ""), template);
        var state = new StatefulSetState(set, current, update, pods, Map.of(), time.instant());
        writer.report(
                set,
                Observation.of(state, requireNonNullElse(status.collisionCount(), 0))
                        .status());
        return Outcome.done();
    }

    private Outcome converge(StatefulSet set, Selector selector, List<Pod> pods) {
        List<ControllerRevision> kept = revisions.of(set, selector);
        Revisions.Present present = revisions.present(
                set,
                set.spec().template(),
                kept,
                requireNonNullElse(set.status().collisionCount(), 0));
        var update = new Version(
                present.revision().metadata().nameOrEmpty(), set.spec().template());
        Version current = current(set, kept, update);
        var state = new StatefulSetState(set, current, update, pods, claims(set, pods), time.instant());
        List<Step> steps = StatefulSetPlan.of(state);
        boolean isDone = writer.carryOut(set, steps);
        List<Pod> now = steps.isEmpty() ? pods : owned(set);
        var after = new StatefulSetState(set, current, update, now, Map.of(), time.instant());
        Observation observation = Observation.of(after, present.collisions());
        writer.report(set, observation.status());
        truncate(set, kept, now, observation.status());
        if (!isDone) {
            return Outcome.retry();
        }
        return observation
                .nextAvailable()
                .map(due -> Duration.between(time.instant(), due))
                .map(delay -> Outcome.after(delay.isPositive() ? delay : Duration.ofMillis(1)))
                .orElseGet(Outcome::done);
    }

    private static Version current(StatefulSet set, List<ControllerRevision> kept, Version update) {
        String name = set.status().currentRevision();
        if (name == null || name.equals(update.name())) {
            return update;
        }
        return kept.stream()
                .filter(revision -> revision.metadata().nameOrEmpty().equals(name))
                .findFirst()
                .map(revision -> new Version(name, KeptTemplate.in(revision)))
                .orElse(update);
    }

    private Map<String, PersistentVolumeClaim> claims(StatefulSet set, List<Pod> pods) {
        if (set.spec().volumeClaimTemplates().isEmpty()) {
            return Map.of();
        }
        var ordinals = new HashSet<Integer>();
        for (int i = 0; i < set.desiredReplicas(); i++) {
            ordinals.add(set.firstOrdinal() + i);
        }
        pods.forEach(pod -> PodIdentity.ordinal(set, pod).ifPresent(ordinals::add));
        var claims = new HashMap<String, PersistentVolumeClaim>();
        for (int ordinal : ordinals) {
            for (String name : PodIdentity.claimNames(set, ordinal)) {
                store.find(
                                ResourceTypes.PERSISTENT_VOLUME_CLAIM,
                                new ObjectKey(set.metadata().namespaceOrEmpty(), name))
                        .ifPresent(claim -> claims.put(name, claim));
            }
        }
        return claims;
    }

    private List<Pod> owned(StatefulSet set) {
        return store.podsControlledBy(set.metadata().uidOrEmpty()).stream()
                .filter(pod -> PodIdentity.ordinal(set, pod).isPresent())
                .toList();
    }

    private void truncate(StatefulSet set, List<ControllerRevision> kept, List<Pod> pods, StatefulSetStatus status) {
        Set<String> live = new HashSet<>();
        live.add(requireNonNullElse(status.currentRevision(), ""));
        live.add(requireNonNullElse(status.updateRevision(), ""));
        pods.forEach(pod -> live.add(pod.metadata().labels().getOrDefault(Revisions.POD_LABEL, "")));
        revisions.truncate(kept, live, requireNonNullElse(set.spec().revisionHistoryLimit(), 10));
    }
}
