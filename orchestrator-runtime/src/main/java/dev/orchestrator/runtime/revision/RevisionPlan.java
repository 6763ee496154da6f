package dev.orchestrator.runtime.revision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.orchestrator.api.model.apps.ControllerRevision;
import dev.orchestrator.api.model.core.PodTemplateSpec;

/**
 * Which revision stands for the present template.
 *
 * @param kept the revision that keeps it; empty when none does
 * @param number the number that revision is to have: higher than those of all other templates
 */
record RevisionPlan(Optional<ControllerRevision> kept, long number) {

    static final Comparator<ControllerRevision> OLDEST_FIRST = Comparator.comparingLong(ControllerRevision::revision)
            .thenComparing(
                    revision -> revision.metadata().creationTimestamp(),
                    Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(revision -> revision.metadata().nameOrEmpty());

    /** Compares what is kept with the present template; changes nothing. A template that comes back is renumbered. */
    static RevisionPlan of(List<ControllerRevision> revisions, PodTemplateSpec template) {
        ControllerRevision kept = null;
        long others = 0;
        for (ControllerRevision revision :
                revisions.stream().sorted(OLDEST_FIRST).toList()) {
            if (KeptTemplate.isIn(revision, template)) {
                kept = revision;
            } else {
                others = Math.max(others, revision.revision());
            }
        }
        long number = kept == null ? others + 1 : Math.max(kept.revision(), others + 1);
        return new RevisionPlan(Optional.ofNullable(kept), number);
    }

    /**
     * {@return the oldest revisions beyond the limit}
     *
     * @param live the names of the revisions that pods or the object itself are at: those are kept and do not count
     */
    static List<ControllerRevision> surplus(List<ControllerRevision> revisions, Set<String> live, int limit) {
        var history = new ArrayList<ControllerRevision>();
        for (ControllerRevision revision : revisions) {
            if (!live.contains(revision.metadata().nameOrEmpty())) {
                history.add(revision);
            }
        }
        history.sort(OLDEST_FIRST);
        return history.subList(0, Math.max(0, history.size() - limit));
    }
}
