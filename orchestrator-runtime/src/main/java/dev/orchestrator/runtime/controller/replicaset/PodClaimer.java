package dev.orchestrator.runtime.controller.replicaset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** Takes pods over and lets them go by writing their owner references. */
final class PodClaimer {

    private final ObjectStore store;
    private final WriteRequest request;

    PodClaimer(ObjectStore store, WriteRequest request) {
        this.store = store;
        this.request = request;
    }

    /** {@return the pods that the replica set has after taking over orphans and letting go of strangers} */
    List<Pod> claim(ReplicaSet set, OwnerReference reference, Selector selector) {
        String uid = set.metadata().uidOrEmpty();
        PodClaims claims = PodClaims.of(
                set,
                selector,
                store.podsControlledBy(uid),
                set.metadata().isTerminating()
                        ? List.of()
                        : store.uncontrolled(ResourceTypes.POD, set.metadata().namespaceOrEmpty(), selector));
        claims.release().forEach(pod -> release(pod, uid));
        if (claims.adopt().isEmpty()) {
            return claims.keep();
        }
        var pods = new ArrayList<>(claims.keep());
        claims.adopt().forEach(pod -> adopt(pod, reference, selector).ifPresent(pods::add));
        return pods;
    }

    private Optional<Pod> adopt(Pod orphan, OwnerReference reference, Selector selector) {
        return edit(orphan, pod -> {
                    ObjectMeta metadata = pod.metadata();
                    if (metadata.controller().isPresent()
                            || metadata.isTerminating()
                            || !selector.matches(metadata.labels())) {
                        return metadata;
                    }
                    var owners = new ArrayList<>(metadata.ownerReferences());
                    owners.add(reference);
                    return ObjectMetaBuilder.builder(metadata)
                            .ownerReferences(owners)
                            .build();
                })
                .filter(pod -> pod.metadata().ownerReferences().contains(reference));
    }

    private void release(Pod stranger, String uid) {
        edit(stranger, pod -> {
            var owners = new ArrayList<>(pod.metadata().ownerReferences());
            return owners.removeIf(owner -> owner.uid().equals(uid))
                    ? ObjectMetaBuilder.builder(pod.metadata())
                            .ownerReferences(owners)
                            .build()
                    : pod.metadata();
        });
    }

    private interface MetadataChange {
        ObjectMeta of(Pod pod);
    }

    /** Empty when the pod is gone or another one has its name now. */
    private Optional<Pod> edit(Pod seen, MetadataChange change) {
        try {
            Pod edited = store.edit(ResourceTypes.POD, seen.key(), request, pod -> {
                if (!pod.metadata().uidOrEmpty().equals(seen.metadata().uidOrEmpty())) {
                    return pod;
                }
                ObjectMeta metadata = change.of(pod);
                return metadata.equals(pod.metadata()) ? pod : pod.withMetadata(metadata);
            });
            return Optional.of(edited);
        } catch (ApiException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
