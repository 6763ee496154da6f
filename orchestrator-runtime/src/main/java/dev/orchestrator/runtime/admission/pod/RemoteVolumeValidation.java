package dev.orchestrator.runtime.admission.pod;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

import dev.orchestrator.api.model.core.AzureDiskVolumeSource;
import dev.orchestrator.api.model.core.FCVolumeSource;
import dev.orchestrator.api.model.core.FlockerVolumeSource;
import dev.orchestrator.api.model.core.ISCSIVolumeSource;
import dev.orchestrator.api.model.core.LocalObjectReference;
import dev.orchestrator.api.model.core.NFSVolumeSource;
import dev.orchestrator.api.model.core.QuobyteVolumeSource;
import dev.orchestrator.api.model.core.StorageOSVolumeSource;
import dev.orchestrator.api.model.core.Volume;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import org.jspecify.annotations.Nullable;

/** The rules of the sources that lie on storage systems elsewhere, in the order Kubernetes looks at them. */
final class RemoteVolumeValidation {

    private static final Pattern IQN = Pattern.compile("iqn\\.\\d{4}-\\d{2}\\.([\\p{Alnum}\\-.]+)(:[^,;*&$|\\s]+)$");
    private static final Pattern EUI = Pattern.compile("^eui.\\p{Alnum}{16}$");
    private static final Pattern NAA = Pattern.compile("^naa.\\p{Alnum}{32}$");
    private static final int PORTAL_LENGTH = 64;
    private static final int TENANT_LENGTH = 64;

    private final FieldErrors errors;

    RemoteVolumeValidation(FieldErrors errors) {
        this.errors = errors;
    }

    void beforeSecrets(Volume volume, FieldPath path, BiPredicate<@Nullable Object, FieldPath> first) {
        var git = volume.gitRepo();
        if (first.test(git, path.child("gitRepo")) && git != null) {
            errors.requireText(path.child("gitRepo", "repository"), git.repository());
            PathRules.descending(Zero.text(git.directory()), path.child("gitRepo", "directory"), errors);
        }
        var gce = volume.gcePersistentDisk();
        if (first.test(gce, path.child("gcePersistentDisk")) && gce != null) {
            errors.requireText(path.child("persistentDisk", "pdName"), gce.pdName());
            partition(gce.partition(), path.child("persistentDisk", "partition"));
        }
        var aws = volume.awsElasticBlockStore();
        if (first.test(aws, path.child("awsElasticBlockStore")) && aws != null) {
            errors.requireText(path.child("awsElasticBlockStore", "volumeID"), aws.volumeID());
            partition(aws.partition(), path.child("awsElasticBlockStore", "partition"));
        }
    }

    private void partition(@Nullable Integer partition, FieldPath path) {
        if (partition != null && (partition < 0 || partition > 255)) {
            errors.invalid(path, partition, Names.range(1, 255));
        }
    }

    void beforeConfigMaps(Volume volume, FieldPath path, BiPredicate<@Nullable Object, FieldPath> first) {
        nfs(volume.nfs(), path.child("nfs"), first);
        iscsi(volume.iscsi(), volume.name(), path, first);
        var gluster = volume.glusterfs();
        if (first.test(gluster, path.child("glusterfs")) && gluster != null) {
            errors.requireText(path.child("glusterfs", "endpoints"), gluster.endpoints());
            errors.requireText(path.child("glusterfs", "path"), gluster.path());
        }
        flocker(volume.flocker(), path.child("flocker"), first);
        var claim = volume.persistentVolumeClaim();
        if (first.test(claim, path.child("persistentVolumeClaim")) && claim != null) {
            errors.requireText(path.child("persistentVolumeClaim", "claimName"), claim.claimName());
        }
        var rbd = volume.rbd();
        if (first.test(rbd, path.child("rbd")) && rbd != null) {
            monitors(rbd.monitors(), path.child("rbd", "monitors"));
            errors.requireText(path.child("rbd", "image"), rbd.image());
        }
        var cinder = volume.cinder();
        if (first.test(cinder, path.child("cinder")) && cinder != null) {
            errors.requireText(path.child("cinder", "volumeID"), cinder.volumeID());
            secretName(cinder.secretRef(), path.child("cinder", "secretRef"));
        }
        var ceph = volume.cephfs();
        if (first.test(ceph, path.child("cephFS")) && ceph != null) {
            monitors(ceph.monitors(), path.child("cephfs", "monitors"));
        }
        quobyte(volume.quobyte(), path.child("quobyte"), first);
        var downward = volume.downwardAPI();
        if (first.test(downward, path.child("downwardAPI")) && downward != null) {
            new ProjectionValidation(errors).downward(downward, path.child("downwardAPI"));
        }
        fibreChannel(volume.fc(), path.child("fc"), first);
        flex(volume, path.child("flexVolume"), first);
    }

    private void monitors(List<String> monitors, FieldPath path) {
        if (monitors.isEmpty()) {
            errors.required(path);
        }
    }

    private void secretName(@Nullable LocalObjectReference secret, FieldPath path) {
        if (secret != null) {
            errors.requireText(path.child("name"), secret.name());
        }
    }

    private void nfs(@Nullable NFSVolumeSource nfs, FieldPath path, BiPredicate<@Nullable Object, FieldPath> first) {
        if (!first.test(nfs, path) || nfs == null) {
            return;
        }
        errors.requireText(path.child("server"), nfs.server());
        errors.requireText(path.child("path"), nfs.path());
        if (!nfs.path().startsWith("/")) {
            errors.invalid(path.child("path"), nfs.path(), "must be an absolute path");
        }
    }

    private void iscsi(
            @Nullable ISCSIVolumeSource iscsi,
            String name,
            FieldPath volume,
            BiPredicate<@Nullable Object, FieldPath> first) {
        FieldPath path = volume.child("iscsi");
        boolean isFirst = first.test(iscsi, path);
        if (iscsi == null) {
            return;
        }
        if (isFirst) {
            iscsi(iscsi, path);
        }
        String together = name + ":" + iscsi.targetPortal();
        if (iscsi.initiatorName() != null && together.length() > PORTAL_LENGTH) {
            errors.invalid(
                    volume.child("name"),
                    name,
                    "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if"
                            + " iscsi.initiatorName is specified.");
        }
    }

    private void iscsi(ISCSIVolumeSource iscsi, FieldPath path) {
        errors.requireText(path.child("targetPortal"), iscsi.targetPortal());
        if (iscsi.iqn().isEmpty()) {
            errors.required(path.child("iqn"));
        } else {
            qualifiedName(iscsi.iqn(), path.child("iqn"));
        }
        errors.range(path.child("lun"), iscsi.lun(), 0, 255);
        boolean chap = Zero.isTrue(iscsi.chapAuthDiscovery()) || Zero.isTrue(iscsi.chapAuthSession());
        if (chap && iscsi.secretRef() == null) {
            errors.required(path.child("secretRef"));
        }
        if (iscsi.initiatorName() != null) {
            qualifiedName(iscsi.initiatorName(), path.child("initiatorname"));
        }
    }

    private void qualifiedName(String name, FieldPath path) {
        String form = name.length() < 3 ? "" : name.substring(0, 3);
        boolean valid = switch (form) {
            case "iqn" -> IQN.matcher(name).find();
            case "eui" -> EUI.matcher(name).find();
            case "naa" -> NAA.matcher(name).find();
            default -> false;
        };
        if (!List.of("iqn", "eui", "naa").contains(form)) {
            errors.invalid(path, name, "must be valid format starting with iqn, eui, or naa");
        } else if (!valid) {
            errors.invalid(path, name, "must be valid format");
        }
    }

    private void flocker(
            @Nullable FlockerVolumeSource flocker, FieldPath path, BiPredicate<@Nullable Object, FieldPath> first) {
        if (!first.test(flocker, path) || flocker == null) {
            return;
        }
        boolean named = !Zero.isEmpty(flocker.datasetName());
        boolean identified = !Zero.isEmpty(flocker.datasetUUID());
        if (!named && !identified) {
            errors.required(path, "one of datasetName and datasetUUID is required");
        }
        if (named && identified) {
            errors.invalid(path, "resource", "datasetName and datasetUUID can not be specified simultaneously");
        }
        if (Zero.text(flocker.datasetName()).contains("/")) {
            errors.invalid(path.child("datasetName"), flocker.datasetName(), "must not contain '/'");
        }
    }

    private void quobyte(
            @Nullable QuobyteVolumeSource quobyte, FieldPath path, BiPredicate<@Nullable Object, FieldPath> first) {
        if (!first.test(quobyte, path) || quobyte == null) {
            return;
        }
        String pairs = "must be a host:port pair or multiple pairs separated by commas";
        if (quobyte.registry().isEmpty()) {
            errors.required(path.child("registry"), pairs);
        } else if (Zero.text(quobyte.tenant()).length() > TENANT_LENGTH) {
            errors.required(path.child("tenant"), "must be a UUID and may not exceed a length of 64 characters");
        } else {
            for (String pair : quobyte.registry().split(",", -1)) {
                if (!pair.matches("[^:\\[\\]]*:[^:\\[\\]]*|\\[[^\\[\\]]*]:[^:\\[\\]]*")) {
                    errors.invalid(path.child("registry"), quobyte.registry(), pairs);
                }
            }
        }
        errors.requireText(path.child("volume"), quobyte.volume());
    }

    private void fibreChannel(
            @Nullable FCVolumeSource fc, FieldPath path, BiPredicate<@Nullable Object, FieldPath> first) {
        if (!first.test(fc, path) || fc == null) {
            return;
        }
        FieldPath names = path.child("targetWWNs");
        if (fc.targetWWNs().isEmpty() && fc.wwids().isEmpty()) {
            errors.required(names, "must specify either targetWWNs or wwids, but not both");
        }
        if (!fc.targetWWNs().isEmpty() && !fc.wwids().isEmpty()) {
            errors.invalid(names, fc.targetWWNs(), "targetWWNs and wwids can not be specified simultaneously");
        }
        if (!fc.targetWWNs().isEmpty()) {
            if (fc.lun() == null) {
                errors.required(path.child("lun"), "lun is required if targetWWNs is specified");
            }
            errors.range(path.child("lun"), fc.lun(), 0, 255);
        }
    }

    private void flex(Volume volume, FieldPath path, BiPredicate<@Nullable Object, FieldPath> first) {
        var flex = volume.flexVolume();
        if (!first.test(flex, path) || flex == null) {
            return;
        }
        errors.requireText(path.child("driver"), flex.driver());
        flex.options().keySet().stream().sorted().forEach(option -> {
            String domain = "." + option.split("/", 2)[0].toLowerCase(java.util.Locale.ROOT);
            if (domain.endsWith(".kubernetes.io") || domain.endsWith(".k8s.io")) {
                errors.invalid(
                        path.child("options").key(option), option, "kubernetes.io and k8s.io namespaces are reserved");
            }
        });
    }

    void afterConfigMaps(Volume volume, FieldPath path, BiPredicate<@Nullable Object, FieldPath> first) {
        var azureFile = volume.azureFile();
        if (first.test(azureFile, path.child("azureFile")) && azureFile != null) {
            errors.requireText(path.child("azureFile", "secretName"), azureFile.secretName());
            errors.requireText(path.child("azureFile", "shareName"), azureFile.shareName());
        }
        var vsphere = volume.vsphereVolume();
        if (first.test(vsphere, path.child("vsphereVolume")) && vsphere != null) {
            errors.requireText(path.child("vsphereVolume", "volumePath"), vsphere.volumePath());
        }
        var photon = volume.photonPersistentDisk();
        if (first.test(photon, path.child("photonPersistentDisk")) && photon != null) {
            errors.requireText(path.child("photonPersistentDisk", "pdID"), photon.pdID());
        }
        var portworx = volume.portworxVolume();
        if (first.test(portworx, path.child("portworxVolume")) && portworx != null) {
            errors.requireText(path.child("portworxVolume", "volumeID"), portworx.volumeID());
        }
        var azureDisk = volume.azureDisk();
        if (first.test(azureDisk, path.child("azureDisk")) && azureDisk != null) {
            azureDisk(azureDisk, path.child("azureDisk"));
        }
        var storageOs = volume.storageos();
        if (first.test(storageOs, path.child("storageos")) && storageOs != null) {
            storageOs(storageOs, path.child("storageos"));
        }
    }

    private void azureDisk(AzureDiskVolumeSource disk, FieldPath path) {
        errors.requireText(path.child("diskName"), disk.diskName());
        errors.requireText(path.child("diskURI"), disk.diskURI());
        errors.supported(path.child("cachingMode"), disk.cachingMode(), List.of("None", "ReadOnly", "ReadWrite"));
        errors.supported(path.child("kind"), disk.kind(), List.of("Dedicated", "Managed", "Shared"));
        if ("Managed".equals(disk.kind()) && !disk.diskURI().startsWith("/subscriptions/")) {
            errors.notSupported(
                    path.child("diskURI"),
                    disk.diskURI(),
                    List.of("/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/"
                            + "{disk-id}"));
        }
        if (disk.kind() != null
                && !disk.kind().equals("Managed")
                && !disk.diskURI().startsWith("https://")) {
            errors.notSupported(
                    path.child("diskURI"),
                    disk.diskURI(),
                    List.of("https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"));
        }
    }

    private void storageOs(StorageOSVolumeSource source, FieldPath path) {
        String name = Zero.text(source.volumeName());
        if (name.isEmpty()) {
            errors.required(path.child("volumeName"));
        } else {
            errors.invalid(path.child("volumeName"), name, Names.dnsLabel(name));
        }
        String namespace = Zero.text(source.volumeNamespace());
        if (!namespace.isEmpty()) {
            errors.invalid(path.child("volumeNamespace"), namespace, Names.dnsLabel(namespace));
        }
        secretName(source.secretRef(), path.child("secretRef"));
    }

    void last(Volume volume, FieldPath path, BiPredicate<@Nullable Object, FieldPath> first) {
        var scaleIo = volume.scaleIO();
        if (first.test(scaleIo, path.child("scaleIO")) && scaleIo != null) {
            errors.requireText(path.child("scaleIO", "gateway"), scaleIo.gateway());
            errors.requireText(path.child("scaleIO", "system"), scaleIo.system());
            errors.requireText(path.child("scaleIO", "volumeName"), scaleIo.volumeName());
        }
    }
}
