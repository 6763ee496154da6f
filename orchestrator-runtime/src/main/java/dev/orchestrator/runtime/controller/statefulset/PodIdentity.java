package dev.orchestrator.runtime.controller.statefulset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.PersistentVolumeClaimVolumeSource;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.Volume;
import dev.orchestrator.api.model.core.VolumeBuilder;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.claim.Claimer;
import dev.orchestrator.runtime.revision.Revisions;

/** What makes a pod the one of its ordinal: its name, labels, host name and claims. */
final class PodIdentity {

    static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
    static final String POD_INDEX = "apps.kubernetes.io/pod-index";

    private static final int MOST_DIGITS = 10;

    private PodIdentity() {}

    static String name(StatefulSet set, int ordinal) {
        return set.metadata().nameOrEmpty() + "-" + ordinal;
    }

    /** {@return the name of the stateful set that a pod of this name would belong to; empty if none could be} */
    static String parent(String pod) {
        int dash = pod.lastIndexOf('-');
        return dash > 0 && number(pod.substring(dash + 1)).isPresent() ? pod.substring(0, dash) : "";
    }

    /** {@return the ordinal of a pod of the set; empty if no pod of the set has this name} */
    static OptionalInt ordinal(StatefulSet set, Pod pod) {
        String name = pod.metadata().nameOrEmpty();
        return parent(name).equals(set.metadata().nameOrEmpty())
                ? number(name.substring(name.lastIndexOf('-') + 1))
                : OptionalInt.empty();
    }

    /** Only as this controller writes it: {@code web-01} is no other name of {@code web-1}. */
    private static OptionalInt number(String text) {
        boolean canonical = !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        if (!canonical) {
            return OptionalInt.empty();
        }
        long number = Long.parseLong(text);
        return number <= Integer.MAX_VALUE ? OptionalInt.of((int) number) : OptionalInt.empty();
    }

    static boolean isWanted(StatefulSet set, int ordinal) {
        return ordinal >= set.firstOrdinal() && ordinal - set.firstOrdinal() < set.desiredReplicas();
    }

    /** {@return the pod of an ordinal, to be created} */
    static Pod pod(StatefulSet set, StatefulSetState.Version version, int ordinal) {
        var template = version.template();
        String name = name(set, ordinal);
        var labels = new HashMap<>(template.metadata().labels());
        labels.put(POD_NAME, name);
        labels.put(POD_INDEX, Integer.toString(ordinal));
        labels.put(Revisions.POD_LABEL, version.name());
        var metadata = ObjectMetaBuilder.builder()
                .name(name)
                .generateName(set.metadata().nameOrEmpty() + "-")
                .namespace(set.metadata().namespace())
                .labels(labels)
                .annotations(template.metadata().annotations())
                .finalizers(template.metadata().finalizers())
                .ownerReferences(List.of(Claimer.reference(set)))
                .build();
        var spec = PodSpecBuilder.builder(template.spec())
                .hostname(name)
                .subdomain(set.spec().serviceName())
                .volumes(volumes(set, template.spec(), ordinal))
                .build();
        return PodBuilder.builder().metadata(metadata).spec(spec).build();
    }

    private static List<Volume> volumes(StatefulSet set, PodSpec spec, int ordinal) {
        List<PersistentVolumeClaim> templates = set.spec().volumeClaimTemplates();
        if (templates.isEmpty()) {
            return spec.volumes();
        }
        var volumes = new ArrayList<Volume>();
        for (PersistentVolumeClaim template : templates) {
            volumes.add(VolumeBuilder.builder()
                    .name(template.metadata().nameOrEmpty())
                    .persistentVolumeClaim(
                            new PersistentVolumeClaimVolumeSource(claimName(set, template, ordinal), false))
                    .build());
        }
        for (Volume volume : spec.volumes()) {
            if (templates.stream()
                    .noneMatch(template -> template.metadata().nameOrEmpty().equals(volume.name()))) {
                volumes.add(volume);
            }
        }
        return volumes;
    }

    static String claimName(StatefulSet set, PersistentVolumeClaim template, int ordinal) {
        return template.metadata().nameOrEmpty() + "-" + name(set, ordinal);
    }

    /** {@return the names of the claims of an ordinal} */
    static List<String> claimNames(StatefulSet set, int ordinal) {
        return set.spec().volumeClaimTemplates().stream()
                .map(template -> claimName(set, template, ordinal))
                .toList();
    }

    /** {@return the claims of an ordinal, to be created} */
    static List<PersistentVolumeClaim> claims(StatefulSet set, int ordinal) {
        return set.spec().volumeClaimTemplates().stream()
                .map(template -> claim(set, template, ordinal))
                .toList();
    }

    private static PersistentVolumeClaim claim(StatefulSet set, PersistentVolumeClaim template, int ordinal) {
        var labels = new HashMap<>(template.metadata().labels());
        LabelSelector selector = set.spec().selector();
        labels.putAll(selector == null ? Map.of() : selector.matchLabels());
        return template.withMetadata(ObjectMetaBuilder.builder(template.metadata())
                .name(claimName(set, template, ordinal))
                .namespace(set.metadata().namespace())
                .labels(labels)
                .build());
    }

    /** {@return the pod with the labels and volumes of its ordinal; itself if it has them} */
    static Pod mended(StatefulSet set, Pod pod, int ordinal) {
        Pod named = named(set, pod, ordinal);
        if (hasClaims(set, pod, ordinal)) {
            return named;
        }
        return PodBuilder.builder(named)
                .spec(PodSpecBuilder.builder(named.spec())
                        .volumes(volumes(set, named.spec(), ordinal))
                        .build())
                .build();
    }

    private static Pod named(StatefulSet set, Pod pod, int ordinal) {
        Map<String, String> present = pod.metadata().labels();
        String name = name(set, ordinal);
        String index = Integer.toString(ordinal);
        if (name.equals(present.get(POD_NAME)) && index.equals(present.get(POD_INDEX))) {
            return pod;
        }
        var labels = new HashMap<>(present);
        labels.put(POD_NAME, name);
        labels.put(POD_INDEX, index);
        return pod.withMetadata(
                ObjectMetaBuilder.builder(pod.metadata()).labels(labels).build());
    }

    static boolean hasClaims(StatefulSet set, Pod pod, int ordinal) {
        for (PersistentVolumeClaim template : set.spec().volumeClaimTemplates()) {
            String claim = claimName(set, template, ordinal);
            boolean mounted = pod.spec().volumes().stream()
                    .anyMatch(volume -> volume.name().equals(template.metadata().nameOrEmpty())
                            && volume.persistentVolumeClaim() != null
                            && volume.persistentVolumeClaim().claimName().equals(claim));
            if (!mounted) {
                return false;
            }
        }
        return true;
    }
}
