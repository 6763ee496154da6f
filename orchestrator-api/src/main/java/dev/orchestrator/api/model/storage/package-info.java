/** The records of the Kubernetes API group {@code storage}. */
@NullMarked
package dev.orchestrator.api.model.storage;

import org.jspecify.annotations.NullMarked;
