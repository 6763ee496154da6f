package dev.orchestrator.runtime.admission.pod;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.orchestrator.api.model.core.AzureDiskVolumeSource;
import dev.orchestrator.api.model.core.AzureDiskVolumeSourceBuilder;
import dev.orchestrator.api.model.core.ConfigMapVolumeSource;
import dev.orchestrator.api.model.core.DownwardAPIProjection;
import dev.orchestrator.api.model.core.DownwardAPIVolumeFile;
import dev.orchestrator.api.model.core.DownwardAPIVolumeSource;
import dev.orchestrator.api.model.core.EmptyDirVolumeSource;
import dev.orchestrator.api.model.core.EphemeralVolumeSource;
import dev.orchestrator.api.model.core.HostPathVolumeSource;
import dev.orchestrator.api.model.core.ISCSIVolumeSource;
import dev.orchestrator.api.model.core.ISCSIVolumeSourceBuilder;
import dev.orchestrator.api.model.core.ImageVolumeSource;
import dev.orchestrator.api.model.core.ObjectFieldSelector;
import dev.orchestrator.api.model.core.PersistentVolumeClaimSpecBuilder;
import dev.orchestrator.api.model.core.PersistentVolumeClaimTemplate;
import dev.orchestrator.api.model.core.ProjectedVolumeSource;
import dev.orchestrator.api.model.core.RBDVolumeSource;
import dev.orchestrator.api.model.core.RBDVolumeSourceBuilder;
import dev.orchestrator.api.model.core.ScaleIOVolumeSource;
import dev.orchestrator.api.model.core.ScaleIOVolumeSourceBuilder;
import dev.orchestrator.api.model.core.SecretVolumeSource;
import dev.orchestrator.api.model.core.ServiceAccountTokenProjection;
import dev.orchestrator.api.model.core.Volume;
import dev.orchestrator.api.model.core.VolumeBuilder;
import dev.orchestrator.api.model.core.VolumeProjection;
import dev.orchestrator.api.model.core.VolumeProjectionBuilder;
import dev.orchestrator.runtime.admission.field.Zero;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.admission.kind.Identity.mapped;
import static dev.orchestrator.runtime.admission.kind.Identity.mappedOrNull;
import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** Fills in what a volume leaves out. */
final class VolumeDefaults {

    /** rw-r--r--, 0644 in octal. */
    private static final int FILE_MODE = 420;

    private static final EmptyDirVolumeSource EMPTY_DIR = new EmptyDirVolumeSource(null, null);
    private static final long TOKEN_SECONDS = 3600;

    private VolumeDefaults() {}

    static Volume of(Volume volume) {
        if (VolumeSources.count(volume) == 0) {
            return VolumeBuilder.builder(volume).emptyDir(EMPTY_DIR).build();
        }
        var secret = mappedOrNull(volume.secret(), VolumeDefaults::secret);
        var configMap = mappedOrNull(volume.configMap(), VolumeDefaults::configMap);
        var downward = mappedOrNull(volume.downwardAPI(), VolumeDefaults::downward);
        var projected = mappedOrNull(volume.projected(), VolumeDefaults::projected);
        var hostPath = mappedOrNull(volume.hostPath(), VolumeDefaults::hostPath);
        var image = mappedOrNull(volume.image(), VolumeDefaults::image);
        var ephemeral = mappedOrNull(volume.ephemeral(), VolumeDefaults::ephemeral);
        boolean unchanged = same(secret, volume.secret())
                && same(configMap, volume.configMap())
                && same(downward, volume.downwardAPI())
                && same(projected, volume.projected())
                && same(hostPath, volume.hostPath())
                && same(image, volume.image())
                && same(ephemeral, volume.ephemeral());
        Volume usual = unchanged
                ? volume
                : VolumeBuilder.builder(volume)
                        .secret(secret)
                        .configMap(configMap)
                        .downwardAPI(downward)
                        .projected(projected)
                        .hostPath(hostPath)
                        .image(image)
                        .ephemeral(ephemeral)
                        .build();
        return storage(usual);
    }

    private static Volume storage(Volume volume) {
        var rbd = mappedOrNull(volume.rbd(), VolumeDefaults::rbd);
        var iscsi = mappedOrNull(volume.iscsi(), VolumeDefaults::iscsi);
        var azure = mappedOrNull(volume.azureDisk(), VolumeDefaults::azureDisk);
        var scaleIo = mappedOrNull(volume.scaleIO(), VolumeDefaults::scaleIo);
        boolean unchanged = same(rbd, volume.rbd())
                && same(iscsi, volume.iscsi())
                && same(azure, volume.azureDisk())
                && same(scaleIo, volume.scaleIO());
        return unchanged
                ? volume
                : VolumeBuilder.builder(volume)
                        .rbd(rbd)
                        .iscsi(iscsi)
                        .azureDisk(azure)
                        .scaleIO(scaleIo)
                        .build();
    }

    private static SecretVolumeSource secret(SecretVolumeSource source) {
        return source.defaultMode() != null
                ? source
                : new SecretVolumeSource(FILE_MODE, source.items(), source.optional(), source.secretName());
    }

    private static ConfigMapVolumeSource configMap(ConfigMapVolumeSource source) {
        return source.defaultMode() != null
                ? source
                : new ConfigMapVolumeSource(FILE_MODE, source.items(), source.name(), source.optional());
    }

    private static DownwardAPIVolumeSource downward(DownwardAPIVolumeSource source) {
        List<DownwardAPIVolumeFile> items = mapped(source.items(), VolumeDefaults::file);
        return source.defaultMode() != null && same(items, source.items())
                ? source
                : new DownwardAPIVolumeSource(mode(source.defaultMode()), items);
    }

    private static DownwardAPIVolumeFile file(DownwardAPIVolumeFile file) {
        ObjectFieldSelector field = mappedOrNull(file.fieldRef(), ContainerDefaults::fieldSelector);
        return same(field, file.fieldRef())
                ? file
                : new DownwardAPIVolumeFile(field, file.mode(), file.path(), file.resourceFieldRef());
    }

    private static Integer mode(@Nullable Integer mode) {
        return mode == null ? FILE_MODE : mode;
    }

    private static ProjectedVolumeSource projected(ProjectedVolumeSource source) {
        List<VolumeProjection> sources = mapped(source.sources(), VolumeDefaults::projection);
        return source.defaultMode() != null && same(sources, source.sources())
                ? source
                : new ProjectedVolumeSource(mode(source.defaultMode()), sources);
    }

    private static VolumeProjection projection(VolumeProjection projection) {
        ServiceAccountTokenProjection token = mappedOrNull(
                projection.serviceAccountToken(),
                given -> given.expirationSeconds() != null
                        ? given
                        : new ServiceAccountTokenProjection(given.audience(), TOKEN_SECONDS, given.path()));
        DownwardAPIProjection downward = mappedOrNull(projection.downwardAPI(), given -> {
            List<DownwardAPIVolumeFile> items = mapped(given.items(), VolumeDefaults::file);
            return same(items, given.items()) ? given : new DownwardAPIProjection(items);
        });
        return same(token, projection.serviceAccountToken()) && same(downward, projection.downwardAPI())
                ? projection
                : VolumeProjectionBuilder.builder(projection)
                        .serviceAccountToken(token)
                        .downwardAPI(downward)
                        .build();
    }

    private static HostPathVolumeSource hostPath(HostPathVolumeSource source) {
        return source.type() != null ? source : new HostPathVolumeSource(source.path(), "");
    }

    private static ImageVolumeSource image(ImageVolumeSource source) {
        return Zero.isEmpty(source.pullPolicy())
                ? new ImageVolumeSource(ContainerDefaults.pullPolicy(source.reference()), source.reference())
                : source;
    }

    private static EphemeralVolumeSource ephemeral(EphemeralVolumeSource source) {
        PersistentVolumeClaimTemplate template = source.volumeClaimTemplate();
        if (template == null || template.spec().volumeMode() != null) {
            return source;
        }
        return new EphemeralVolumeSource(new PersistentVolumeClaimTemplate(
                template.metadata(),
                PersistentVolumeClaimSpecBuilder.builder(template.spec())
                        .volumeMode("Filesystem")
                        .build()));
    }

    private static RBDVolumeSource rbd(RBDVolumeSource source) {
        if (Stream.of(source.pool(), source.user(), source.keyring()).noneMatch(Zero::isEmpty)) {
            return source;
        }
        return RBDVolumeSourceBuilder.builder(source)
                .pool(orElse(source.pool(), "rbd"))
                .user(orElse(source.user(), "admin"))
                .keyring(orElse(source.keyring(), "/etc/ceph/keyring"))
                .build();
    }

    private static ISCSIVolumeSource iscsi(ISCSIVolumeSource source) {
        return Zero.isEmpty(source.iscsiInterface())
                ? ISCSIVolumeSourceBuilder.builder(source)
                        .iscsiInterface("default")
                        .build()
                : source;
    }

    private static AzureDiskVolumeSource azureDisk(AzureDiskVolumeSource source) {
        if (Stream.of(source.cachingMode(), source.kind(), source.fsType(), source.readOnly())
                .noneMatch(Objects::isNull)) {
            return source;
        }
        return AzureDiskVolumeSourceBuilder.builder(source)
                .cachingMode(source.cachingMode() == null ? "ReadWrite" : source.cachingMode())
                .kind(source.kind() == null ? "Shared" : source.kind())
                .fsType(source.fsType() == null ? "ext4" : source.fsType())
                .readOnly(source.readOnly() != null && source.readOnly())
                .build();
    }

    private static ScaleIOVolumeSource scaleIo(ScaleIOVolumeSource source) {
        if (!Zero.isEmpty(source.storageMode()) && !Zero.isEmpty(source.fsType())) {
            return source;
        }
        return ScaleIOVolumeSourceBuilder.builder(source)
                .storageMode(orElse(source.storageMode(), "ThinProvisioned"))
                .fsType(orElse(source.fsType(), "xfs"))
                .build();
    }

    private static String orElse(@Nullable String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
