package dev.orchestrator.runtime.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import dev.orchestrator.api.model.Resource;

/**
 * Which objects an owner keeps, takes over and lets go.
 *
 * @param keep those it controls and still selects
 * @param adopt those it selects and nobody controls
 * @param release those it controls and no longer selects
 */
record Claims<R extends Resource>(List<R> keep, List<R> adopt, List<R> release) {

    /**
     * Sorts the objects; changes nothing.
     *
     * @param terminating whether the owner is being deleted: it takes over nothing then and lets nothing go
     * @param selected whether the owner wants an object
     * @param owned the objects the owner controls
     * @param orphans objects of its namespace that nobody controls
     */
    static <R extends Resource> Claims<R> of(
            boolean terminating, Predicate<? super R> selected, List<R> owned, List<R> orphans) {
        var keep = new ArrayList<R>(owned.size());
        var release = new ArrayList<R>();
        for (R object : owned) {
            if (selected.test(object)) {
                keep.add(object);
            } else if (!terminating) {
                release.add(object);
            }
        }
        var adopt = new ArrayList<R>();
        for (R object : orphans) {
            if (!terminating && !object.metadata().isTerminating() && selected.test(object)) {
                adopt.add(object);
            }
        }
        return new Claims<>(keep, adopt, release);
    }
}
