/** Kinds of an embedding program's own: custom resource definitions and what they say. */
@NullMarked
package dev.orchestrator.api.model.apiextensions;

import org.jspecify.annotations.NullMarked;
