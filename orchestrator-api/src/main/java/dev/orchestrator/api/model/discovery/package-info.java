/** The records of the Kubernetes API group {@code discovery}. */
@NullMarked
package dev.orchestrator.api.model.discovery;

import org.jspecify.annotations.NullMarked;
