/** The records of the Kubernetes API group {@code rbac}. */
@NullMarked
package dev.orchestrator.api.model.rbac;

import org.jspecify.annotations.NullMarked;
