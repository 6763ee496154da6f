package dev.orchestrator.runtime.admission.pod;

import java.util.List;

import dev.orchestrator.runtime.admission.kind.KindRules;

/** The rules of the kinds that are pods or hold one pod. */
public final class PodRules {

    private PodRules() {}

    /** {@return the rules of pods and pod templates} */
    public static List<KindRules<?>> all() {
        return List.of();
    }
}
