package dev.orchestrator.runtime.store;

import java.util.function.Supplier;

import dev.orchestrator.api.ApiException;

/**
 * What keeps the commits of a store beyond the life of its JVM.
 *
 * <p>A commit is {@link #check}, the change of the store, {@link #append}, all with the store's lock held, so neither
 * may block; then, with the lock free, {@link #await}, before the write is acknowledged. Watchers may see a commit
 * before it is kept: one that is lost was never acknowledged, and no later store gives its revision to another.
 */
public interface CommitLog {

    /** {@return what was kept: what a store begins with} */
    StoredState recovered();

    /** Says, before the first commit, where the state of everything can be had at any time. */
    void start(Supplier<StoredState> source);

    /**
     * Refuses a commit that could not be kept.
     *
     * @throws ApiException with reason {@code INTERNAL_ERROR}; nothing has been changed then
     */
    void check();

    /** Takes a commit; they come in the order of their revisions, without a gap. */
    void append(StoreEvent commit);

    /**
     * Blocks until a commit is kept, whatever happens to the JVM and its machine from then on; interruption does not
     * end that.
     *
     * @throws ApiException with reason {@code INTERNAL_ERROR} if it can not be kept now: it may be kept later
     */
    void await(long revision);
}
