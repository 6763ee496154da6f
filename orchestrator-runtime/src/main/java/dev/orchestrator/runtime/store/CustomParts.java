package dev.orchestrator.runtime.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import dev.orchestrator.api.model.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;

/** The parts of custom objects: a status is apart only when their definition says so. */
@SuppressWarnings("ReferenceEquality") // Stored objects are shared: the same instance is the same state.
final class CustomParts {

    private static final String STATUS = "status";

    private CustomParts() {}

    /** {@return an object with everything but status of one object and the status of another, or none} */
    static CustomObject join(ObjectMeta metadata, CustomObject main, @Nullable CustomObject status) {
        boolean isApart = main.resourceType().hasStatus()
                || (status != null && status.resourceType().hasStatus());
        if (main == status || !isApart) {
            return main.withMetadata(metadata);
        }
        Optional<Object> part = status == null ? Optional.empty() : status.status();
        if (part.equals(main.status())) {
            return main.withMetadata(metadata);
        }
        var content = new HashMap<String, Object>(main.content());
        content.remove(STATUS);
        part.ifPresent(value -> content.put(STATUS, value));
        return main.withContent(content).withMetadata(metadata);
    }

    /** {@return all of an object that its author decides} */
    static Map<String, Object> intent(CustomObject object) {
        if (!object.resourceType().hasStatus() || object.status().isEmpty()) {
            return object.content();
        }
        var intent = new HashMap<String, Object>(object.content());
        intent.remove(STATUS);
        return intent;
    }

    /** {@return an object in the version that objects of its kind are kept in} */
    static Resource kept(Resource object) {
        if (!(object instanceof CustomObject custom)) {
            return object;
        }
        CustomResourceDefinition definition = custom.resourceType().definition();
        return definition == null
                ? object
                : definition
                        .storageVersion()
                        .map(CustomResourceDefinitionVersion::name)
                        .filter(name -> !name.equals(custom.resourceType().version()))
                        .map(name -> custom.as(definition.typeOf(name)))
                        .orElse(custom);
    }
}
