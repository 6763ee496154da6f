package dev.orchestrator.server.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.access.Action;
import dev.orchestrator.runtime.access.Authorizer;
import dev.orchestrator.runtime.codec.Document;
import dev.orchestrator.runtime.ownership.Applying;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Statuses;

/** Serves requests to apply a configuration: server-side apply. */
final class Applications {

    private final ObjectStore store;
    private final Authorizer authorizer;
    private final Answers answers;
    private final TimeSource time;

    Applications(ObjectStore store, Authorizer authorizer, Answers answers, TimeSource time) {
        this.store = store;
        this.authorizer = authorizer;
        this.answers = answers;
        this.time = time;
    }

    /** Applies to an object, or to a part of it; creates the object when there is none. */
    <R extends Resource> void apply(
            Call call, ResourceType<R> type, ObjectKey key, WriteRequest request, Document config) {
        var applying = new Applying<>(type, tree(config), request, call.isSet("force"));
        Applying.Applied<R> applied = applying.store(store, key, time, object -> {
            R placed = placed(object, key);
            checkMayBeApplied(call, placed);
            return placed;
        });
        CustomWarnings.ofRules(applied.object()).forEach(call::warn);
        answers.object(call, applied.isNew() ? 201 : 200, applied.object());
    }

    private void checkMayBeApplied(Call call, Resource object) {
        ResourceType<?> type = object.resourceType();
        ObjectKey key = object.key();
        Optional<? extends Resource> old = store.find(type, key);
        if (old.isEmpty()) {
            authorizer.check(
                    call.user(), Action.on("create", type.group(), type.plural(), key.namespace(), key.name()));
        }
        authorizer.checkGrant(call.user(), old.orElse(null), object);
    }

    /** Applies a number of replicas to an object. */
    <R extends Resource> void applyScale(
            Call call, ResourceType<R> type, ObjectKey key, WriteRequest request, Document config) {
        Map<String, Object> scale = tree(config);
        // Read as a scale first, so that what does not fit one is refused.
        Resources.checkName(
                new Applying<>(ResourceTypes.SCALE, scale, request.on(Subresource.MAIN), true)
                        .to(null, time.instant())
                        .metadata()
                        .nameOrEmpty(),
                key.name());
        var whole = new LinkedHashMap<String, Object>();
        whole.put("apiVersion", type.apiVersion());
        whole.put("kind", type.kind());
        if (scale.get("spec") instanceof Map<?, ?> spec) {
            whole.putAll(type.isCustom() ? CustomScales.wanted(type, spec) : Map.of("spec", spec));
        }
        var applying = new Applying<>(type, whole, request, call.isSet("force"));
        R stored = applying.store(store, key, time, object -> object).object();
        answers.object(call, 200, Scales.of(stored));
    }

    @SuppressWarnings("unchecked") // withMetadata gives an object of the same record
    private static <R extends Resource> R placed(R object, ObjectKey key) {
        Resources.checkName(object.metadata().nameOrEmpty(), key.name());
        String namespace = object.metadata().namespaceOrEmpty();
        if (namespace.isEmpty() && !key.namespace().isEmpty()) {
            return (R) object.withMetadata(ObjectMetaBuilder.builder(object.metadata())
                    .namespace(key.namespace())
                    .build());
        }
        if (!namespace.equals(key.namespace())) {
            throw Statuses.badRequest("the namespace of the object (" + namespace
                    + ") does not match the namespace on the request (" + key.namespace() + ")");
        }
        return object;
    }

    @SuppressWarnings("unchecked") // what is applied has been read as a map
    private static Map<String, Object> tree(Document config) {
        return (Map<String, Object>) config.root();
    }
}
