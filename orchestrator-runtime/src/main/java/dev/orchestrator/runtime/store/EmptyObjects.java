package dev.orchestrator.runtime.store;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

/** Makes the objects of bookmarks: nothing in them but a resource version. */
final class EmptyObjects {

    private EmptyObjects() {}

    /** {@return an empty object of the first of the types, of a pod when there is none} */
    static Resource at(List<Table> tables, long revision) {
        ResourceType<?> type = tables.isEmpty() ? ResourceTypes.POD : tables.getFirst().type;
        return of(type).withMetadata(ObjectMetaBuilder.builder()
                .resourceVersion(Long.toString(revision))
                .build());
    }

    @SuppressWarnings("unchecked") // a custom type is one of custom objects
    private static Resource of(ResourceType<?> type) {
        if (type.isCustom()) {
            return CustomObject.of((ResourceType<CustomObject>) type, ObjectMeta.EMPTY, Map.of());
        }
        RecordComponent[] components = type.javaType().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(types).map(EmptyObjects::zero).toArray();
        try {
            Constructor<? extends Resource> constructor = type.javaType().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is not a record that can be empty", e);
        }
    }

    private static @org.jspecify.annotations.Nullable Object zero(Class<?> type) {
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        return type == boolean.class ? Boolean.FALSE : null;
    }
}
