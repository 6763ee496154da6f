package dev.orchestrator.api.model.meta;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What every object has: names, labels, owners, versions and times. */
@Model
public record ObjectMeta(
        Map<String, String> annotations,
        @Nullable Instant creationTimestamp,
        @Nullable Long deletionGracePeriodSeconds,
        @Nullable Instant deletionTimestamp,
        List<String> finalizers,
        @Nullable String generateName,
        long generation,
        Map<String, String> labels,
        List<ManagedFieldsEntry> managedFields,
        @Nullable String name,
        @Nullable String namespace,
        List<OwnerReference> ownerReferences,
        @Nullable String resourceVersion,
        @Nullable String selfLink,
        @Nullable String uid) {

    /** With nothing set. */
    public static final ObjectMeta EMPTY = ObjectMetaBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ObjectMeta {
        annotations = Immutables.map(annotations);
        finalizers = Immutables.list(finalizers);
        labels = Immutables.map(labels);
        managedFields = Immutables.list(managedFields);
        ownerReferences = Immutables.list(ownerReferences);
    }

    /** {@return the name; empty when it is not set} */
    public String nameOrEmpty() {
        return Immutables.text(name);
    }

    /** {@return the namespace; empty for a cluster-scoped object} */
    public String namespaceOrEmpty() {
        return Immutables.text(namespace);
    }

    /** {@return the uid; empty when it is not set} */
    public String uidOrEmpty() {
        return Immutables.text(uid);
    }

    /** {@return whether deletion has been asked for and waits for finalizers or a grace period} */
    public boolean isTerminating() {
        return deletionTimestamp != null;
    }

    /** {@return the owner that controls this object, if there is one} */
    public Optional<OwnerReference> controller() {
        for (OwnerReference owner : ownerReferences) {
            if (Boolean.TRUE.equals(owner.controller())) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }
}
