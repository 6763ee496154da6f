package dev.orchestrator.server.resource;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.autoscaling.Scale;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.StatusBuilder;
import dev.orchestrator.api.model.meta.StatusDetailsBuilder;
import dev.orchestrator.runtime.access.Authorizer;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.codec.Document;
import dev.orchestrator.runtime.ownership.ManagedFields;
import dev.orchestrator.runtime.serving.ServedCluster;
import dev.orchestrator.runtime.store.ListQuery;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.Page;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Sockets;
import dev.orchestrator.server.http.Statuses;
import dev.orchestrator.server.http.Target;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Reads and writes objects for clients: every rule about them is the store's and admission's. */
public final class Resources implements AutoCloseable {

    /** Kinds whose deletion answers with the object even when it is gone. */
    private static final Set<ResourceType<?>> ANSWER_DELETED = Set.of(
            ResourceTypes.POD,
            ResourceTypes.SERVICE,
            ResourceTypes.SERVICE_ACCOUNT,
            ResourceTypes.PERSISTENT_VOLUME,
            ResourceTypes.PERSISTENT_VOLUME_CLAIM,
            ResourceTypes.POD_TEMPLATE,
            ResourceTypes.RESOURCE_QUOTA);

    private final ObjectStore store;
    private final Authorizer authorizer;
    private final Answers answers;
    private final Watches watches;
    private final Applications applications;

    /** Serves the objects of a cluster. */
    public Resources(ServedCluster cluster, Authorizer authorizer, Sockets sockets) {
        this.store = cluster.store();
        this.authorizer = authorizer;
        this.answers = new Answers(cluster.time());
        this.watches = new Watches(store, answers, sockets);
        this.applications = new Applications(store, authorizer, answers, cluster.time());
    }

    @Override
    public void close() {
        watches.close();
    }

    /** Serves a request for all objects of a type, or all in a namespace. */
    public <R extends Resource> void collection(Call call, ResourceType<R> type, Target target)
            throws IOException, InterruptedException {
        switch (call.method()) {
            case "GET", "HEAD" -> {
                if (call.isSet("watch")) {
                    watches.serve(call, type, Watches.query(call, type, target.namespace(), null));
                } else {
                    answers.list(call, type, store.list(type, Requests.list(call, target.namespace())));
                }
            }
            case "POST" -> create(call, type, target);
            case "DELETE" -> deleteCollection(call, type, target);
            default -> throw Statuses.methodNotAllowed();
        }
    }

    private <R extends Resource> void create(Call call, ResourceType<R> type, Target target) {
        if (type.isNamespaced() && target.namespace() == null) {
            throw Statuses.methodNotAllowed();
        }
        WriteRequest request = Requests.write(call, "CreateOptions");
        R object = placed(Bodies.object(call, type), target);
        authorizer.checkGrant(call.user(), null, object);
        CustomWarnings.ofRules(object).forEach(call::warn);
        answers.object(call, 201, store.create(object, request));
    }

    /** {@return an object in the namespace of the request} */
    @SuppressWarnings("unchecked") // withMetadata gives an object of the same record
    static <R extends Resource> R placed(R object, Target target) {
        ObjectMeta metadata = object.metadata();
        String asked = requireNonNullElse(target.namespace(), "");
        if (metadata.namespaceOrEmpty().equals(asked)) {
            return object;
        }
        if (!metadata.namespaceOrEmpty().isEmpty() && !asked.isEmpty()) {
            throw Statuses.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        return (R) object.withMetadata(ObjectMetaBuilder.builder(metadata)
                .namespace(asked.isEmpty() ? null : asked)
                .build());
    }

    private <R extends Resource> void deleteCollection(Call call, ResourceType<R> type, Target target) {
        if ((type.isNamespaced() && target.namespace() == null) || type.equals(ResourceTypes.NAMESPACE)) {
            throw Statuses.methodNotAllowed();
        }
        WriteRequest request = Requests.write(call, "DeleteOptions");
        DeleteOptions options = Bodies.deleteOptions(call);
        ListQuery query = Requests.list(call, target.namespace());
        List<R> deleted = store.deleteCollection(type, query, options, request);
        answers.list(call, type, new Page<>(deleted, store.revision(), null, null));
    }

    /** Serves a request for one object. */
    public <R extends Resource> void object(Call call, ResourceType<R> type, Target target)
            throws IOException, InterruptedException {
        ObjectKey key = key(target);
        switch (call.method()) {
            case "GET", "HEAD" -> {
                if (call.isSet("watch")) {
                    watches.serve(call, type, Watches.query(call, type, target.namespace(), key.name()));
                } else {
                    answers.object(call, 200, store.get(type, key));
                }
            }
            case "PUT" -> update(call, type, target, Subresource.MAIN);
            case "PATCH" -> patch(call, type, key, Subresource.MAIN);
            case "DELETE" -> delete(call, type, key);
            default -> throw Statuses.methodNotAllowed();
        }
    }

    /** {@return the object that a path is about} */
    public static ObjectKey key(Target target) {
        return new ObjectKey(requireNonNullElse(target.namespace(), ""), requireNonNullElse(target.name(), ""));
    }

    /** Serves a request for a part of an object that has the shape of the whole. */
    public <R extends Resource> void part(Call call, ResourceType<R> type, Target target, Subresource part) {
        switch (call.method()) {
            case "GET", "HEAD" -> answers.object(call, 200, store.get(type, key(target)));
            case "PUT" -> update(call, type, target, part);
            case "PATCH" -> patch(call, type, key(target), part);
            default -> throw Statuses.methodNotAllowed();
        }
    }

    private <R extends Resource> void update(Call call, ResourceType<R> type, Target target, Subresource part) {
        WriteRequest request = Requests.write(call, "UpdateOptions").on(part);
        R object = placed(Bodies.object(call, type), target);
        checkName(object.metadata().nameOrEmpty(), key(target).name());
        CustomWarnings.ofRules(object).forEach(call::warn);
        store.find(type, key(target)).ifPresent(old -> authorizer.checkGrant(call.user(), old, object));
        answers.object(call, 200, store.update(object, request));
    }

    static void checkName(String given, String asked) {
        if (given.isEmpty()) {
            throw Statuses.badRequest(
                    "the name of the object (" + asked + " based on URL) was undeterminable: name must be provided");
        }
        if (!given.equals(asked)) {
            throw Statuses.badRequest(
                    "the name of the object (" + given + ") does not match the name on the URL (" + asked + ")");
        }
    }

    private <R extends Resource> void patch(Call call, ResourceType<R> type, ObjectKey key, Subresource part) {
        PatchKind kind = PatchKind.of(call, type);
        WriteRequest request = Requests.patch(call, kind).on(part);
        Document patch = kind.read(call);
        if (kind == PatchKind.APPLY) {
            applications.apply(call, type, key, request, patch);
            return;
        }
        R stored = store.edit(type, key, request, current -> {
            R next = patched(call, type, kind, patch, current);
            authorizer.checkGrant(call.user(), current, next);
            return next;
        });
        CustomWarnings.ofRules(stored).forEach(call::warn);
        answers.object(call, 200, stored);
    }

    private static <R extends Resource> R patched(
            Call call, ResourceType<R> type, PatchKind kind, Document patch, R current) {
        R shown = ManagedFields.shown(current);
        Map<String, Object> tree = kind.apply(type.javaType(), Codec.toTree(shown), patch);
        R next = Bodies.checked(call, validation -> Bodies.decode(type, Document.of(tree), validation));
        checkPlace(next.metadata(), current.metadata());
        return next.equals(shown) ? current : next;
    }

    private static void checkPlace(ObjectMeta given, ObjectMeta asked) {
        checkName(given.nameOrEmpty(), asked.nameOrEmpty());
        if (!given.namespaceOrEmpty().equals(asked.namespaceOrEmpty())) {
            throw Statuses.badRequest("the namespace of the object (" + given.namespaceOrEmpty()
                    + ") does not match the namespace on the request (" + asked.namespaceOrEmpty() + ")");
        }
    }

    private <R extends Resource> void delete(Call call, ResourceType<R> type, ObjectKey key) {
        WriteRequest request = Requests.write(call, "DeleteOptions");
        DeleteOptions options = Bodies.deleteOptions(call);
        R last = store.get(type, key);
        Optional<R> left = store.delete(type, key, options, request);
        if (left.isPresent()) {
            answers.object(call, 200, left.get());
        } else if (ANSWER_DELETED.contains(type)) {
            answers.object(call, 200, last);
        } else {
            call.json(200, Statuses.tree(deleted(type, last)));
        }
    }

    private static dev.orchestrator.api.model.meta.Status deleted(ResourceType<?> type, Resource last) {
        return StatusBuilder.builder()
                .status("Success")
                .details(StatusDetailsBuilder.builder()
                        .name(last.metadata().name())
                        .group(type.group().isEmpty() ? null : type.group())
                        .kind(type.plural())
                        .uid(last.metadata().uid())
                        .build())
                .build();
    }

    /** Serves a request for the number of replicas of an object. */
    public <R extends Resource> void scale(Call call, ResourceType<R> type, Target target) {
        ObjectKey key = key(target);
        switch (call.method()) {
            case "GET", "HEAD" -> answers.object(call, 200, Scales.of(store.get(type, key)));
            case "PUT" -> {
                WriteRequest request = Requests.write(call, "UpdateOptions");
                Scale scale = Bodies.object(call, ResourceTypes.SCALE);
                checkName(scale.metadata().nameOrEmpty(), key.name());
                scaled(call, type, key, request, current -> scale);
            }
            case "PATCH" -> {
                PatchKind kind = PatchKind.of(call, type);
                WriteRequest request = Requests.patch(call, kind);
                Document patch = kind.read(call);
                if (kind == PatchKind.APPLY) {
                    applications.applyScale(call, type, key, request.on(Subresource.SCALE), patch);
                } else {
                    scaled(
                            call,
                            type,
                            key,
                            request,
                            current -> patched(call, ResourceTypes.SCALE, kind, patch, current));
                }
            }
            default -> throw Statuses.methodNotAllowed();
        }
    }

    private <R extends Resource> void scaled(
            Call call,
            ResourceType<R> type,
            ObjectKey key,
            WriteRequest request,
            java.util.function.UnaryOperator<Scale> change) {
        R stored = store.edit(
                type,
                key,
                request.on(Subresource.SCALE),
                current -> Scales.applied(current, change.apply(Scales.of(current))));
        answers.object(call, 200, Scales.of(stored));
    }

    /**
     * {@return the part of an object that a subresource writes; null when it is not one with the shape of the whole}
     */
    public static @Nullable Subresource part(@Nullable String subresource) {
        return switch (requireNonNullElse(subresource, "")) {
            case "status" -> Subresource.STATUS;
            case "ephemeralcontainers" -> Subresource.EPHEMERAL_CONTAINERS;
            case "resize" -> Subresource.RESIZE;
            case "finalize" -> Subresource.FINALIZE;
            default -> null;
        };
    }
}
