/** The records of the Kubernetes API group {@code batch}. */
@NullMarked
package dev.orchestrator.api.model.batch;

import org.jspecify.annotations.NullMarked;
