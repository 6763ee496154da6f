/** The records of the Kubernetes API group {@code apps}. */
@NullMarked
package dev.orchestrator.api.model.apps;

import org.jspecify.annotations.NullMarked;
