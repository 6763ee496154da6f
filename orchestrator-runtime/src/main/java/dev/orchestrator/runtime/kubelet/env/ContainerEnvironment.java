package dev.orchestrator.runtime.kubelet.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.ConfigMapKeySelector;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EnvFromSource;
import dev.orchestrator.api.model.core.EnvVar;
import dev.orchestrator.api.model.core.EnvVarSource;
import dev.orchestrator.api.model.core.FileKeySelector;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Secret;
import dev.orchestrator.api.model.core.SecretKeySelector;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Works out the environment variables of containers. */
public final class ContainerEnvironment {

    /** Finds objects that containers refer to. */
    public interface Objects {
        /** {@return the object, if it exists} */
        <R extends Resource> Optional<R> find(ResourceType<R> type, ObjectKey key);
    }

    /** Finds what the pod's volumes hold. */
    public interface Volumes {
        /** {@return where the volume is on this machine; null when the pod has no such volume} */
        @Nullable
        Path directory(String volume);
    }

    private final Objects objects;
    private final Volumes volumes;
    private final Pod pod;
    private final DownwardApi downward;
    private final Map<String, String> services;

    /**
     * Prepares for the containers of one pod.
     *
     * @param services the variables of the services that the pod is to know
     */
    public ContainerEnvironment(
            Objects objects, Volumes volumes, Pod pod, PodFacts facts, Map<String, String> services) {
        this.objects = objects;
        this.volumes = volumes;
        this.pod = pod;
        this.downward = new DownwardApi(pod, facts);
        this.services = services;
    }

    /**
     * {@return all variables of a container}
     *
     * @throws UnresolvedException if one refers to something that is not there and is not optional
     */
    public Map<String, String> of(Container container) throws UnresolvedException {
        if (container.env().isEmpty() && container.envFrom().isEmpty()) {
            return services;
        }
        var variables = new LinkedHashMap<String, String>();
        for (EnvFromSource source : container.envFrom()) {
            addAll(source, variables);
        }
        // A reference sees what was defined before it, and the services behind it.
        var known = new LinkedHashMap<>(services);
        known.putAll(variables);
        for (EnvVar variable : container.env()) {
            String value = variable.valueFrom() == null
                    ? Expansion.expand(requireNonNullElse(variable.value(), ""), known)
                    : from(container, variable.valueFrom());
            if (value != null) {
                variables.put(variable.name(), value);
                known.put(variable.name(), value);
            }
        }
        services.forEach(variables::putIfAbsent);
        return variables;
    }

    private void addAll(EnvFromSource source, Map<String, String> variables) throws UnresolvedException {
        String prefix = requireNonNullElse(source.prefix(), "");
        if (source.configMapRef() != null) {
            ConfigMap map = object(
                    ResourceTypes.CONFIG_MAP,
                    "configmap",
                    source.configMapRef().name(),
                    source.configMapRef().optional());
            if (map != null) {
                map.data().forEach((name, value) -> variables.put(prefix + name, value));
            }
        }
        if (source.secretRef() != null) {
            Secret secret = object(
                    ResourceTypes.SECRET,
                    "secret",
                    source.secretRef().name(),
                    source.secretRef().optional());
            if (secret != null) {
                secret.data().forEach((name, value) -> variables.put(prefix + name, value.toUtf8()));
            }
        }
    }

    private @Nullable String from(Container container, EnvVarSource source) throws UnresolvedException {
        if (source.fieldRef() != null) {
            return downward.field(source.fieldRef().fieldPath());
        }
        if (source.resourceFieldRef() != null) {
            return downward.resource(container, source.resourceFieldRef());
        }
        if (source.configMapKeyRef() != null) {
            return fromConfigMap(source.configMapKeyRef());
        }
        if (source.fileKeyRef() != null) {
            return fromFile(source.fileKeyRef());
        }
        return source.secretKeyRef() == null ? "" : fromSecret(source.secretKeyRef());
    }

    private @Nullable String fromFile(FileKeySelector selector) throws UnresolvedException {
        Path volume = volumes.directory(selector.volumeName());
        if (volume == null) {
            throw new UnresolvedException(
                    "cannot find the volume \"" + selector.volumeName() + "\" referenced by FileKeyRef");
        }
        Path file = volume.resolve(selector.path()).normalize();
        String value;
        try {
            if (!file.startsWith(volume) || !file.toRealPath().startsWith(volume.toRealPath())) {
                throw new UnresolvedException("couldn't parse env file");
            }
            value = EnvFile.value(Files.readString(file), selector.key());
        } catch (IOException | EnvFile.MalformedException e) {
            throw new UnresolvedException("couldn't parse env file");
        }
        if (value != null && !value.isEmpty()) {
            return value;
        }
        if (Boolean.TRUE.equals(selector.optional())) {
            return null;
        }
        throw new UnresolvedException(
                "environment variable key \"" + selector.key() + "\" not found in file \"" + file + "\"");
    }

    private @Nullable String fromConfigMap(ConfigMapKeySelector selector) throws UnresolvedException {
        ConfigMap map = object(ResourceTypes.CONFIG_MAP, "configmap", selector.name(), selector.optional());
        String value = map == null ? null : map.data().get(selector.key());
        if (map != null && value == null && !Boolean.TRUE.equals(selector.optional())) {
            throw lacking(map, "couldn't find key " + selector.key() + " in ConfigMap " + map.key());
        }
        return value;
    }

    private @Nullable String fromSecret(SecretKeySelector selector) throws UnresolvedException {
        Secret secret = object(ResourceTypes.SECRET, "secret", selector.name(), selector.optional());
        Bytes value = secret == null ? null : secret.data().get(selector.key());
        if (secret != null && value == null && !Boolean.TRUE.equals(selector.optional())) {
            throw lacking(secret, "couldn't find key " + selector.key() + " in Secret " + secret.key());
        }
        return value == null ? null : value.toUtf8();
    }

    private <R extends Resource> @Nullable R object(
            ResourceType<R> type, String word, @Nullable String name, @Nullable Boolean optional)
            throws UnresolvedException {
        var key = new ObjectKey(pod.metadata().namespaceOrEmpty(), requireNonNullElse(name, ""));
        R found = objects.find(type, key).orElse(null);
        if (found == null && !Boolean.TRUE.equals(optional)) {
            throw new UnresolvedException(word + " \"" + key.name() + "\" not found", type, key, null);
        }
        return found;
    }

    private static UnresolvedException lacking(Resource object, String message) {
        return new UnresolvedException(
                message, object.resourceType(), object.key(), object.metadata().resourceVersion());
    }
}
