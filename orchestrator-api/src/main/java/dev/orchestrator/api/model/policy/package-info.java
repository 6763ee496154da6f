/** The records of the Kubernetes API group {@code policy}. */
@NullMarked
package dev.orchestrator.api.model.policy;

import org.jspecify.annotations.NullMarked;
