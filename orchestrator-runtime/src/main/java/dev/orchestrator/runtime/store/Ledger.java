package dev.orchestrator.runtime.store;

import java.util.List;
import java.util.function.Function;

import dev.orchestrator.api.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps account of what namespaces hold, and refuses what would be too much.
 *
 * <p>Asked and told with the store's lock held, right before each commit: of two writes at the same moment the second
 * is weighed against what the first has left. It must be quick, and must not call the store but for what it is handed.
 */
public interface Ledger {

    /** Keeps no account and refuses nothing. */
    Ledger NONE = new Ledger() {
        @Override
        public void check(@Nullable Resource before, Resource after, WriteRequest request) {}

        @Override
        public void post(
                @Nullable Resource before,
                @Nullable Resource after,
                Function<String, List<Resource>> objectsInNamespace) {}
    };

    /**
     * Returns when a write fits; changes nothing.
     *
     * @param before the object as it is stored; null when it is created
     * @throws dev.orchestrator.api.ApiException if it does not fit
     */
    void check(@Nullable Resource before, Resource after, WriteRequest request);

    /**
     * Books a change that nothing stops any more.
     *
     * @param before the object as it is stored; null when it is created
     * @param after the object as it will be stored; null when it goes
     * @param objectsInNamespace what is stored in a namespace, without this change
     */
    void post(@Nullable Resource before, @Nullable Resource after, Function<String, List<Resource>> objectsInNamespace);
}
