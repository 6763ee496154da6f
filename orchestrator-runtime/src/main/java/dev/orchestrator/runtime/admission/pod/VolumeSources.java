package dev.orchestrator.runtime.admission.pod;

import java.util.Objects;
import java.util.stream.Stream;

import dev.orchestrator.api.model.core.Volume;

/** Counts the sources of a volume: it must have exactly one. */
final class VolumeSources {

    private VolumeSources() {}

    static int count(Volume volume) {
        return (int) Stream.of(
                        volume.awsElasticBlockStore(),
                        volume.azureDisk(),
                        volume.azureFile(),
                        volume.cephfs(),
                        volume.cinder(),
                        volume.configMap(),
                        volume.csi(),
                        volume.downwardAPI(),
                        volume.emptyDir(),
                        volume.ephemeral(),
                        volume.fc(),
                        volume.flexVolume(),
                        volume.flocker(),
                        volume.gcePersistentDisk(),
                        volume.gitRepo(),
                        volume.glusterfs(),
                        volume.hostPath(),
                        volume.image(),
                        volume.iscsi(),
                        volume.nfs(),
                        volume.persistentVolumeClaim(),
                        volume.photonPersistentDisk(),
                        volume.portworxVolume(),
                        volume.projected(),
                        volume.quobyte(),
                        volume.rbd(),
                        volume.scaleIO(),
                        volume.secret(),
                        volume.storageos(),
                        volume.vsphereVolume())
                .filter(Objects::nonNull)
                .count();
    }
}
