package dev.orchestrator.api.model.apiextensions;

import java.util.Optional;

import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** A kind of an embedding program's own: what its objects are called, where they live and what they look like. */
@Model
public record CustomResourceDefinition(
        ObjectMeta metadata, @Required CustomResourceDefinitionSpec spec, CustomResourceDefinitionStatus status)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CustomResourceDefinition {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, CustomResourceDefinitionSpec.EMPTY);
        status = requireNonNullElse(status, CustomResourceDefinitionStatus.EMPTY);
    }

    @Override
    public ResourceType<CustomResourceDefinition> resourceType() {
        return ResourceTypes.CUSTOM_RESOURCE_DEFINITION;
    }

    @Override
    public CustomResourceDefinition withMetadata(ObjectMeta metadata) {
        return CustomResourceDefinitionBuilder.builder(this).metadata(metadata).build();
    }

    /** {@return whether a condition is {@code True}, such as {@code Established}} */
    public boolean is(String condition) {
        return status.conditions().stream()
                .anyMatch(each -> each.type().equals(condition) && each.status().equals("True"));
    }

    /** {@return the version of that name, served or not, if there is one} */
    public Optional<CustomResourceDefinitionVersion> version(@Nullable String name) {
        return spec.versions().stream()
                .filter(version -> version.name().equals(name))
                .findFirst();
    }

    /** {@return the version that objects are kept in} */
    public Optional<CustomResourceDefinitionVersion> storageVersion() {
        return spec.versions().stream()
                .filter(CustomResourceDefinitionVersion::storage)
                .findFirst();
    }

    /**
     * {@return the type of the objects of a version}
     *
     * @throws IllegalArgumentException if there is no version of that name
     */
    public ResourceType<CustomObject> typeOf(String versionName) {
        CustomResourceDefinitionVersion version = version(versionName)
                .orElseThrow(
                        () -> new IllegalArgumentException(metadata.nameOrEmpty() + " has no version " + versionName));
        CustomResourceDefinitionNames names = spec.names();
        return new ResourceType<>(
                spec.group(),
                version.name(),
                names.kind(),
                names.plural(),
                names.shortNames(),
                names.categories(),
                spec.scope().equals("Cluster") ? ResourceType.Scope.CLUSTER : ResourceType.Scope.NAMESPACED,
                version.subresources() != null && version.subresources().status() != null,
                CustomObject.class,
                this);
    }
}
