/** The records of the Kubernetes API group {@code autoscaling}. */
@NullMarked
package dev.orchestrator.api.model.autoscaling;

import org.jspecify.annotations.NullMarked;
