/** The records of the Kubernetes API group {@code scheduling}. */
@NullMarked
package dev.orchestrator.api.model.scheduling;

import org.jspecify.annotations.NullMarked;
