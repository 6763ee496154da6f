/** The records of the Kubernetes API group {@code networking}. */
@NullMarked
package dev.orchestrator.api.model.networking;

import org.jspecify.annotations.NullMarked;
