package dev.orchestrator.runtime.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.EmptyDirVolumeSource;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Volume;
import dev.orchestrator.api.model.core.VolumeMount;
import dev.orchestrator.api.model.core.VolumeProjection;
import dev.orchestrator.runtime.kubelet.env.ContainerEnvironment;
import dev.orchestrator.runtime.kubelet.env.Expansion;
import dev.orchestrator.runtime.kubelet.env.PodFacts;
import dev.orchestrator.runtime.kubelet.env.UnresolvedException;
import dev.orchestrator.spi.ContainerSpec.MountSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.Objects.requireNonNullElse;

/**
 * The volumes of the pods of one kubelet, as directories of this machine. All methods may be called from any thread;
 * those that touch files block for as long as that takes.
 */
public final class PodVolumes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PodVolumes.class);
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
    private static final int OPEN_TO_ALL = 0777;

    /** An object whose content a volume shows. */
    private record Source(String kind, ObjectKey key) {}

    /** What there is of one pod. */
    private static final class Mounted {

        final ReentrantLock lock = new ReentrantLock();
        final Map<String, Path> paths = new ConcurrentHashMap<>();
        Set<Source> sources = Set.of();
        boolean isRemoved;
    }

    private final ContainerEnvironment.Objects objects;
    private final VolumeDirectory disk;
    private final VolumeDirectory memory;
    private final @Nullable LastingVolumes lasting;
    private final Map<String, Mounted> pods = new ConcurrentHashMap<>();
    private final Map<Source, Set<String>> users = new ConcurrentHashMap<>();
    private volatile boolean isSwept;

    /**
     * Makes nothing yet.
     *
     * @param objects finds config maps and secrets
     * @param lasting where the volumes are that outlive this JVM; null if they end with it
     */
    public PodVolumes(ContainerEnvironment.Objects objects, @Nullable LastingVolumes lasting) {
        this.objects = objects;
        this.lasting = lasting;
        this.disk = lasting == null ? VolumeDirectory.owned(TEMPORARY) : VolumeDirectory.lasting(lasting.disk());
        this.memory = lasting == null
                ? VolumeDirectory.owned(SHARED_MEMORY)
                : VolumeDirectory.lasting(SHARED_MEMORY.resolve(lasting.memoryName()));
    }

    /** {@return whether a pod has volumes} */
    public static boolean areWanted(Pod pod) {
        return !pod.spec().volumes().isEmpty();
    }

    /** {@return whether a pod has volumes that show its labels or annotations} */
    public static boolean showMetadata(Pod pod) {
        for (Volume volume : pod.spec().volumes()) {
            if (volume.downwardAPI() != null
                    || (volume.projected() != null
                            && volume.projected().sources().stream().anyMatch(part -> part.downwardAPI() != null))) {
                return true;
            }
        }
        return false;
    }

    /** {@return the uids of the pods that have volumes made from an object} */
    public Set<String> usersOf(String kind, ObjectKey key) {
        return users.isEmpty() ? Set.of() : Set.copyOf(users.getOrDefault(new Source(kind, key), Set.of()));
    }

    /**
     * Makes all volumes of a pod ready, or brings them up to date. May be repeated.
     *
     * @throws VolumeException if one can not be made ready now; the others may be ready then
     */
    public void setUp(Pod pod, PodFacts facts) throws VolumeException {
        String uid = pod.metadata().uidOrEmpty();
        Mounted mounted = pods.computeIfAbsent(uid, ignored -> new Mounted());
        mounted.lock.lock();
        try {
            if (mounted.isRemoved) {
                return;
            }
            listen(uid, mounted, sources(pod));
            for (Volume volume : pod.spec().volumes()) {
                Path present = mounted.paths.get(volume.name());
                // What a container has made of its emptyDir stays.
                if (present == null || volume.emptyDir() == null) {
                    mounted.paths.put(volume.name(), setUp(uid, pod, facts, volume));
                }
            }
        } finally {
            mounted.lock.unlock();
        }
    }

    private Path setUp(String uid, Pod pod, PodFacts facts, Volume volume) throws VolumeException {
        try {
            if (volume.hostPath() != null) {
                return HostPaths.check(volume.hostPath());
            }
            if (volume.emptyDir() != null) {
                return emptyDirectory(uid, volume.name(), volume.emptyDir(), VolumeGroup.of(pod));
            }
            if (Projection.isOne(volume)) {
                Path directory = disk.of(uid, volume.name());
                AtomicFiles.write(directory, Projection.of(objects, pod, facts, volume), VolumeGroup.of(pod));
                return directory;
            }
            throw new IOException("no volume plugin matched");
        } catch (IOException | UnresolvedException e) {
            throw new VolumeException(
                    "MountVolume.SetUp failed for volume \"" + volume.name() + "\" : " + message(e), e);
        }
    }

    private static String message(Exception failure) {
        String message =
                requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
        return failure instanceof NoSuchFileException ? message + ": no such file or directory" : message;
    }

    private Path emptyDirectory(String uid, String name, EmptyDirVolumeSource source, VolumeGroup group)
            throws IOException {
        boolean isInMemory = "Memory".equals(source.medium()) && Files.isWritable(SHARED_MEMORY);
        Path directory = (isInMemory ? memory : disk).of(uid, name);
        AtomicFiles.setMode(directory, OPEN_TO_ALL);
        group.own(directory);
        return directory;
    }

    private static Set<Source> sources(Pod pod) {
        String namespace = pod.metadata().namespaceOrEmpty();
        var found = new HashSet<Source>();
        for (Volume volume : pod.spec().volumes()) {
            if (volume.configMap() != null) {
                add(found, "ConfigMap", namespace, volume.configMap().name());
            }
            if (volume.secret() != null) {
                add(found, "Secret", namespace, volume.secret().secretName());
            }
            for (VolumeProjection part : volume.projected() == null
                    ? List.<VolumeProjection>of()
                    : volume.projected().sources()) {
                if (part.configMap() != null) {
                    add(found, "ConfigMap", namespace, part.configMap().name());
                }
                if (part.secret() != null) {
                    add(found, "Secret", namespace, part.secret().name());
                }
            }
        }
        return found;
    }

    private static void add(Set<Source> found, String kind, String namespace, @Nullable String name) {
        if (name != null) {
            found.add(new Source(kind, new ObjectKey(namespace, name)));
        }
    }

    private void listen(String uid, Mounted mounted, Set<Source> sources) {
        mounted.sources = sources;
        for (Source source : sources) {
            users.computeIfAbsent(source, ignored -> ConcurrentHashMap.newKeySet())
                    .add(uid);
        }
    }

    /**
     * {@return what to mount into a container of a pod whose volumes are set up}
     *
     * @param environment the container's variables, which paths below a volume may refer to
     * @throws UnresolvedException if a path below a volume can not be mounted
     */
    public List<MountSpec> mounts(Pod pod, Container container, Map<String, String> environment)
            throws UnresolvedException {
        if (container.volumeMounts().isEmpty()) {
            return List.of();
        }
        Mounted mounted = pods.get(pod.metadata().uidOrEmpty());
        var mounts = new ArrayList<MountSpec>();
        for (VolumeMount mount : container.volumeMounts()) {
            Path volume = mounted == null ? null : mounted.paths.get(mount.name());
            if (volume == null) {
                throw new UnresolvedException("cannot find volume \"" + mount.name() + "\" to mount into container \""
                        + container.name() + "\"");
            }
            boolean isReadOnly = mount.readOnly() || isProjected(pod, mount.name());
            mounts.add(new MountSpec(
                    below(volume, mount, container, environment, isReadOnly), mount.mountPath(), isReadOnly));
        }
        return mounts;
    }

    /** {@return where a volume of a pod is on this machine; null when the pod has no such volume} */
    public @Nullable Path directory(String uid, String name) {
        Mounted mounted = pods.get(uid);
        return mounted == null ? null : mounted.paths.get(name);
    }

    /** {@return how many bytes the files of a volume of a pod have; 0 when the pod has no such volume} */
    public long size(String uid, String name) {
        Path directory = directory(uid, name);
        return directory == null ? 0 : Trees.size(directory);
    }

    private static boolean isProjected(Pod pod, String name) {
        for (Volume volume : pod.spec().volumes()) {
            if (volume.name().equals(name)) {
                return Projection.isOne(volume);
            }
        }
        return false;
    }

    private static Path below(
            Path volume, VolumeMount mount, Container container, Map<String, String> environment, boolean isReadOnly)
            throws UnresolvedException {
        String expression = requireNonNullElse(mount.subPathExpr(), "");
        String sub = expression.isEmpty()
                ? requireNonNullElse(mount.subPath(), "")
                : Expansion.expand(expression, environment);
        if (sub.isEmpty()) {
            return volume;
        }
        try {
            Path path = volume.resolve(sub).normalize();
            if (Path.of(sub).isAbsolute() || !path.startsWith(volume)) {
                throw new IOException("must not leave the volume");
            }
            if (!Files.exists(path) && !isReadOnly) {
                Files.createDirectories(path);
            }
            // What a link leads to has to be in the volume, too.
            Path real = path.toRealPath();
            if (!real.startsWith(volume.toRealPath())) {
                throw new IOException("must not leave the volume");
            }
            return real;
        } catch (IOException | java.nio.file.InvalidPathException e) {
            LOG.debug("sub path {} of {} can not be used", sub, volume, e);
            throw new UnresolvedException("failed to prepare subPath for volumeMount \"" + mount.name()
                    + "\" of container \"" + container.name() + "\"");
        }
    }

    /** Deletes the volumes of a pod that is gone, but no path of the host. Volumes it never had: does nothing. */
    public void remove(String uid) {
        Mounted mounted = pods.get(uid);
        if (mounted == null) {
            if (lasting != null) {
                // They were made by an earlier JVM and never looked at by this one.
                disk.remove(uid);
                memory.remove(uid);
            }
            return;
        }
        mounted.lock.lock();
        try {
            mounted.isRemoved = true;
            for (Source source : mounted.sources) {
                users.computeIfPresent(source, (ignored, uids) -> {
                    uids.remove(uid);
                    return uids.isEmpty() ? null : uids;
                });
            }
            disk.remove(uid);
            memory.remove(uid);
        } finally {
            mounted.lock.unlock();
            pods.remove(uid);
        }
    }

    /** Deletes the volumes that an earlier JVM has made here for pods that are not among these. */
    public void retain(Set<String> podUids) {
        if (lasting != null) {
            if (Files.isDirectory(lasting.disk())) {
                disk.retain(podUids);
            }
            if (Files.isDirectory(SHARED_MEMORY.resolve(lasting.memoryName()))) {
                memory.retain(podUids);
            }
        }
    }

    /** Deletes the volumes of JVMs that have ended without doing so: that were killed. */
    public void sweep() {
        OwnedDirectory.sweep(TEMPORARY);
        if (Files.isDirectory(SHARED_MEMORY)) {
            OwnedDirectory.sweep(SHARED_MEMORY);
        }
        // Who is interrupted while it looks for locks gets none.
        isSwept = !Thread.currentThread().isInterrupted();
    }

    /** Deletes all that was made, but for lasting volumes on the disk. To be called when no container runs any more. */
    @Override
    public void close() {
        if (!isSwept) {
            sweep();
        }
        disk.close();
        memory.close();
        if (lasting != null) {
            VolumeDirectory.delete(SHARED_MEMORY.resolve(lasting.memoryName()));
        }
    }
}
