package dev.orchestrator.api.model;

import java.util.List;

import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * A kind of object as the API knows it.
 *
 * @param <R> the record that holds such an object
 * @param group the API group; empty for the core group
 * @param version the version of the group
 * @param kind the name in manifests, such as {@code Deployment}
 * @param plural the name in URLs and error messages, such as {@code deployments}
 * @param shortNames what kubectl also accepts, such as {@code deploy}
 * @param categories the groups of kinds it is listed with, such as {@code all}
 * @param scope whether its objects live in a namespace
 * @param hasStatus whether status is written apart from the rest, through the status subresource
 * @param javaType the class of its objects
 * @param definition what says how objects of a custom kind look; null for built-in kinds, and for a custom kind that is
 *     known by its name only
 */
public record ResourceType<R extends Resource>(
        String group,
        String version,
        String kind,
        String plural,
        List<String> shortNames,
        List<String> categories,
        Scope scope,
        boolean hasStatus,
        Class<R> javaType,
        @Nullable CustomResourceDefinition definition) {

    /** Where the objects of a type live. */
    public enum Scope {
        /** In a namespace. */
        NAMESPACED,
        /** In the cluster as a whole. */
        CLUSTER
    }

    /** Copies the lists. */
    public ResourceType {
        requireNonNull(javaType, "javaType is null");
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
    }

    /** {@return {@code group/version}, or the version alone for the core group} */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@return the name that error messages use, such as {@code deployments.apps} or {@code pods}} */
    public String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** {@return the kind as error messages use it, such as {@code Deployment.apps} or {@code Pod}} */
    public String qualifiedKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    /** {@return whether the kind is one that an embedding program or a client has defined} */
    public boolean isCustom() {
        return javaType == CustomObject.class;
    }

    /** {@return the singular name, such as {@code deployment}} */
    public String singular() {
        if (definition != null && definition.spec().names().singular() != null) {
            return definition.spec().names().singular();
        }
        return kind.toLowerCase(java.util.Locale.ROOT);
    }

    /** {@return the kind of a list of its objects, such as {@code DeploymentList}} */
    public String listKind() {
        if (definition != null && definition.spec().names().listKind() != null) {
            return definition.spec().names().listKind();
        }
        return kind + "List";
    }

    /** {@return whether objects of this type live in a namespace} */
    public boolean isNamespaced() {
        return scope == Scope.NAMESPACED;
    }

    /** {@return the object as one of this type; an object of a custom kind in the version of this type} */
    public R cast(Resource object) {
        return javaType.cast(
                object instanceof CustomObject custom && definition != null ? custom.ofType(this) : object);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceType<?> that
                && kind.equals(that.kind)
                && version.equals(that.version)
                && group.equals(that.group);
    }

    @Override
    public int hashCode() {
        return kind.hashCode();
    }

    @Override
    public String toString() {
        return apiVersion() + " " + kind;
    }
}
