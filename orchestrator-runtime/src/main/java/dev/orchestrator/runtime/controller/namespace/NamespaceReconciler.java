package dev.orchestrator.runtime.controller.namespace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.NamespaceBuilder;
import dev.orchestrator.api.model.core.NamespaceSpec;
import dev.orchestrator.api.model.core.NamespaceStatus;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;

/** Deletes what is in a terminating namespace, says what it waits for, and lets it go when nothing is left. */
final class NamespaceReconciler implements Reconciler<ObjectKey> {

    private static final String FINALIZER = "kubernetes";
    private static final DeleteOptions BACKGROUND =
            DeleteOptionsBuilder.builder().propagationPolicy("Background").build();

    private final ObjectStore store;
    private final TimeSource time;
    private final Departures departures;
    private final WriteRequest request = WriteRequest.ofController("namespace-controller");

    NamespaceReconciler(ObjectStore store, TimeSource time, Departures departures) {
        this.store = store;
        this.time = time;
        this.departures = departures;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Namespace namespace = store.find(ResourceTypes.NAMESPACE, key).orElse(null);
        if (namespace == null) {
            departures.forget(key.name());
            return Outcome.done();
        }
        if (!namespace.metadata().isTerminating()
                || !namespace.spec().finalizers().contains(FINALIZER)) {
            return Outcome.done();
        }
        return empty(namespace);
    }

    private Outcome empty(Namespace namespace) {
        String name = namespace.metadata().nameOrEmpty();
        var failures = new TreeMap<String, String>();
        List<Resource> before = List.of();
        List<Resource> left = store.inNamespace(name);
        long begun = departures.begin(name);
        // Pods that go at once make way for the rest in the same pass.
        while (!left.isEmpty() && left.size() != before.size() && failures.isEmpty()) {
            before = left;
            for (Resource object : NamespaceContents.deletable(left)) {
                delete(object, failures);
            }
            begun = departures.begin(name);
            left = store.inNamespace(name);
        }
        report(namespace, NamespaceContents.of(left), List.copyOf(failures.values()));
        if (left.isEmpty()) {
            return finish(namespace);
        }
        boolean allGone = departures.await(name, begun, awaited(left));
        return allGone || !failures.isEmpty() ? Outcome.retry() : Outcome.done();
    }

    /** While there are pods only they are awaited, but every departure counts; so a mixed rest is looked at early. */
    private static int awaited(List<Resource> left) {
        return NamespaceContents.deletable(left).size();
    }

    private void delete(Resource object, Map<String, String> failures) {
        if (object.metadata().isTerminating()) {
            return;
        }
        try {
            store.delete(object.resourceType(), object.key(), BACKGROUND, request);
        } catch (ApiException e) {
            if (e.reason() != ApiException.Reason.NOT_FOUND) {
                failures.putIfAbsent(object.resourceType().qualifiedPlural(), String.valueOf(e.getMessage()));
            }
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private void report(Namespace namespace, NamespaceContents contents, List<String> failures) {
        store.edit(ResourceTypes.NAMESPACE, namespace.key(), request.on(Subresource.STATUS), stored -> {
            NamespaceStatus status = NamespaceConditions.of(stored, contents, failures, time.instant());
            return status == stored.status()
                    ? stored
                    : NamespaceBuilder.builder(stored).status(status).build();
        });
    }

    private Outcome finish(Namespace namespace) {
        store.edit(ResourceTypes.NAMESPACE, namespace.key(), request.on(Subresource.FINALIZE), stored -> {
            var finalizers = new ArrayList<>(stored.spec().finalizers());
            finalizers.remove(FINALIZER);
            return NamespaceBuilder.builder(stored)
                    .spec(new NamespaceSpec(finalizers))
                    .build();
        });
        return Outcome.done();
    }
}
