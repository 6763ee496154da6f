package dev.orchestrator.runtime.store;

import java.util.List;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Objects as they were at one revision.
 *
 * @param <R> the type of object
 * @param items the objects, by namespace and name
 * @param revision the revision; a watch that starts from it misses nothing
 * @param continueToken asks for the next page; null on the last
 * @param remaining how many objects follow on later pages; null when that is not known, as with selectors
 */
public record Page<R extends Resource>(
        List<R> items,
        long revision,
        @Nullable String continueToken,
        @Nullable Long remaining) {

    /** {@return the same page with each object changed} */
    Page<R> map(UnaryOperator<R> change) {
        return new Page<>(items.stream().map(change).toList(), revision, continueToken, remaining);
    }

    /** {@return the revision as Kubernetes writes it} */
    public String resourceVersion() {
        return Long.toString(revision);
    }
}
