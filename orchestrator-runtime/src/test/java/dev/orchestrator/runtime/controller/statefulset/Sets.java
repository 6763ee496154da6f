package dev.orchestrator.runtime.controller.statefulset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.apps.RollingUpdateStatefulSetStrategy;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.apps.StatefulSetBuilder;
import dev.orchestrator.api.model.apps.StatefulSetOrdinals;
import dev.orchestrator.api.model.apps.StatefulSetSpecBuilder;
import dev.orchestrator.api.model.apps.StatefulSetUpdateStrategy;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.PodTemplateSpecBuilder;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.controller.statefulset.StatefulSetState.Version;

/**
 * Stateful sets and their pods, written short: {@code 2oA} is the pod with ordinal 2, of the old version, available; n
 * is the new version, and R is ready but not for long enough, U unready, P pending, T terminating, F failed, S
 * succeeded.
 */
final class Sets {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final Version OLD = new Version("web-old", template("app:1"));
    static final Version NEW = new Version("web-new", template("app:2"));

    private Sets() {}

    static PodTemplateSpec template(String image) {
        return PodTemplateSpecBuilder.builder()
                .metadata(
                        ObjectMetaBuilder.builder().labels(Map.of("app", "web")).build())
                .spec(PodSpecBuilder.builder()
                        .containers(List.of(ContainerBuilder.builder()
                                .name("app")
                                .image(image)
                                .build()))
                        .build())
                .build();
    }

    static StatefulSet set(int replicas, String policy) {
        return StatefulSetBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("web")
                        .namespace("default")
                        .uid("set")
                        .generation(1)
                        .build())
                .spec(StatefulSetSpecBuilder.builder()
                        .replicas(replicas)
                        .podManagementPolicy(policy)
                        .serviceName("web")
                        .minReadySeconds(10)
                        .selector(new LabelSelector(List.of(), Map.of("app", "web")))
                        .template(NEW.template())
                        .updateStrategy(rolling(0, "1"))
                        .build())
                .build();
    }

    static StatefulSetUpdateStrategy rolling(int partition, String maxUnavailable) {
        return new StatefulSetUpdateStrategy(
                new RollingUpdateStatefulSetStrategy(IntOrString.parse(maxUnavailable), partition), "RollingUpdate");
    }

    static StatefulSet with(StatefulSet set, java.util.function.UnaryOperator<StatefulSetSpecBuilder> change) {
        return StatefulSetBuilder.builder(set)
                .spec(change.apply(StatefulSetSpecBuilder.builder(set.spec())).build())
                .build();
    }

    static StatefulSet startingAt(StatefulSet set, int start) {
        return with(set, spec -> spec.ordinals(new StatefulSetOrdinals(start)));
    }

    static StatefulSetState state(StatefulSet set, String pods, PersistentVolumeClaim... claims) {
        var byName = new HashMap<String, PersistentVolumeClaim>();
        Stream.of(claims).forEach(claim -> byName.put(claim.metadata().nameOrEmpty(), claim));
        return new StatefulSetState(set, OLD, NEW, pods(set, pods), byName, NOW);
    }

    static List<Pod> pods(StatefulSet set, String text) {
        var pods = new ArrayList<Pod>();
        for (String word : text.isBlank() ? new String[0] : text.trim().split(" +", -1)) {
            int letters = word.length() - 2;
            pods.add(pod(
                    set, Integer.parseInt(word.substring(0, letters)), word.charAt(letters), word.charAt(letters + 1)));
        }
        return pods;
    }

    private static Pod pod(StatefulSet set, int ordinal, char version, char state) {
        Pod pod = PodIdentity.pod(set, version == 'n' ? NEW : OLD, ordinal);
        var metadata = ObjectMetaBuilder.builder(pod.metadata()).uid("pod" + ordinal);
        if (state == 'T') {
            metadata.deletionTimestamp(NOW);
        }
        boolean isReady = "ART".indexOf(state) >= 0;
        String phase = switch (state) {
            case 'P' -> "Pending";
            case 'F' -> "Failed";
            case 'S' -> "Succeeded";
            default -> "Running";
        };
        return PodBuilder.builder(pod)
                .metadata(metadata.build())
                .status(PodStatusBuilder.builder()
                        .phase(phase)
                        .conditions(List.of(PodConditionBuilder.builder()
                                .type("Ready")
                                .status(isReady ? "True" : "False")
                                .lastTransitionTime(state == 'R' ? NOW.minusSeconds(4) : NOW.minusSeconds(60))
                                .build()))
                        .build())
                .build();
    }

    /** {@return the steps, written short: {@code +2n} creates a new pod 2, {@code -1} deletes pod 1} */
    static String text(List<Step> steps) {
        return steps.stream()
                .map(step -> switch (step) {
                    case Step.CreatePod(int ordinal, Version version) ->
                        "+" + ordinal + (version.equals(NEW) ? "n" : "o");
                    case Step.DeletePod(Pod pod) ->
                        "-" + pod.metadata().labels().get(PodIdentity.POD_INDEX);
                    case Step.CreateClaims it -> "claims" + it.ordinal();
                    case Step.Mend it -> "mend" + it.ordinal();
                    case Step.Retain it -> "retain" + it.ordinal();
                })
                .collect(Collectors.joining(" "));
    }
}
