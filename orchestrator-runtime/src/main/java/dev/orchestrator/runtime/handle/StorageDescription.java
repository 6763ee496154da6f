package dev.orchestrator.runtime.handle;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.NodeSelectorTerm;
import dev.orchestrator.api.model.core.PersistentVolume;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.TopologySelectorTerm;
import dev.orchestrator.api.model.core.VolumeNodeAffinity;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.storage.StorageClass;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

/** What {@code describe} says about volumes, claims to them and classes of them. */
final class StorageDescription {

    private static final String CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final List<String> DEFAULT_CLASS =
            List.of("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class");

    private static final List<Map.Entry<String, String>> MODES = List.of(
            Map.entry("ReadWriteOnce", "RWO"),
            Map.entry("ReadOnlyMany", "ROX"),
            Map.entry("ReadWriteMany", "RWX"),
            Map.entry("ReadWriteOncePod", "RWOP"));

    private StorageDescription() {}

    static void volume(Sheet sheet, HandleContext context, PersistentVolume volume) {
        var metadata = volume.metadata();
        var spec = volume.spec();
        var claim = spec.claimRef();
        sheet.field("Name", metadata.nameOrEmpty())
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .field("Finalizers", GoText.list(metadata.finalizers()))
                .field("StorageClass", storageClass(metadata, spec.storageClassName()))
                .field("Status", status(context, volume, volume.status().phase()))
                .field("Claim", claim == null ? "" : claim.namespace() + "/" + claim.name())
                .field("Reclaim Policy", spec.persistentVolumeReclaimPolicy())
                .field("Access Modes", modes(spec.accessModes()))
                .optional("VolumeMode", spec.volumeMode())
                .field("Capacity", Objects.toString(spec.capacity().get("storage"), "0"));
        affinity(sheet, spec.nodeAffinity());
        sheet.field("Message", volume.status().message());
        VolumeDescription.persistent(sheet, spec);
        EventList.write(sheet, context, volume);
    }

    private static void affinity(Sheet sheet, @Nullable VolumeNodeAffinity affinity) {
        if (affinity == null || affinity.required() == null) {
            sheet.field("Node Affinity", Phrases.NONE);
            return;
        }
        List<NodeSelectorTerm> terms = affinity.required().nodeSelectorTerms();
        sheet.field("Node Affinity", "").indented(() -> {
            sheet.field("Required Terms", terms.isEmpty() ? Phrases.NONE : "");
            sheet.indented(() -> {
                for (int i = 0; i < terms.size(); i++) {
                    sheet.list(
                            "Term " + i,
                            terms.get(i).matchExpressions().stream()
                                    .map(each -> term(each.key(), each.operator(), each.values()))
                                    .toList());
                }
            });
        });
    }

    private static String term(String key, String operator, List<String> values) {
        String comparison = key + " " + operator.toLowerCase(Locale.ROOT);
        return values.isEmpty() ? comparison : comparison + " [" + Phrases.joined(values) + "]";
    }

    private static String status(HandleContext context, Resource object, @Nullable String phase) {
        var deleted = object.metadata().deletionTimestamp();
        return deleted == null
                ? Phrases.text(phase)
                : "Terminating (lasts " + Ages.since(deleted, context.time().instant()) + ")";
    }

    private static @Nullable String storageClass(ObjectMeta metadata, @Nullable String name) {
        return metadata.annotations().containsKey(CLASS)
                ? metadata.annotations().get(CLASS)
                : name;
    }

    private static String modes(List<String> modes) {
        return MODES.stream()
                .filter(mode -> modes.contains(mode.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(","));
    }

    static void claim(Sheet sheet, HandleContext context, PersistentVolumeClaim claim) {
        sheet.field("Name", claim.metadata().nameOrEmpty())
                .field("Namespace", claim.metadata().namespaceOrEmpty());
        claim(sheet, claim, status(context, claim, claim.status().phase()));
        sheet.list("Used By", users(context, claim));
        if (!claim.status().conditions().isEmpty()) {
            sheet.section("Conditions", () -> {
                sheet.row("Type", "Status", "LastProbeTime", "LastTransitionTime", "Reason", "Message");
                sheet.row("----", "------", "-----------------", "------------------", "------", "-------");
                claim.status()
                        .conditions()
                        .forEach(each -> sheet.row(
                                each.type() + " ",
                                each.status() + " ",
                                Phrases.date(each.lastProbeTime()) + " ",
                                Phrases.date(each.lastTransitionTime()) + " ",
                                Phrases.text(each.reason()) + " ",
                                each.message()));
            });
        }
        EventList.write(sheet, context, claim);
    }

    /** Describes the template of a claim, which has no state and no users. */
    static void claim(Sheet sheet, PersistentVolumeClaim template) {
        claim(sheet, template, null);
    }

    private static void claim(Sheet sheet, PersistentVolumeClaim claim, @Nullable String status) {
        var metadata = claim.metadata();
        var spec = claim.spec();
        sheet.field("StorageClass", storageClass(metadata, spec.storageClassName()));
        if (status != null) {
            sheet.field("Status", status);
        }
        sheet.field("Volume", spec.volumeName())
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations());
        if (status != null) {
            sheet.field("Finalizers", GoText.list(metadata.finalizers()));
        }
        boolean bound = spec.volumeName() != null && !spec.volumeName().isEmpty();
        Object capacity = Objects.toString(claim.status().capacity().get("storage"), "0");
        sheet.field("Capacity", bound ? capacity : "")
                .field("Access Modes", bound ? modes(claim.status().accessModes()) : "")
                .optional("VolumeMode", spec.volumeMode());
        var source = spec.dataSource();
        if (source != null) {
            sheet.section(
                    "DataSource",
                    () -> sheet.optional("APIGroup", source.apiGroup())
                            .field("Kind", source.kind())
                            .field("Name", source.name()));
        }
    }

    private static List<String> users(HandleContext context, PersistentVolumeClaim claim) {
        String name = claim.metadata().nameOrEmpty();
        return context.store().list(ResourceTypes.POD, claim.metadata().namespaceOrEmpty()).stream()
                .filter(pod -> uses(pod, name)
                        || claim.metadata().ownerReferences().stream()
                                .anyMatch(owner -> owner.kind().equals("Pod")
                                        && owner.uid().equals(pod.metadata().uidOrEmpty())))
                .map(pod -> pod.key().name())
                .sorted()
                .toList();
    }

    private static boolean uses(Pod pod, String claim) {
        return pod.spec().volumes().stream()
                .anyMatch(volume -> volume.persistentVolumeClaim() != null
                        && volume.persistentVolumeClaim().claimName().equals(claim));
    }

    /** Describes the templates of the claims of a stateful set. */
    static void templates(Sheet sheet, List<PersistentVolumeClaim> templates) {
        if (templates.isEmpty()) {
            sheet.field("Volume Claims", Phrases.NONE);
            return;
        }
        sheet.section(
                "Volume Claims",
                () -> templates.forEach(template -> {
                    var metadata = template.metadata();
                    var spec = template.spec();
                    sheet.field("Name", metadata.nameOrEmpty())
                            .field("StorageClass", storageClass(metadata, spec.storageClassName()))
                            .map("Labels", metadata.labels())
                            .map("Annotations", metadata.annotations())
                            .field(
                                    "Capacity",
                                    Objects.toString(spec.resources().requests().get("storage"), "<default>"))
                            .field("Access Modes", GoText.list(spec.accessModes()));
                }));
    }

    static void storageClass(Sheet sheet, HandleContext context, StorageClass type) {
        var metadata = type.metadata();
        sheet.field("Name", metadata.nameOrEmpty())
                .field(
                        "IsDefaultClass",
                        DEFAULT_CLASS.stream()
                                        .anyMatch(name -> "true"
                                                .equals(metadata.annotations().get(name)))
                                ? "Yes"
                                : "No")
                .field("Annotations", Phrases.labels(metadata.annotations()))
                .field("Provisioner", type.provisioner())
                .field("Parameters", Phrases.labels(type.parameters()))
                .field("AllowVolumeExpansion", Phrases.yesOrNo(type.allowVolumeExpansion()));
        if (type.mountOptions().isEmpty()) {
            sheet.field("MountOptions", Phrases.NONE);
        } else {
            sheet.section("MountOptions", () -> type.mountOptions().forEach(sheet::line));
        }
        sheet.optional("ReclaimPolicy", type.reclaimPolicy()).optional("VolumeBindingMode", type.volumeBindingMode());
        List<TopologySelectorTerm> terms = type.allowedTopologies();
        if (!terms.isEmpty()) {
            sheet.field("AllowedTopologies", "").indented(() -> {
                for (int i = 0; i < terms.size(); i++) {
                    sheet.list(
                            "Term " + i,
                            terms.get(i).matchLabelExpressions().stream()
                                    .map(each -> term(each.key(), "in", each.values()))
                                    .toList());
                }
            });
        }
        EventList.write(sheet, context, type);
    }
}
