package dev.orchestrator.runtime.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/**
 * Takes objects over for their owners and lets them go, by writing their owner references.
 *
 * @param <R> what is owned
 */
public final class Claimer<R extends Resource> {

    private final ObjectStore store;
    private final ResourceType<R> type;
    private final WriteRequest request;

    /** Makes a claimer that writes with a request. */
    public Claimer(ObjectStore store, ResourceType<R> type, WriteRequest request) {
        this.store = store;
        this.type = type;
        this.request = request;
    }

    /** {@return the reference by which an owner controls an object} */
    public static OwnerReference reference(Resource owner) {
        return new OwnerReference(
                owner.resourceType().apiVersion(),
                true,
                true,
                owner.resourceType().kind(),
                owner.metadata().nameOrEmpty(),
                owner.metadata().uidOrEmpty());
    }

    /** {@return what the owner has after taking over orphans and letting go of strangers} */
    public List<R> claim(Resource owner, Selector selector) {
        return claim(owner, selector, object -> true);
    }

    /**
     * {@return what the owner has after taking over orphans and letting go of strangers}
     *
     * @param mayOwn what must hold besides the labels, whoever controls the object
     */
    public List<R> claim(Resource owner, Selector selector, Predicate<? super R> mayOwn) {
        ObjectMeta metadata = owner.metadata();
        String uid = metadata.uidOrEmpty();
        Claims<R> claims = Claims.of(
                metadata.isTerminating(),
                object -> selector.matches(object.metadata().labels()) && mayOwn.test(object),
                store.controlledBy(type, uid),
                metadata.isTerminating() ? List.of() : store.uncontrolled(type, metadata.namespaceOrEmpty(), selector));
        claims.release().forEach(object -> release(object, uid));
        if (claims.adopt().isEmpty()) {
            return claims.keep();
        }
        var objects = new ArrayList<>(claims.keep());
        OwnerReference reference = reference(owner);
        claims.adopt().forEach(object -> adopt(object, reference, selector).ifPresent(objects::add));
        return objects;
    }

    private Optional<R> adopt(R orphan, OwnerReference reference, Selector selector) {
        return edit(orphan, metadata -> {
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
                .filter(object -> object.metadata().ownerReferences().contains(reference));
    }

    private void release(R stranger, String uid) {
        edit(stranger, metadata -> {
            var owners = new ArrayList<>(metadata.ownerReferences());
            return owners.removeIf(owner -> owner.uid().equals(uid))
                    ? ObjectMetaBuilder.builder(metadata)
                            .ownerReferences(owners)
                            .build()
                    : metadata;
        });
    }

    /** Empty when the object is gone or another one has its name now. */
    private Optional<R> edit(R seen, UnaryOperator<ObjectMeta> change) {
        try {
            R edited = store.edit(type, seen.key(), request, object -> {
                if (!object.metadata().uidOrEmpty().equals(seen.metadata().uidOrEmpty())) {
                    return object;
                }
                ObjectMeta metadata = change.apply(object.metadata());
                return metadata.equals(object.metadata()) ? object : type.cast(object.withMetadata(metadata));
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
