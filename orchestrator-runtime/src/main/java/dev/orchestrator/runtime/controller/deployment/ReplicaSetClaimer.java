package dev.orchestrator.runtime.controller.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** Takes replica sets over and lets them go by writing their owner references. */
final class ReplicaSetClaimer {

    private final ObjectStore store;
    private final WriteRequest request;

    ReplicaSetClaimer(ObjectStore store, WriteRequest request) {
        this.store = store;
        this.request = request;
    }

    /** {@return the replica sets that the deployment has after taking over orphans and letting go of strangers} */
    List<ReplicaSet> claim(Deployment deployment, Selector selector) {
        String uid = deployment.metadata().uidOrEmpty();
        boolean terminating = deployment.metadata().isTerminating();
        var sets = new ArrayList<ReplicaSet>();
        for (ReplicaSet owned : store.controlledBy(ResourceTypes.REPLICA_SET, uid)) {
            if (selector.matches(owned.metadata().labels())) {
                sets.add(owned);
            } else if (!terminating) {
                edit(owned, metadata -> without(metadata, uid));
            }
        }
        if (terminating) {
            return sets;
        }
        OwnerReference reference = NewReplicaSet.owner(deployment);
        for (ReplicaSet orphan : store.uncontrolled(
                ResourceTypes.REPLICA_SET, deployment.metadata().namespaceOrEmpty(), selector)) {
            if (!orphan.metadata().isTerminating()) {
                edit(orphan, metadata -> with(metadata, reference, selector))
                        .filter(set -> set.metadata().ownerReferences().contains(reference))
                        .ifPresent(sets::add);
            }
        }
        return sets;
    }

    private static ObjectMeta with(ObjectMeta metadata, OwnerReference reference, Selector selector) {
        if (metadata.controller().isPresent() || metadata.isTerminating() || !selector.matches(metadata.labels())) {
            return metadata;
        }
        var owners = new ArrayList<>(metadata.ownerReferences());
        owners.add(reference);
        return ObjectMetaBuilder.builder(metadata).ownerReferences(owners).build();
    }

    private static ObjectMeta without(ObjectMeta metadata, String uid) {
        var owners = new ArrayList<>(metadata.ownerReferences());
        return owners.removeIf(owner -> owner.uid().equals(uid))
                ? ObjectMetaBuilder.builder(metadata).ownerReferences(owners).build()
                : metadata;
    }

    /** Empty when the replica set is gone. */
    private Optional<ReplicaSet> edit(ReplicaSet seen, UnaryOperator<ObjectMeta> change) {
        try {
            return Optional.of(store.edit(ResourceTypes.REPLICA_SET, seen.key(), request, set -> {
                if (!set.metadata().uidOrEmpty().equals(seen.metadata().uidOrEmpty())) {
                    return set;
                }
                ObjectMeta metadata = change.apply(set.metadata());
                return metadata.equals(set.metadata()) ? set : set.withMetadata(metadata);
            }));
        } catch (ApiException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
