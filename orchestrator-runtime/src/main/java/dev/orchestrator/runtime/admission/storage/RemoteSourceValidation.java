package dev.orchestrator.runtime.admission.storage;

import java.util.List;
import java.util.function.BiPredicate;

import dev.orchestrator.api.model.core.FCVolumeSource;
import dev.orchestrator.api.model.core.PersistentVolumeSpec;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import org.jspecify.annotations.Nullable;

/** The rules of the sources that lie on particular storage systems: what each must name. */
final class RemoteSourceValidation {

    private final FieldErrors errors;
    private final BiPredicate<@Nullable Object, FieldPath> first;

    RemoteSourceValidation(FieldErrors errors, BiPredicate<@Nullable Object, FieldPath> first) {
        this.errors = errors;
        this.first = first;
    }

    void beforeNfs(PersistentVolumeSpec spec, FieldPath path) {
        var gce = spec.gcePersistentDisk();
        if (first.test(gce, path.child("gcePersistentDisk")) && gce != null) {
            errors.requireText(path.child("persistentDisk", "pdName"), gce.pdName());
            partition(gce.partition(), path.child("persistentDisk", "partition"));
        }
        var aws = spec.awsElasticBlockStore();
        if (first.test(aws, path.child("awsElasticBlockStore")) && aws != null) {
            errors.requireText(path.child("awsElasticBlockStore", "volumeID"), aws.volumeID());
            partition(aws.partition(), path.child("awsElasticBlockStore", "partition"));
        }
        var gluster = spec.glusterfs();
        if (first.test(gluster, path.child("glusterfs")) && gluster != null) {
            errors.requireText(path.child("glusterfs", "endpoints"), gluster.endpoints());
            errors.requireText(path.child("glusterfs", "path"), gluster.path());
        }
        var flocker = spec.flocker();
        if (first.test(flocker, path.child("flocker")) && flocker != null) {
            boolean named = !Zero.isEmpty(flocker.datasetName());
            boolean identified = !Zero.isEmpty(flocker.datasetUUID());
            if (!named && !identified) {
                errors.required(path.child("flocker"), "one of datasetName and datasetUUID is required");
            }
        }
    }

    private void partition(@Nullable Integer partition, FieldPath path) {
        if (partition != null && (partition < 0 || partition > 255)) {
            errors.invalid(path, partition, Names.range(1, 255));
        }
    }

    void beforeLocal(PersistentVolumeSpec spec, FieldPath path) {
        var rbd = spec.rbd();
        if (first.test(rbd, path.child("rbd")) && rbd != null) {
            atLeastOne(rbd.monitors(), path.child("rbd", "monitors"));
            errors.requireText(path.child("rbd", "image"), rbd.image());
        }
        var quobyte = spec.quobyte();
        if (first.test(quobyte, path.child("quobyte")) && quobyte != null) {
            errors.requireText(path.child("quobyte", "registry"), quobyte.registry());
            errors.requireText(path.child("quobyte", "volume"), quobyte.volume());
        }
        var ceph = spec.cephfs();
        if (first.test(ceph, path.child("cephFS")) && ceph != null) {
            atLeastOne(ceph.monitors(), path.child("cephfs", "monitors"));
        }
        var iscsi = spec.iscsi();
        if (first.test(iscsi, path.child("iscsi")) && iscsi != null) {
            errors.requireText(path.child("iscsi", "targetPortal"), iscsi.targetPortal());
            errors.requireText(path.child("iscsi", "iqn"), iscsi.iqn());
            errors.range(path.child("iscsi", "lun"), iscsi.lun(), 0, 255);
        }
        var cinder = spec.cinder();
        if (first.test(cinder, path.child("cinder")) && cinder != null) {
            errors.requireText(path.child("cinder", "volumeID"), cinder.volumeID());
        }
        fibreChannel(spec.fc(), path.child("fc"));
        var flex = spec.flexVolume();
        if (first.test(flex, path.child("flexVolume")) && flex != null) {
            errors.requireText(path.child("flexVolume", "driver"), flex.driver());
        }
        named(spec, path);
    }

    private void named(PersistentVolumeSpec spec, FieldPath path) {
        var azureFile = spec.azureFile();
        if (first.test(azureFile, path.child("azureFile")) && azureFile != null) {
            errors.requireText(path.child("azureFile", "secretName"), azureFile.secretName());
            errors.requireText(path.child("azureFile", "shareName"), azureFile.shareName());
        }
        var vsphere = spec.vsphereVolume();
        if (first.test(vsphere, path.child("vsphereVolume")) && vsphere != null) {
            errors.requireText(path.child("vsphereVolume", "volumePath"), vsphere.volumePath());
        }
        var photon = spec.photonPersistentDisk();
        if (first.test(photon, path.child("photonPersistentDisk")) && photon != null) {
            errors.requireText(path.child("photonPersistentDisk", "pdID"), photon.pdID());
        }
        var portworx = spec.portworxVolume();
        if (first.test(portworx, path.child("portworxVolume")) && portworx != null) {
            errors.requireText(path.child("portworxVolume", "volumeID"), portworx.volumeID());
        }
        var azureDisk = spec.azureDisk();
        if (first.test(azureDisk, path.child("azureDisk")) && azureDisk != null) {
            errors.requireText(path.child("azureDisk", "diskName"), azureDisk.diskName());
            errors.requireText(path.child("azureDisk", "diskURI"), azureDisk.diskURI());
        }
        var scaleIo = spec.scaleIO();
        if (first.test(scaleIo, path.child("scaleIO")) && scaleIo != null) {
            errors.requireText(path.child("scaleIO", "gateway"), scaleIo.gateway());
            errors.requireText(path.child("scaleIO", "system"), scaleIo.system());
            errors.requireText(path.child("scaleIO", "volumeName"), scaleIo.volumeName());
        }
    }

    private void atLeastOne(List<String> monitors, FieldPath path) {
        if (monitors.isEmpty()) {
            errors.required(path);
        }
    }

    private void fibreChannel(@Nullable FCVolumeSource source, FieldPath path) {
        if (!first.test(source, path) || source == null) {
            return;
        }
        FieldPath names = path.child("targetWWNs");
        if (source.targetWWNs().isEmpty() && source.wwids().isEmpty()) {
            errors.required(names, "must specify either targetWWNs or wwids, but not both");
        }
        if (!source.targetWWNs().isEmpty() && !source.wwids().isEmpty()) {
            errors.invalid(names, source.targetWWNs(), "targetWWNs and wwids can not be specified simultaneously");
        }
        if (!source.targetWWNs().isEmpty() && source.lun() == null) {
            errors.required(path.child("lun"), "lun is required if targetWWNs is specified");
        }
        errors.range(path.child("lun"), source.lun(), 0, 255);
    }
}
