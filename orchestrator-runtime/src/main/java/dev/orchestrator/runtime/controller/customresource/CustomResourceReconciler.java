package dev.orchestrator.runtime.controller.customresource;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionBuilder;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionStatus;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.custom.CustomTypes;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;

/** Brings one definition to where its kind is served, or gone with all its objects. */
final class CustomResourceReconciler implements Reconciler<ObjectKey> {

    private static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";
    private static final DeleteOptions BACKGROUND =
            DeleteOptionsBuilder.builder().propagationPolicy("Background").build();

    private final ObjectStore store;
    private final TimeSource time;
    // In Kubernetes this is the work of the API server itself.
    private final WriteRequest request = WriteRequest.by("kube-apiserver");

    CustomResourceReconciler(ObjectStore store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        CustomResourceDefinition definition =
                store.find(ResourceTypes.CUSTOM_RESOURCE_DEFINITION, key).orElse(null);
        if (definition == null) {
            return Outcome.done();
        }
        try {
            if (definition.metadata().isTerminating()) {
                return definition.metadata().finalizers().contains(CLEANUP) ? cleanUp(definition) : Outcome.done();
            }
            CustomResourceDefinitionStatus status = DefinitionStatus.of(definition, others(definition), now());
            write(definition, status);
            return Outcome.done();
        } catch (ApiException refused) {
            if (refused.reason() == ApiException.Reason.NOT_FOUND) {
                return Outcome.done();
            }
            throw refused;
        }
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private List<CustomResourceDefinition> others(CustomResourceDefinition definition) {
        return store.list(ResourceTypes.CUSTOM_RESOURCE_DEFINITION).stream()
                .filter(other -> other.spec().group().equals(definition.spec().group())
                        && !other.key().equals(definition.key()))
                .toList();
    }

    private Outcome cleanUp(CustomResourceDefinition definition) {
        if (!definition.is(CustomTypes.ESTABLISHED)) {
            write(
                    definition,
                    DefinitionStatus.terminating(
                            definition, false, "NeverEstablished", "resource was never established", now()));
            return release(definition.key());
        }
        write(
                definition,
                DefinitionStatus.terminating(
                        definition,
                        true,
                        "InstanceDeletionInProgress",
                        "CustomResource deletion is in progress",
                        now()));
        ResourceType<CustomObject> type = definition.typeOf(definition
                .storageVersion()
                .map(CustomResourceDefinitionVersion::name)
                .orElseThrow());
        for (CustomObject object : store.list(type)) {
            delete(type, object);
        }
        if (store.count(type) > 0) {
            // Some have finalizers: the last that goes brings us back here.
            return Outcome.done();
        }
        write(
                definition,
                DefinitionStatus.terminating(
                        definition, false, "InstanceDeletionCompleted", "removed all instances", now()));
        return release(definition.key());
    }

    private void delete(ResourceType<CustomObject> type, CustomObject object) {
        if (object.metadata().isTerminating()) {
            return;
        }
        try {
            store.delete(type, object.key(), BACKGROUND, request);
        } catch (ApiException refused) {
            if (refused.reason() != ApiException.Reason.NOT_FOUND) {
                throw refused;
            }
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private void write(CustomResourceDefinition definition, CustomResourceDefinitionStatus status) {
        store.edit(
                ResourceTypes.CUSTOM_RESOURCE_DEFINITION,
                definition.key(),
                request.on(Subresource.STATUS),
                stored -> stored.status().equals(status)
                        ? stored
                        : CustomResourceDefinitionBuilder.builder(stored)
                                .status(status)
                                .build());
    }

    private Outcome release(ObjectKey key) {
        store.edit(ResourceTypes.CUSTOM_RESOURCE_DEFINITION, key, request, stored -> {
            List<String> finalizers = new ArrayList<>(stored.metadata().finalizers());
            finalizers.remove(CLEANUP);
            return stored.withMetadata(ObjectMetaBuilder.builder(stored.metadata())
                    .finalizers(finalizers)
                    .build());
        });
        return Outcome.done();
    }
}
