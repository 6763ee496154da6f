package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.runtime.custom.CustomTypes;
import dev.orchestrator.runtime.custom.Pruning;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WatchCursor;
import dev.orchestrator.runtime.store.WatchQuery;

/** Finds the definitions of custom kinds that are known by their names only. */
final class CustomKinds {

    /** Names are accepted within milliseconds, unless they never are. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HandleContext context;

    CustomKinds(HandleContext context) {
        this.context = context;
    }

    /**
     * {@return a kind as it is defined now; one whose definition has only just been made is waited for}
     *
     * @throws ApiException with reason {@code NOT_FOUND} if it is a custom one that nothing defines
     */
    <R extends Resource> ResourceType<R> known(ResourceType<R> type) {
        if (type.isCustom() && isBeingEstablished(type)) {
            await(type);
        }
        return CustomTypes.known(context.store(), type);
    }

    private boolean isBeingEstablished(ResourceType<?> type) {
        return definition(type)
                .filter(found -> !found.is(CustomTypes.ESTABLISHED)
                        && !found.metadata().isTerminating()
                        && found.status().conditions().isEmpty())
                .isPresent();
    }

    private Optional<CustomResourceDefinition> definition(ResourceType<?> type) {
        return context.store().list(ResourceTypes.CUSTOM_RESOURCE_DEFINITION).stream()
                .filter(each -> each.spec().group().equals(type.group())
                        && each.spec().names().kind().equals(type.kind()))
                .findFirst();
    }

    private void await(ResourceType<?> type) {
        WatchCursor cursor = context.watch(WatchQuery.of(ResourceTypes.CUSTOM_RESOURCE_DEFINITION));
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (isBeingEstablished(type)) {
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (left.isNegative() || cursor.next(left) == null) {
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            context.life().release(cursor);
        }
    }

    /**
     * {@return an object as one of its kind, if that is a built-in or a known one}
     *
     * @throws ApiException with reason {@code BAD_REQUEST} if it has fields that its kind does not know
     */
    Resource known(Resource object) {
        return object instanceof CustomObject custom ? typed(custom, known(custom.resourceType())) : object;
    }

    /** {@return as {@link #known(Resource)}; empty when the kind is not known, or not yet} */
    Optional<Resource> ifKnown(Resource object) {
        if (!(object instanceof CustomObject custom)) {
            return Optional.of(object);
        }
        ResourceType<CustomObject> type = custom.resourceType();
        ObjectStore store = context.store();
        return CustomTypes.find(store, type.apiVersion(), type.kind()).map(known -> typed(custom, known));
    }

    private static CustomObject typed(CustomObject object, ResourceType<CustomObject> type) {
        CustomObject typed = object.as(type);
        List<String> unknown = Pruning.of(typed).unknown();
        if (!unknown.isEmpty()) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    type.kind() + " in version \"" + type.version() + "\" cannot be handled as a " + type.kind()
                            + ": strict decoding error: "
                            + String.join(
                                    ", ",
                                    unknown.stream()
                                            .map(path -> "unknown field \"" + path + "\"")
                                            .toList()));
        }
        return typed;
    }
}
