package dev.orchestrator.runtime.controller.daemonset;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.DaemonSetBuilder;
import dev.orchestrator.api.model.apps.DaemonSetSpecBuilder;
import dev.orchestrator.api.model.apps.DaemonSetUpdateStrategy;
import dev.orchestrator.api.model.apps.RollingUpdateDaemonSet;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpecBuilder;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.controller.daemonset.NodeChoice.Place;

/**
 * Daemon sets, nodes and pods, written short: {@code aW bT cU} are three nodes of which the first is wanted, the second
 * tolerated and the third unwanted; {@code a:oA} is a pod on the first, of the old version, available; n is the new
 * version, and R is ready but not for long enough, U unready, T terminating, F failed, S succeeded.
 */
final class DaemonSets {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private DaemonSets() {}

    static DaemonSet set(String maxUnavailable, String maxSurge) {
        return DaemonSetBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name("agent")
                        .namespace("default")
                        .uid("set")
                        .generation(1)
                        .build())
                .spec(DaemonSetSpecBuilder.builder()
                        .minReadySeconds(10)
                        .selector(new LabelSelector(List.of(), Map.of("app", "agent")))
                        .template(PodTemplateSpecBuilder.builder()
                                .metadata(ObjectMetaBuilder.builder()
                                        .labels(Map.of("app", "agent"))
                                        .build())
                                .spec(PodSpecBuilder.builder()
                                        .containers(List.of(ContainerBuilder.builder()
                                                .name("app")
                                                .image("agent:1")
                                                .build()))
                                        .build())
                                .build())
                        .updateStrategy(new DaemonSetUpdateStrategy(
                                new RollingUpdateDaemonSet(
                                        IntOrString.parse(maxSurge), IntOrString.parse(maxUnavailable)),
                                "RollingUpdate"))
                        .build())
                .build();
    }

    static DaemonSetState state(DaemonSet set, String nodes, String pods) {
        var places = new LinkedHashMap<String, Place>();
        for (String node : words(nodes)) {
            Place place = switch (node.charAt(1)) {
                case 'W' -> Place.WANTED;
                case 'T' -> Place.TOLERATED;
                default -> Place.UNWANTED;
            };
            places.put(node.substring(0, 1), place);
        }
        var all = new ArrayList<Pod>();
        for (String word : words(pods)) {
            all.add(pod(set, word, all.size()));
        }
        return DaemonSetState.of(set, "new", places, all, NOW);
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split(" +", -1));
    }

    private static Pod pod(DaemonSet set, String word, int number) {
        String node = word.substring(0, 1);
        char state = word.charAt(3);
        Pod pod = DaemonPod.of(set, word.charAt(2) == 'n' ? "new" : "old", node);
        var metadata = ObjectMetaBuilder.builder(pod.metadata())
                .name(word)
                .uid("pod" + number)
                .creationTimestamp(NOW.minusSeconds(1_000 - number));
        if (state == 'T') {
            metadata.deletionTimestamp(NOW);
        }
        boolean isReady = "ART".indexOf(state) >= 0;
        String phase = state == 'F' ? "Failed" : state == 'S' ? "Succeeded" : "Running";
        return PodBuilder.builder(pod)
                .metadata(metadata.build())
                .status(PodStatusBuilder.builder()
                        .phase(phase)
                        .conditions(List.of(PodConditionBuilder.builder()
                                .type("Ready")
                                .status(isReady ? "True" : "False")
                                .lastTransitionTime(NOW.minus(Duration.ofSeconds(state == 'R' ? 4 : 60)))
                                .build()))
                        .build())
                .build();
    }

    /** {@return a plan, written short: {@code +a} creates a pod on a, {@code -a:oA} deletes that pod} */
    static String text(DaemonSetPlan plan) {
        var words = new ArrayList<String>();
        plan.create().forEach(node -> words.add("+" + node));
        plan.delete().forEach(pod -> words.add("-" + pod.metadata().nameOrEmpty()));
        return String.join(" ", words);
    }
}
