package dev.orchestrator.runtime.store;

import java.util.List;
import java.util.Objects;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.OwnerReference;

/** The indexes that span types, and pods by node; written with the store's lock held. */
@SuppressWarnings("ReferenceEquality") // Stored objects are shared: the same instance is the same state.
final class Indexes {

    /** Objects of any type by the uid of each of their owners. */
    final Index<String> byOwner = new Index<>();

    /** Pods by the node they are bound to. */
    final Index<String> byNode = new Index<>();

    /** Pods by the uid of the job that controls them, without those that have ended and have been counted. */
    final Index<String> byAwaitingJob = new Index<>();

    /** What only one object may have. */
    final Claims claims = new Claims();

    void add(Entry entry, Resource object) {
        claims.add(entry, object);
        List<OwnerReference> owners = object.metadata().ownerReferences();
        for (int i = 0; i < owners.size(); i++) {
            if (!isRepeated(owners, i)) {
                byOwner.add(owners.get(i).uid(), entry);
            }
        }
        if (object instanceof Pod pod && pod.spec().nodeName() != null) {
            byNode.add(pod.spec().nodeName(), entry);
        }
        String job = Owners.jobAwaiting(object);
        if (job != null) {
            byAwaitingJob.add(job, entry);
        }
    }

    void remove(Entry entry, Resource object) {
        claims.remove(entry, object);
        for (OwnerReference owner : object.metadata().ownerReferences()) {
            byOwner.remove(owner.uid(), entry);
        }
        if (object instanceof Pod pod && pod.spec().nodeName() != null) {
            byNode.remove(pod.spec().nodeName(), entry);
        }
        String job = Owners.jobAwaiting(object);
        if (job != null) {
            byAwaitingJob.remove(job, entry);
        }
    }

    void change(Entry entry, Resource before, Resource after) {
        claims.remove(entry, before);
        claims.add(entry, after);
        List<OwnerReference> old = before.metadata().ownerReferences();
        List<OwnerReference> now = after.metadata().ownerReferences();
        if (old != now && !old.equals(now)) {
            for (OwnerReference owner : old) {
                if (!Owners.isAmong(now, owner.uid())) {
                    byOwner.remove(owner.uid(), entry);
                }
            }
            for (int i = 0; i < now.size(); i++) {
                if (!Owners.isAmong(old, now.get(i).uid()) && !isRepeated(now, i)) {
                    byOwner.add(now.get(i).uid(), entry);
                }
            }
        }
        if (before instanceof Pod podBefore && after instanceof Pod podAfter) {
            changeNode(entry, podBefore, podAfter);
            changeJob(entry, podBefore, podAfter);
        }
    }

    private void changeJob(Entry entry, Pod before, Pod after) {
        String old = Owners.jobAwaiting(before);
        String now = Owners.jobAwaiting(after);
        if (Objects.equals(old, now)) {
            return;
        }
        if (old != null) {
            byAwaitingJob.remove(old, entry);
        }
        if (now != null) {
            byAwaitingJob.add(now, entry);
        }
    }

    private void changeNode(Entry entry, Pod before, Pod after) {
        String old = before.spec().nodeName();
        String now = after.spec().nodeName();
        if (Objects.equals(old, now)) {
            return;
        }
        if (old != null) {
            byNode.remove(old, entry);
        }
        if (now != null) {
            byNode.add(now, entry);
        }
    }

    private static boolean isRepeated(List<OwnerReference> owners, int index) {
        return Owners.isAmong(owners.subList(0, index), owners.get(index).uid());
    }
}
