/** The records of the Kubernetes API group {@code coordination}. */
@NullMarked
package dev.orchestrator.api.model.coordination;

import org.jspecify.annotations.NullMarked;
