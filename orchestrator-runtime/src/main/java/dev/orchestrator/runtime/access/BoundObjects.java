package dev.orchestrator.runtime.access;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.authentication.BoundObjectReference;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.StatusDetailsBuilder;
import dev.orchestrator.runtime.access.AccountTokens.RefusedTokenException;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** The objects whose lives tokens share: pods, secrets and nodes. */
final class BoundObjects {

    private static final List<ResourceType<?>> KINDS =
            List.of(ResourceTypes.POD, ResourceTypes.SECRET, ResourceTypes.NODE);

    private BoundObjects() {}

    /** Writes into the claims of a token what it is bound to, and the node of a pod with it. */
    static void describe(
            ObjectStore store, ObjectKey account, @Nullable BoundObjectReference bound, Map<String, Object> claims) {
        if (bound == null) {
            return;
        }
        String name = requireNonNullElse(bound.name(), "");
        ResourceType<?> type = type(bound);
        Resource object = store.get(type, key(type, account.namespace(), name));
        if (object instanceof Pod pod) {
            describeNode(store, account, pod, claims);
        }
        String uid = object.metadata().uidOrEmpty();
        String asked = requireNonNullElse(bound.uid(), "");
        if (!asked.isEmpty() && !asked.equals(uid)) {
            throw ApiException.of(
                    Reason.CONFLICT,
                    "Operation cannot be fulfilled on " + type.kind() + " \"" + name
                            + "\": the UID in the bound object reference (" + asked
                            + ") does not match the UID in record. The object might have been deleted and then recreated",
                    StatusDetailsBuilder.builder().name(name).kind(type.kind()).build(),
                    null);
        }
        claims.put(claim(type), Map.of("name", name, "uid", uid));
    }

    private static ResourceType<?> type(BoundObjectReference bound) {
        String kind = requireNonNullElse(bound.kind(), "");
        String apiVersion = requireNonNullElse(bound.apiVersion(), "");
        for (ResourceType<?> type : KINDS) {
            if (type.kind().equals(kind) && !apiVersion.contains("/")) {
                return type;
            }
        }
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        throw ApiException.of(
                Reason.BAD_REQUEST,
                "cannot bind token to object of type " + group + "/" + apiVersion.substring(slash + 1) + ", Kind="
                        + kind);
    }

    private static void describeNode(ObjectStore store, ObjectKey account, Pod pod, Map<String, Object> claims) {
        String runsAs = requireNonNullElse(pod.spec().serviceAccountName(), "");
        if (!runsAs.equals(account.name())) {
            throw ApiException.of(
                    Reason.BAD_REQUEST,
                    "cannot bind token for serviceaccount \"" + account.name()
                            + "\" to pod running with different serviceaccount name.");
        }
        String node = requireNonNullElse(pod.spec().nodeName(), "");
        store.find(ResourceTypes.NODE, ObjectKey.cluster(node))
                .ifPresent(found -> claims.put(
                        claim(ResourceTypes.NODE),
                        Map.of("name", node, "uid", found.metadata().uidOrEmpty())));
    }

    private static String claim(ResourceType<?> type) {
        return type.kind().toLowerCase(Locale.ROOT);
    }

    private static ObjectKey key(ResourceType<?> type, String namespace, String name) {
        return type.isNamespaced() ? new ObjectKey(namespace, name) : ObjectKey.cluster(name);
    }

    /** {@return an object that has not been deleted, or not before a moment, if there is one} */
    static Optional<ObjectMeta> alive(ObjectStore store, ResourceType<?> type, ObjectKey key, Instant longAgo) {
        return store.find(type, key).map(Resource::metadata).filter(metadata -> {
            Instant deleted = metadata.deletionTimestamp();
            return deleted == null || !deleted.isBefore(longAgo);
        });
    }

    /**
     * Checks that what the claims of a token bind it to is still there.
     *
     * @param known takes what the claims tell about the bearer
     */
    static void check(
            ObjectStore store, String namespace, Map<?, ?> claims, Instant longAgo, BiConsumer<String, String> known)
            throws RefusedTokenException {
        for (ResourceType<?> type : KINDS) {
            String kind = claim(type);
            if (!(claims.get(kind) instanceof Map<?, ?> reference)) {
                continue;
            }
            String name = String.valueOf(reference.get("name"));
            String claimed = String.valueOf(reference.get("uid"));
            // The node of a pod is told about, but a pod outlives no node for long.
            boolean isBinding = !type.equals(ResourceTypes.NODE) || !claims.containsKey(claim(ResourceTypes.POD));
            if (isBinding) {
                requireAlive(store, type, key(type, namespace, name), claimed, longAgo);
            }
            if (!type.equals(ResourceTypes.SECRET)) {
                known.accept(kind + "-name", name);
                known.accept(kind + "-uid", claimed);
            }
        }
    }

    private static void requireAlive(
            ObjectStore store, ResourceType<?> type, ObjectKey key, String claimed, Instant longAgo)
            throws RefusedTokenException {
        String uid = alive(store, type, key, longAgo)
                .orElseThrow(() -> new RefusedTokenException("service account token has been invalidated"))
                .uidOrEmpty();
        if (!uid.equals(claimed)) {
            throw new RefusedTokenException(type.kind() + " UID (" + uid + ") does not match service account "
                    + claim(type) + " ref claim (" + claimed + ")");
        }
    }
}
