/** The records of the Kubernetes API group {@code core}. */
@NullMarked
package dev.orchestrator.api.model.core;

import org.jspecify.annotations.NullMarked;
