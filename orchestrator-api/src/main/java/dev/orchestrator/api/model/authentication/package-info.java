/** The records of the Kubernetes API group {@code authentication}. */
@NullMarked
package dev.orchestrator.api.model.authentication;

import org.jspecify.annotations.NullMarked;
