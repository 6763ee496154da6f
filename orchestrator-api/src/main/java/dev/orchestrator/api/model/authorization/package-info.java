/** The records of the Kubernetes API group {@code authorization}. */
@NullMarked
package dev.orchestrator.api.model.authorization;

import org.jspecify.annotations.NullMarked;
