package dev.orchestrator.runtime.admission;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.core.NamespaceBuilder;
import dev.orchestrator.api.model.core.ServiceAccountBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.admission.kind.StoredObjects;

/** What admission sees of the store: objects by type and name. */
final class StoredFixture implements StoredObjects {

    private final Map<ResourceType<?>, Map<ObjectKey, Resource>> objects = new ConcurrentHashMap<>();

    /** {@return a store with the namespace {@code default} and its service account} */
    static StoredFixture withDefaultNamespace() {
        return new StoredFixture()
                .with(NamespaceBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder().name("default").build())
                        .build())
                .with(ServiceAccountBuilder.builder()
                        .metadata(ObjectMetaBuilder.builder()
                                .namespace("default")
                                .name("default")
                                .build())
                        .build());
    }

    StoredFixture with(Resource object) {
        objects.computeIfAbsent(object.resourceType(), type -> new ConcurrentHashMap<>())
                .put(object.key(), object);
        return this;
    }

    @Override
    public <R extends Resource> Optional<R> find(ResourceType<R> type, ObjectKey key) {
        return Optional.ofNullable(objects.getOrDefault(type, Map.of()).get(key))
                .map(type::cast);
    }

    @Override
    public <R extends Resource> List<R> list(ResourceType<R> type) {
        return objects.getOrDefault(type, Map.of()).values().stream()
                .map(type::cast)
                .toList();
    }

    @Override
    public <R extends Resource> List<R> list(ResourceType<R> type, String namespace) {
        return list(type).stream()
                .filter(object -> object.key().namespace().equals(namespace))
                .toList();
    }
}
