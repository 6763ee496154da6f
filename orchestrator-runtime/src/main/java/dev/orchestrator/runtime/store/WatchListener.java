package dev.orchestrator.runtime.store;

import dev.orchestrator.api.ApiException;
import org.jspecify.annotations.Nullable;

/** Is told of changes, one at a time and in order, on virtual threads; may block. */
@FunctionalInterface
public interface WatchListener {

    /** Takes one change. What it throws is logged and ends this watch only. */
    void onEvent(StoreEvent event);

    /**
     * Says that nothing more will come.
     *
     * @param reason why the store ended the watch, such as {@code EXPIRED}; null when it was closed
     */
    default void onEnd(@Nullable ApiException reason) {}
}
