package dev.orchestrator.api;

import dev.orchestrator.api.model.Resource;

/** One object of a kind that has no verbs of its own. */
public interface ObjectHandle<R extends Resource> extends ResourceHandle<R, ObjectHandle<R>> {}
