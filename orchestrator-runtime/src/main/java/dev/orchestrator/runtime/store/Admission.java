package dev.orchestrator.runtime.store;

import dev.orchestrator.api.model.Resource;

/**
 * Decides whether and in which form an object is stored: defaulting, mutation, validation, quota.
 *
 * <p>Called by the writing thread before the commit, without any lock held. An update is admitted again when another
 * commit came first. Refusals are {@link dev.orchestrator.api.ApiException}s.
 */
public interface Admission {

    /** {@return the object as it is to be stored} */
    <R extends Resource> R admitCreate(R object, WriteRequest request);

    /**
     * {@return the updated object as it is to be stored}
     *
     * @param old the object as it is stored now
     */
    <R extends Resource> R admitUpdate(R old, R updated, WriteRequest request);

    /** Refuses a deletion that must not happen. */
    <R extends Resource> void admitDelete(R old, WriteRequest request);
}
