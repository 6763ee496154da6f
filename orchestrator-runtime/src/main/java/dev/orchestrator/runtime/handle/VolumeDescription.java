package dev.orchestrator.runtime.handle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.core.DownwardAPIVolumeFile;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.PersistentVolumeClaimStatus;
import dev.orchestrator.api.model.core.PersistentVolumeClaimTemplate;
import dev.orchestrator.api.model.core.PersistentVolumeSpec;
import dev.orchestrator.api.model.core.Volume;
import dev.orchestrator.api.model.core.VolumeProjection;
import dev.orchestrator.runtime.codec.Codec;
import org.jspecify.annotations.Nullable;

/** What {@code describe} says about where the content of a volume comes from. */
final class VolumeDescription {

    /** A line about a source: its label, the field it shows and what stands there when the field is absent. */
    private record Line(String label, String field, String absent) {

        static Line parse(String text) {
            String[] sides = text.strip().split("=", 2);
            String[] field = sides[1].split(":", 2);
            return new Line(sides[0], field[0], field.length == 1 ? "" : field[1]);
        }
    }

    /** What is shown of a source. */
    private record Source(String field, String type, List<Line> lines) {

        static Source parse(String row) {
            String[] cells = row.split("\\|", -1);
            List<Line> lines = cells[2].isBlank()
                    ? List.of()
                    : Arrays.stream(cells[2].split(";", -1)).map(Line::parse).toList();
            return new Source(cells[0].strip(), cells[1].strip(), lines);
        }
    }

    private static final List<Source> SOURCES = """
            hostPath | HostPath (bare host directory volume) | Path=path; HostPathType=type:<none>
            emptyDir | EmptyDir (a temporary directory that shares a pod's lifetime) | Medium=medium; SizeLimit=sizeLimit:<unset>
            gcePersistentDisk | GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine) | PDName=pdName; FSType=fsType; Partition=partition:0; ReadOnly=readOnly:false
            awsElasticBlockStore | AWSElasticBlockStore (a Persistent Disk resource in AWS) | VolumeID=volumeID; FSType=fsType; Partition=partition:0; ReadOnly=readOnly:false
            gitRepo | GitRepo (a volume that is pulled from git when the pod is created) | Repository=repository; Revision=revision
            secret | Secret (a volume populated by a Secret) | SecretName=secretName; Optional=optional:false
            configMap | ConfigMap (a volume populated by a ConfigMap) | Name=name; Optional=optional:false
            nfs | NFS (an NFS mount that lasts the lifetime of a pod) | Server=server; Path=path; ReadOnly=readOnly:false
            iscsi | ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod) | TargetPortal=targetPortal; IQN=iqn; Lun=lun:0; ISCSIInterface=iscsiInterface; FSType=fsType; ReadOnly=readOnly:false; Portals=portals:[]; DiscoveryCHAPAuth=chapAuthDiscovery:false; SessionCHAPAuth=chapAuthSession:false; SecretRef=secretRef:<none>; InitiatorName=initiatorName:<none>
            glusterfs | Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime) | EndpointsName=endpoints; Path=path; ReadOnly=readOnly:false
            persistentVolumeClaim | PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace) | ClaimName=claimName; ReadOnly=readOnly:false
            ephemeral | EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod) |
            rbd | RBD (a Rados Block Device mount on the host that shares a pod's lifetime) | CephMonitors=monitors:[]; RBDImage=image; FSType=fsType; RBDPool=pool; RadosUser=user; Keyring=keyring; SecretRef=secretRef:<none>; ReadOnly=readOnly:false
            quobyte | Quobyte (a Quobyte mount on the host that shares a pod's lifetime) | Registry=registry; Volume=volume; ReadOnly=readOnly:false
            downwardAPI | DownwardAPI (a volume populated by information about the pod) |
            azureDisk | AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod) | DiskName=diskName; DiskURI=diskURI; Kind=kind; FSType=fsType; CachingMode=cachingMode; ReadOnly=readOnly:false
            vsphereVolume | vSphereVolume (a Persistent Disk resource in vSphere) | VolumePath=volumePath; FSType=fsType; StoragePolicyName=storagePolicyName
            cinder | Cinder (a Persistent Disk resource in OpenStack) | VolumeID=volumeID; FSType=fsType; ReadOnly=readOnly:false; SecretRef=secretRef:<none>
            photonPersistentDisk | PhotonPersistentDisk (a Persistent Disk resource in photon platform) | PdID=pdID; FSType=fsType
            portworxVolume | PortworxVolume (a Portworx Volume resource) | VolumeID=volumeID
            scaleIO | ScaleIO (a persistent volume backed by a block device in ScaleIO) | Gateway=gateway; System=system; Protection Domain=protectionDomain; Storage Pool=storagePool; Storage Mode=storageMode; VolumeName=volumeName; FSType=fsType; ReadOnly=readOnly:false
            local | LocalVolume (a persistent volume backed by local storage on a node) | Path=path
            cephfs | CephFS (a CephFS mount on the host that shares a pod's lifetime) | Monitors=monitors:[]; Path=path; User=user; SecretFile=secretFile; SecretRef=secretRef:<none>; ReadOnly=readOnly:false
            storageos | StorageOS (a StorageOS Persistent Disk resource) | VolumeName=volumeName; VolumeNamespace=volumeNamespace; FSType=fsType; ReadOnly=readOnly:false
            fc | FC (a Fibre Channel disk) | TargetWWNs=targetWWNs; LUN=lun:<none>; FSType=fsType; ReadOnly=readOnly:false
            azureFile | AzureFile (an Azure File Service mount on the host and bind mount to the pod) | SecretName=secretName; ShareName=shareName; ReadOnly=readOnly:false
            flexVolume | FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin) | Driver=driver; FSType=fsType; SecretRef=secretRef:<none>; ReadOnly=readOnly:false; Options=options:map[]
            flocker | Flocker (a Flocker volume mounted by the Flocker agent) | DatasetName=datasetName; DatasetUUID=datasetUUID
            projected | Projected (a volume that contains injected data from multiple sources) |
            csi | CSI (a Container Storage Interface (CSI) volume source) | Driver=driver; FSType=fsType; VolumeHandle=volumeHandle; ReadOnly=readOnly:false
            image | Image (a container image or OCI artifact) | Reference=reference; PullPolicy=pullPolicy
            """.lines().map(Source::parse).toList();

    private VolumeDescription() {}

    /** Describes the volumes of a pod, or of a template, which kubectl indents otherwise. */
    static void volumes(Sheet sheet, List<Volume> volumes, boolean ofTemplate) {
        String indent = ofTemplate ? "  " : "";
        if (volumes.isEmpty()) {
            sheet.field(indent + "Volumes", Phrases.NONE);
            return;
        }
        sheet.line(indent + "Volumes:");
        sheet.indented(() -> volumes.forEach(volume -> {
            sheet.line((ofTemplate ? " " : "") + volume.name() + ":");
            sheet.indented(() -> volume(sheet, volume));
        }));
    }

    private static void volume(Sheet sheet, Volume volume) {
        source(sheet, Codec.toTree(volume));
        if (volume.csi() != null) {
            attributes(sheet, volume.csi().volumeAttributes());
        }
        if (volume.projected() != null) {
            volume.projected().sources().forEach(source -> projection(sheet, source));
        }
        var downward = volume.downwardAPI();
        if (downward != null) {
            sheet.section("Items", () -> downward.items().forEach(item -> sheet.line(item(item))));
        }
        if (volume.ephemeral() != null && volume.ephemeral().volumeClaimTemplate() != null) {
            PersistentVolumeClaimTemplate template = volume.ephemeral().volumeClaimTemplate();
            StorageDescription.claim(
                    sheet,
                    new PersistentVolumeClaim(template.metadata(), template.spec(), PersistentVolumeClaimStatus.EMPTY));
        }
    }

    /** Describes the source of a persistent volume. */
    static void persistent(Sheet sheet, PersistentVolumeSpec spec) {
        sheet.line("Source:");
        sheet.indented(() -> sheet.indented(() -> {
            source(sheet, Codec.toTree(spec));
            if (spec.csi() != null) {
                attributes(sheet, spec.csi().volumeAttributes());
            }
        }));
    }

    private static void source(Sheet sheet, Map<String, Object> tree) {
        for (Source source : SOURCES) {
            if (tree.get(source.field()) instanceof Map<?, ?> fields) {
                sheet.field("Type", source.type());
                // An inline volume has no handle, and kubectl has no line for it then.
                source.lines().stream()
                        .filter(line -> !line.field().equals("volumeHandle") || fields.containsKey("volumeHandle"))
                        .forEach(line -> sheet.field(line.label(), shown(fields.get(line.field()), line.absent())));
                return;
            }
        }
        sheet.line("<unknown>");
    }

    private static String shown(@Nullable Object value, String absent) {
        return switch (value) {
            case null -> absent;
            case List<?> list
            when absent.isEmpty() -> list.stream().map(Object::toString).collect(Collectors.joining(", "));
            case List<?> list -> list.stream().map(Object::toString).collect(Collectors.joining(" ", "[", "]"));
            case Map<?, ?> map
            when map.containsKey("name") ->
                map.containsKey("namespace") ? map.get("namespace") + "/" + map.get("name") : "" + map.get("name");
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> entry.getKey() + ":" + entry.getValue())
                        .sorted()
                        .collect(Collectors.joining(" ", "map[", "]"));
            default -> value.toString();
        };
    }

    // kubectl indents each attribute once more.
    private static void attributes(Sheet sheet, Map<String, String> attributes) {
        var lines = new ArrayList<String>();
        new TreeMap<>(attributes).forEach((key, value) -> lines.add("    " + key + "=" + value));
        sheet.list("VolumeAttributes", lines);
    }

    private static void projection(Sheet sheet, VolumeProjection source) {
        var secret = source.secret();
        var map = source.configMap();
        var token = source.serviceAccountToken();
        if (secret != null) {
            sheet.field("SecretName", secret.name()).field("Optional", Boolean.TRUE.equals(secret.optional()));
        } else if (source.downwardAPI() != null) {
            sheet.field("DownwardAPI", true);
        } else if (map != null) {
            sheet.field("ConfigMapName", map.name()).field("Optional", Boolean.TRUE.equals(map.optional()));
        } else if (token != null) {
            sheet.field("TokenExpirationSeconds", token.expirationSeconds());
        }
    }

    private static String item(DownwardAPIVolumeFile item) {
        var field = item.fieldRef();
        var resource = item.resourceFieldRef();
        String what = field != null ? field.fieldPath() : resource == null ? "" : resource.resource();
        return what + " -> " + item.path();
    }
}
