package dev.orchestrator.api.model.core;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** What a persistent volume is and who may use it. */
@Model
public record PersistentVolumeSpec(
        List<String> accessModes,
        @Nullable AWSElasticBlockStoreVolumeSource awsElasticBlockStore,
        @Nullable AzureDiskVolumeSource azureDisk,
        @Nullable AzureFilePersistentVolumeSource azureFile,
        Map<String, Quantity> capacity,
        @Nullable CephFSPersistentVolumeSource cephfs,
        @Nullable CinderPersistentVolumeSource cinder,
        @Nullable ObjectReference claimRef,
        @Nullable CSIPersistentVolumeSource csi,
        @Nullable FCVolumeSource fc,
        @Nullable FlexPersistentVolumeSource flexVolume,
        @Nullable FlockerVolumeSource flocker,
        @Nullable GCEPersistentDiskVolumeSource gcePersistentDisk,
        @Nullable GlusterfsPersistentVolumeSource glusterfs,
        @Nullable HostPathVolumeSource hostPath,
        @Nullable ISCSIPersistentVolumeSource iscsi,
        @Nullable LocalVolumeSource local,
        List<String> mountOptions,
        @Nullable NFSVolumeSource nfs,
        @Nullable VolumeNodeAffinity nodeAffinity,
        @Nullable String persistentVolumeReclaimPolicy,
        @Nullable PhotonPersistentDiskVolumeSource photonPersistentDisk,
        @Nullable PortworxVolumeSource portworxVolume,
        @Nullable QuobyteVolumeSource quobyte,
        @Nullable RBDPersistentVolumeSource rbd,
        @Nullable ScaleIOPersistentVolumeSource scaleIO,
        @Nullable String storageClassName,
        @Nullable StorageOSPersistentVolumeSource storageos,
        @Nullable String volumeAttributesClassName,
        @Nullable String volumeMode,
        @Nullable VsphereVirtualDiskVolumeSource vsphereVolume) {

    /** With nothing set. */
    public static final PersistentVolumeSpec EMPTY =
            PersistentVolumeSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PersistentVolumeSpec {
        accessModes = Immutables.list(accessModes);
        capacity = Immutables.map(capacity);
        mountOptions = Immutables.list(mountOptions);
    }
}
