package dev.orchestrator.runtime.controller.job;

import java.util.ArrayList;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** Takes pods over that a job selects and nobody controls, and lets those go that it no longer selects. */
final class JobClaimer {

    private final ObjectStore store;
    private final WriteRequest request;

    JobClaimer(ObjectStore store, WriteRequest request) {
        this.store = store;
        this.request = request;
    }

    void claim(Job job) {
        Selector selector = Selector.of(job.spec().selector());
        if (selector.requirements().isEmpty() || job.metadata().isTerminating()) {
            return;
        }
        for (Pod pod : store.podsControlledBy(job.metadata().uidOrEmpty())) {
            if (!selector.matches(pod.metadata().labels())) {
                edit(pod, metadata -> released(metadata, job.metadata().uidOrEmpty()));
            }
        }
        for (Pod orphan : store.uncontrolled(ResourceTypes.POD, job.metadata().namespaceOrEmpty(), selector)) {
            if (!orphan.metadata().isTerminating()) {
                edit(orphan, metadata -> adopted(metadata, job, selector));
            }
        }
    }

    private static ObjectMeta released(ObjectMeta metadata, String uid) {
        var owners = new ArrayList<>(metadata.ownerReferences());
        if (!owners.removeIf(owner -> owner.uid().equals(uid))) {
            return metadata;
        }
        var finalizers = new ArrayList<>(metadata.finalizers());
        finalizers.remove(Tracking.FINALIZER);
        return ObjectMetaBuilder.builder(metadata)
                .ownerReferences(owners)
                .finalizers(finalizers)
                .build();
    }

    private static ObjectMeta adopted(ObjectMeta metadata, Job job, Selector selector) {
        if (metadata.controller().isPresent() || metadata.isTerminating() || !selector.matches(metadata.labels())) {
            return metadata;
        }
        var owners = new ArrayList<>(metadata.ownerReferences());
        owners.add(JobTemplate.reference(job));
        var finalizers = new ArrayList<>(metadata.finalizers());
        if (!finalizers.contains(Tracking.FINALIZER)) {
            finalizers.add(Tracking.FINALIZER);
        }
        return ObjectMetaBuilder.builder(metadata)
                .ownerReferences(owners)
                .finalizers(finalizers)
                .build();
    }

    private void edit(Pod seen, UnaryOperator<ObjectMeta> change) {
        try {
            store.edit(ResourceTypes.POD, seen.key(), request, pod -> {
                if (!pod.metadata().uidOrEmpty().equals(seen.metadata().uidOrEmpty())) {
                    return pod;
                }
                ObjectMeta metadata = change.apply(pod.metadata());
                return metadata.equals(pod.metadata()) ? pod : pod.withMetadata(metadata);
            });
        } catch (ApiException e) {
            if (!JobPods.isGone(e)) {
                throw e;
            }
        }
    }
}
