package dev.orchestrator.runtime.scheduler.framework;

import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.core.Affinity;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodAffinity;
import dev.orchestrator.api.model.core.PodAffinityTerm;
import dev.orchestrator.api.model.core.PodAntiAffinity;
import dev.orchestrator.runtime.scheduler.framework.AffinityTerm.Weighted;
import org.jspecify.annotations.Nullable;

/**
 * What a pod wants of the places of other pods, ready to be asked: affinity, anti-affinity and spreading.
 *
 * <p>Compared by identity: pods of one template share it.
 */
public final class PodTerms {

    /** Of a pod that wants nothing. */
    public static final PodTerms NONE = new PodTerms();

    private final List<AffinityTerm> affinity;
    private final List<AffinityTerm> antiAffinity;
    private final List<Weighted> preferred;
    private final List<Weighted> attracting;
    private final List<SpreadConstraint> mustSpread;
    private final List<SpreadConstraint> shouldSpread;

    private PodTerms() {
        affinity = List.of();
        antiAffinity = List.of();
        preferred = List.of();
        attracting = List.of();
        mustSpread = List.of();
        shouldSpread = List.of();
    }

    private PodTerms(Pod pod) {
        PodClass owner = PodClass.of(pod);
        String namespace = owner.namespace();
        Affinity given = pod.spec().affinity();
        PodAffinity near = given == null ? null : given.podAffinity();
        PodAntiAffinity far = given == null ? null : given.podAntiAffinity();
        affinity = near == null ? List.of() : terms(near.requiredDuringSchedulingIgnoredDuringExecution(), namespace);
        antiAffinity = far == null ? List.of() : terms(far.requiredDuringSchedulingIgnoredDuringExecution(), namespace);
        preferred = weighted(near, far, namespace);
        var all = new ArrayList<>(preferred);
        affinity.forEach(term -> all.add(new Weighted(term, 1)));
        attracting = List.copyOf(all);
        mustSpread = SpreadConstraint.of(pod.spec(), owner, "DoNotSchedule");
        shouldSpread = SpreadConstraint.of(pod.spec(), owner, "ScheduleAnyway");
    }

    /** {@return what the pod wants} */
    public static PodTerms of(Pod pod) {
        return wantsNothing(pod) ? NONE : new PodTerms(pod);
    }

    /** {@return whether a pod says nothing at all about other pods} */
    public static boolean wantsNothing(Pod pod) {
        Affinity affinity = pod.spec().affinity();
        return pod.spec().topologySpreadConstraints().isEmpty()
                && (affinity == null || (affinity.podAffinity() == null && affinity.podAntiAffinity() == null));
    }

    private static List<AffinityTerm> terms(List<PodAffinityTerm> given, String namespace) {
        return given.stream().map(term -> AffinityTerm.of(term, namespace)).toList();
    }

    private static List<Weighted> weighted(
            @Nullable PodAffinity near, @Nullable PodAntiAffinity far, String namespace) {
        var weighted = new ArrayList<Weighted>();
        if (near != null) {
            near.preferredDuringSchedulingIgnoredDuringExecution()
                    .forEach(each -> weighted.add(
                            new Weighted(AffinityTerm.of(each.podAffinityTerm(), namespace), each.weight())));
        }
        if (far != null) {
            far.preferredDuringSchedulingIgnoredDuringExecution()
                    .forEach(each -> weighted.add(
                            new Weighted(AffinityTerm.of(each.podAffinityTerm(), namespace), -each.weight())));
        }
        return List.copyOf(weighted);
    }

    /** {@return the pods it must be near: all that match every one of these} */
    public List<AffinityTerm> affinity() {
        return affinity;
    }

    /** {@return the pods it must not be near} */
    public List<AffinityTerm> antiAffinity() {
        return antiAffinity;
    }

    /** {@return the pods it would like to be near or away from} */
    public List<Weighted> preferred() {
        return preferred;
    }

    /** {@return how it, once it has a place, draws or repels pods that are to be placed} */
    public List<Weighted> attracting() {
        return attracting;
    }

    /** {@return how it must be spread} */
    public List<SpreadConstraint> mustSpread() {
        return mustSpread;
    }

    /** {@return how it would like to be spread} */
    public List<SpreadConstraint> shouldSpread() {
        return shouldSpread;
    }
}
