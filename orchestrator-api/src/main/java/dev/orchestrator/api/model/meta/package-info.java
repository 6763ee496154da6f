/** The records of the Kubernetes API group {@code meta}. */
@NullMarked
package dev.orchestrator.api.model.meta;

import org.jspecify.annotations.NullMarked;
