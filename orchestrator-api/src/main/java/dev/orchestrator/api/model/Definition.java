package dev.orchestrator.api.model;

/** What an object is to be: a {@link Resource} itself, or a draft that becomes one. */
public interface Definition {

    /** {@return the object as it is meant} */
    Resource toResource();
}
