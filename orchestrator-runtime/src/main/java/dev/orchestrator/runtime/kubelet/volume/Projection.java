package dev.orchestrator.runtime.kubelet.volume;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.ConfigMap;
import dev.orchestrator.api.model.core.ConfigMapProjection;
import dev.orchestrator.api.model.core.ConfigMapVolumeSource;
import dev.orchestrator.api.model.core.DownwardAPIVolumeFile;
import dev.orchestrator.api.model.core.KeyToPath;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ProjectedVolumeSource;
import dev.orchestrator.api.model.core.Secret;
import dev.orchestrator.api.model.core.SecretProjection;
import dev.orchestrator.api.model.core.SecretVolumeSource;
import dev.orchestrator.api.model.core.Volume;
import dev.orchestrator.api.model.core.VolumeProjection;
import dev.orchestrator.runtime.kubelet.env.ContainerEnvironment;
import dev.orchestrator.runtime.kubelet.env.DownwardApi;
import dev.orchestrator.runtime.kubelet.env.PodFacts;
import dev.orchestrator.runtime.kubelet.env.UnresolvedException;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Works out the files of volumes that show config maps, secrets and what a pod may know of itself. */
final class Projection {

    private static final int DEFAULT_MODE = 0644;

    private final ContainerEnvironment.Objects objects;
    private final Pod pod;
    private final DownwardApi downward;
    private final Map<String, ProjectedFile> files = new TreeMap<>();

    private Projection(ContainerEnvironment.Objects objects, Pod pod, PodFacts facts) {
        this.objects = objects;
        this.pod = pod;
        this.downward = new DownwardApi(pod, facts);
    }

    /** {@return whether the volume shows files that are worked out here} */
    static boolean isOne(Volume volume) {
        return volume.configMap() != null
                || volume.secret() != null
                || volume.downwardAPI() != null
                || volume.projected() != null;
    }

    /**
     * {@return the files of a volume by path}
     *
     * @throws UnresolvedException if something is not there and is not optional
     */
    static Map<String, ProjectedFile> of(ContainerEnvironment.Objects objects, Pod pod, PodFacts facts, Volume volume)
            throws UnresolvedException {
        var projection = new Projection(objects, pod, facts);
        if (volume.configMap() != null) {
            projection.add(volume.configMap());
        } else if (volume.secret() != null) {
            projection.add(volume.secret());
        } else if (volume.downwardAPI() != null) {
            projection.add(
                    volume.downwardAPI().items(), mode(volume.downwardAPI().defaultMode()));
        } else if (volume.projected() != null) {
            projection.add(volume.projected());
        }
        return projection.files;
    }

    private static int mode(@Nullable Integer mode) {
        return requireNonNullElse(mode, DEFAULT_MODE);
    }

    private void add(ConfigMapVolumeSource source) throws UnresolvedException {
        addConfigMap(source.name(), source.items(), Boolean.TRUE.equals(source.optional()), mode(source.defaultMode()));
    }

    private void add(SecretVolumeSource source) throws UnresolvedException {
        addSecret(
                source.secretName(),
                source.items(),
                Boolean.TRUE.equals(source.optional()),
                mode(source.defaultMode()));
    }

    private void add(ProjectedVolumeSource source) throws UnresolvedException {
        int mode = mode(source.defaultMode());
        for (VolumeProjection part : source.sources()) {
            ConfigMapProjection map = part.configMap();
            SecretProjection secret = part.secret();
            if (map != null) {
                addConfigMap(map.name(), map.items(), Boolean.TRUE.equals(map.optional()), mode);
            } else if (secret != null) {
                addSecret(secret.name(), secret.items(), Boolean.TRUE.equals(secret.optional()), mode);
            } else if (part.downwardAPI() != null) {
                add(part.downwardAPI().items(), mode);
            } else {
                throw new UnresolvedException("only configMap, secret and downwardAPI can be projected here");
            }
        }
    }

    private void addConfigMap(@Nullable String name, List<KeyToPath> items, boolean isOptional, int mode)
            throws UnresolvedException {
        ConfigMap map = find(ResourceTypes.CONFIG_MAP, "configmap", name, isOptional);
        if (map == null) {
            return;
        }
        var keys = new TreeMap<String, Bytes>(map.binaryData());
        map.data().forEach((key, text) -> keys.put(key, Bytes.utf8(text)));
        add(map, "configmap references non-existent config key: ", keys, items, isOptional, mode);
    }

    private void addSecret(@Nullable String name, List<KeyToPath> items, boolean isOptional, int mode)
            throws UnresolvedException {
        Secret secret = find(ResourceTypes.SECRET, "secret", name, isOptional);
        if (secret != null) {
            add(secret, "references non-existent secret key: ", secret.data(), items, isOptional, mode);
        }
    }

    private <R extends Resource> @Nullable R find(
            ResourceType<R> type, String word, @Nullable String name, boolean isOptional) throws UnresolvedException {
        var key = new ObjectKey(pod.metadata().namespaceOrEmpty(), requireNonNullElse(name, ""));
        R found = objects.find(type, key).orElse(null);
        if (found == null && !isOptional) {
            throw new UnresolvedException(word + " \"" + key.name() + "\" not found", type, key, null);
        }
        return found;
    }

    private void add(
            Resource source,
            String lacking,
            Map<String, Bytes> keys,
            List<KeyToPath> items,
            boolean isOptional,
            int mode)
            throws UnresolvedException {
        if (items.isEmpty()) {
            keys.forEach((key, content) -> files.put(key, new ProjectedFile(content, mode)));
            return;
        }
        for (KeyToPath item : items) {
            Bytes content = keys.get(item.key());
            if (content != null) {
                files.put(item.path(), new ProjectedFile(content, requireNonNullElse(item.mode(), mode)));
            } else if (!isOptional) {
                throw new UnresolvedException(
                        lacking + item.key(),
                        source.resourceType(),
                        source.key(),
                        source.metadata().resourceVersion());
            }
        }
    }

    private void add(List<DownwardAPIVolumeFile> items, int mode) throws UnresolvedException {
        for (DownwardAPIVolumeFile item : items) {
            String text = text(item);
            files.put(item.path(), new ProjectedFile(Bytes.utf8(text), requireNonNullElse(item.mode(), mode)));
        }
    }

    private String text(DownwardAPIVolumeFile item) throws UnresolvedException {
        if (item.fieldRef() != null) {
            return switch (item.fieldRef().fieldPath()) {
                case "metadata.labels" -> lines(pod.metadata().labels());
                case "metadata.annotations" -> lines(pod.metadata().annotations());
                default -> downward.field(item.fieldRef().fieldPath());
            };
        }
        var selector = item.resourceFieldRef();
        return selector == null
                ? ""
                : downward.resource(downward.container(requireNonNullElse(selector.containerName(), "")), selector);
    }

    /** One {@code key="value"} a line, sorted, the value quoted as Go quotes. */
    private static String lines(Map<String, String> map) {
        Function<Map.Entry<String, String>, String> line =
                entry -> entry.getKey() + "=" + GoText.quote(entry.getValue());
        return new TreeMap<>(map).entrySet().stream().map(line).collect(Collectors.joining("\n"));
    }
}
