package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A directory or file that the containers of a pod can mount. */
@Model
public record Volume(
        @Nullable AWSElasticBlockStoreVolumeSource awsElasticBlockStore,
        @Nullable AzureDiskVolumeSource azureDisk,
        @Nullable AzureFileVolumeSource azureFile,
        @Nullable CephFSVolumeSource cephfs,
        @Nullable CinderVolumeSource cinder,
        @Nullable ConfigMapVolumeSource configMap,
        @Nullable CSIVolumeSource csi,
        @Nullable DownwardAPIVolumeSource downwardAPI,
        @Nullable EmptyDirVolumeSource emptyDir,
        @Nullable EphemeralVolumeSource ephemeral,
        @Nullable FCVolumeSource fc,
        @Nullable FlexVolumeSource flexVolume,
        @Nullable FlockerVolumeSource flocker,
        @Nullable GCEPersistentDiskVolumeSource gcePersistentDisk,
        @Nullable GitRepoVolumeSource gitRepo,
        @Nullable GlusterfsVolumeSource glusterfs,
        @Nullable HostPathVolumeSource hostPath,
        @Nullable ImageVolumeSource image,
        @Nullable ISCSIVolumeSource iscsi,
        @Required String name,
        @Nullable NFSVolumeSource nfs,
        @Nullable PersistentVolumeClaimVolumeSource persistentVolumeClaim,
        @Nullable PhotonPersistentDiskVolumeSource photonPersistentDisk,
        @Nullable PortworxVolumeSource portworxVolume,
        @Nullable ProjectedVolumeSource projected,
        @Nullable QuobyteVolumeSource quobyte,
        @Nullable RBDVolumeSource rbd,
        @Nullable ScaleIOVolumeSource scaleIO,
        @Nullable SecretVolumeSource secret,
        @Nullable StorageOSVolumeSource storageos,
        @Nullable VsphereVirtualDiskVolumeSource vsphereVolume) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Volume {
        name = Immutables.text(name);
    }
}
